//! One integration binary, so that the library is linked once. A folder is a subject; what all of them use stands
//! beside this file.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read the sources and run the program")]

mod claims;
mod fixes;
mod format;
mod frozen;
mod hostile;
mod issue;
mod reader;
mod render;
mod rendered;
mod rules;
mod schema;
mod tool;
mod world;

/// The folder of the workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
