//! The program `comity`: the only part that reads files, uses threads, or knows a terminal, a clock or an environment.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the library must do none of this, so it is done here"
)]

mod clock;
mod commands;
mod fixes;
mod folder;
mod load;
mod output;
mod report_args;
mod watch;
mod write;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::run()
}
