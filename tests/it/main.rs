//! One integration binary, so that the library is linked once.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read the sources and run the program")]

mod agreement;
mod canonical;
mod claims;
mod costs;
mod data;
mod edtf;
mod fixes;
mod frozen;
#[cfg(unix)]
mod gate;
mod generated;
mod git;
mod history;
mod hostile;
mod limits;
#[cfg(unix)]
mod links;
mod markdown;
mod mending;
mod mutation;
#[cfg(target_os = "linux")]
mod odd_places;
mod pages;
mod policy;
mod printed;
mod readers;
mod readme;
mod rendered;
mod renderers;
mod rules;
mod runner;
mod schemas;
mod security;
mod seeds;
#[cfg(unix)]
mod stopped;
mod switched_off;
mod to_light;
mod tool;
mod watch;
mod world;
mod writing;

/// The folder of the workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
