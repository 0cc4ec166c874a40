//! The data for readers: the shipped records and the export.

mod agreement;
mod bundle;
mod catalogue;
mod changes;
mod contributions;
mod data;
mod disputed;
mod doubt;
mod export;
mod leaves;
mod left_out;
mod linked;
mod memory;
mod panels;
mod parties;
mod rows;
mod stata;
mod tables;
