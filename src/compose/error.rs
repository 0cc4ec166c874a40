//! Why something cannot be put together.

use std::fmt;

use crate::format::FormatError;
use crate::query::names::Unnamed;
use crate::value::Refusal;

/// Why something cannot be put together, in the words of a contributor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposeError(pub(super) String);

impl ComposeError {
    /// An error with these words: lower case, no full stop, values in backticks.
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ComposeError {}

impl From<Refusal> for ComposeError {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.to_string())
    }
}

impl From<FormatError> for ComposeError {
    fn from(error: FormatError) -> Self {
        Self(error.to_string())
    }
}

impl From<Unnamed> for ComposeError {
    fn from(error: Unnamed) -> Self {
        Self(error.to_string())
    }
}
