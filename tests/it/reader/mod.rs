//! The data for readers: the shipped records and the export.

mod bundle;
mod data;
mod export;
mod memory;
mod panels;
mod tables;
