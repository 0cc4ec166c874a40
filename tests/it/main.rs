//! One integration binary, so that the library is linked once.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read the sources and run the program")]

mod agreement;
mod canonical;
mod claims;
mod data;
mod edtf;
mod fixes;
mod formatting;
mod generated;
mod history;
mod hostile;
mod limits;
mod mending;
mod mutation;
mod pages;
mod policy;
mod readers;
mod readme;
mod rendered;
mod renderers;
mod rules;
mod schemas;
mod seeds;
mod shipped;
mod to_light;
mod tool;
mod watch;
mod world;
