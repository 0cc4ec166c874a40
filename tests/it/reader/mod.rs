//! The data for readers: the shipped records and the export.

mod bundle;
mod changes;
mod data;
mod export;
mod left_out;
mod linked;
mod memory;
mod panels;
mod tables;
