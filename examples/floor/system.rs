//! The bare program as anybody would write it: `floor` with the allocator of the system.
//!
//! `cargo run --release --example floor-system -- DIR`

mod run;

fn main() -> anyhow::Result<()> {
    run::run()
}
