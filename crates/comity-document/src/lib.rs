//! JSON text as a tree that remembers where everything stood.
//!
//! In: the text of one record, and a [`document::Arena`] for the tree to lie in. Out: a [`document::Document`], that is a
//! tree of nodes with byte spans, the faults met on the way, and how the text was laid out; a [`validator::Validator`]
//! runs JSON Schema over such a tree; serde decodes types from it.
//!
//! Nothing here knows what a record means, touches a file, or prints. Faults in the text are values, never `Err`, and
//! never a panic.
//!
//! Modules stand in reading order; `use` points only upwards.

pub mod pointer;

pub mod input;

pub mod document;

pub mod validator;
