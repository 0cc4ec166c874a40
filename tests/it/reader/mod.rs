//! What those who read the data get: the shipped records and the export.

mod bundle;
mod data;
mod export;
