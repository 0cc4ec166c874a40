//! `floor` with the system's allocator, to see what the allocator is worth.
//!
//! `cargo run --release --example floor-system -- DIR`

mod run;

fn main() -> anyhow::Result<()> {
    run::run()
}
