//! The sources as the chores and the tests of the repository read them.

pub mod imports;
