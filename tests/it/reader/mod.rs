//! The data for readers: the shipped records and the export.

mod bundle;
mod data;
mod export;
mod panels;
mod tables;
