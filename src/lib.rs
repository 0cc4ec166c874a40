//! wip
pub mod check;
pub mod dataset;
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
pub mod value;
