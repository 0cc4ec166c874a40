//! The program `floor` with the allocator of the system.
//!
//! `cargo run --release -p comity-benches --bin floor-system -- DIR`

#[path = "floor_run.rs"]
mod run;

fn main() -> anyhow::Result<()> {
    run::run()
}
