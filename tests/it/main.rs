//! One integration binary, so that the library is linked once.

mod agreement;
mod data;
mod edtf;
mod generated;
mod pages;
mod readme;
mod renderers;
mod schemas;
mod world;
