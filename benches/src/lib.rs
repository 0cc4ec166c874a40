//! Invented records, which the programs of this folder share.

pub mod records;
