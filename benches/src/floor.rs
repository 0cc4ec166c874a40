//! A bare program that the checker is compared with: `serde_json::Value` and the stock `jsonschema` validator, in parallel,
//! with the same allocator as `comity`. It tells neither what is wrong nor where, and knows no rule.
//!
//! `cargo run --release -p comity-benches --bin floor -- DIR` or `… -- FILE.ndjson`

#[path = "floor_run.rs"]
mod run;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    run::run()
}
