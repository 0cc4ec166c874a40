//! Canonical form.

mod canonical;
mod command;
