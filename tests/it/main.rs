//! One integration binary, so that the library is linked once.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read the sources and run the program")]

mod agreement;
mod claims;
mod data;
mod edtf;
mod generated;
mod hostile;
mod limits;
mod pages;
mod readme;
mod renderers;
mod schemas;
mod tool;
mod world;
