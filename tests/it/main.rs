//! One integration binary, so that the library is linked once.

mod agreement;
mod claims;
mod data;
mod edtf;
mod generated;
mod hostile;
mod pages;
mod readme;
mod renderers;
mod schemas;
mod tool;
mod world;
