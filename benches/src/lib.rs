//! What the programs of this folder share: invented records.

pub mod records;
