//! What must hold for every text. The targets are two lines each, so that the same claims can be tried without a fuzzer.
//!
//! [`parse`] holds the parser to another one; [`check`] takes any text as a record; [`fix`] mends it; [`render`] tells
//! of it in every format, and reads what was told with that format's own reader. [`folder`] runs the built command in whole
//! folders.

mod check;
mod fix;
#[cfg(unix)]
mod folder;
mod one;
mod parse;
mod render;

pub use check::check;
pub use fix::fix;
#[cfg(unix)]
pub use folder::folder;
pub use parse::parse;
pub use render::{concise, github, gitlab, human, json, junit, markdown, sarif};
