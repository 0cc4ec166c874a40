//! A bare program that the checker is compared with: `serde_json::Value` and the stock `jsonschema` validator, in
//! parallel, with the allocator of `comity`. The program reports neither what is wrong nor where, and has no rules.
//!
//! `cargo run --release -p comity-benches --bin floor -- DIR` or `… -- FILE.ndjson`

#[path = "floor_run.rs"]
mod run;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    run::run()
}
