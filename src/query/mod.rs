//! What one asks of records. Rules, `stats`, `show` and `export` ask the questions here, so that all of them give one
//! answer. Nothing here reports.

pub mod provenance;
pub mod sides;
pub mod stats;
pub mod time;
