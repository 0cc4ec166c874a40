//! What the chores of the repository and its tests both read from the sources.

pub mod imports;
