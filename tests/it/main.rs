//! One integration binary, so that the library is linked once.

mod agreement;
mod pages;
mod schemas;
mod world;
