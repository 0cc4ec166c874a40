//! Chores of the repository, run from its top: `cargo xtask new-rule SUBJECT CODE` and `cargo xtask generate
//! [--check]`.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a program of its own reads, writes and runs")]

mod generate;
mod new_rule;

use std::path::Path;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Chores of the repository")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Make the files of a new rule: a module that compiles, and a page that says what is still to be written
    NewRule(new_rule::NewRule),
    /// Write every generated file: the schemas, and the page of all rules
    Generate(generate::Generate),
}

fn main() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the repository");
    match Cli::parse().chore {
        Chore::NewRule(args) => new_rule::run(root, &args),
        Chore::Generate(args) => generate::run(root, args),
    }
}
