//! wip
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod dataset;
pub mod export;
pub mod finding;
pub mod format;
pub mod kind;
pub mod policy;
pub mod record;
pub mod render;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod stats;
pub mod value;
