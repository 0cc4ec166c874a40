//! Canonical form.

mod canonical;
mod command;
mod formatting;
