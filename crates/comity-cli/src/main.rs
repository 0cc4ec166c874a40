//! The program `comity`: the only part that reads files, starts threads, or uses a terminal, a clock or the environment.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the library does no I/O; this crate does")]

mod asking;
mod cache;
mod ci;
mod clock;
mod closing;
mod commands;
mod complete;
mod composing;
mod fixes;
mod folder;
mod help;
mod listing;
mod load;
mod output;
mod refused;
mod report_args;
mod resolve;
mod text_diff;
mod watch;
mod write;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::run()
}
