//! Errors of decoding.

use std::fmt;

use serde::de;

use crate::pointer::Pointer;

/// The error for a value that does not decode.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The tokens of the place, the innermost first.
    reversed: Vec<String>,
    /// Whether the key at the place does not decode, and not its value.
    pub on_key: bool,
    /// What was expected.
    pub message: String,
}

impl DecodeError {
    /// The place of the value, or of the key.
    pub fn pointer(&self) -> Pointer {
        self.reversed.iter().rev().cloned().collect()
    }

    pub(super) fn on_key(self) -> Self {
        Self { on_key: true, ..self }
    }

    pub(super) fn under(mut self, token: String) -> Self {
        self.reversed.push(token);
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer(), self.message)
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { reversed: Vec::new(), on_key: false, message: message.to_string() }
    }
}

/// The result of decoding.
pub(super) type Decoded<T> = Result<T, DecodeError>;
