//! Types, values and schemas, held to one another and to independent readers.

mod agreement;
mod edtf;
pub(crate) mod mutation;
mod schemas;
