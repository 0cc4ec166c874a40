//! What can be wrong with a bundle.

use std::error::Error;
use std::fmt;

use comity_document::pointer::Pointer;

use crate::value::Key;

/// Why a text is no bundle.
#[derive(Debug)]
#[non_exhaustive]
pub enum BundleError {
    /// The text is not JSON, and no line of it is a JSON object.
    NotJson(Box<dyn Error + Send + Sync>),
    /// The text is JSON, but neither an object with `records` nor a record.
    NotABundle,
    /// A record does not decode or is there twice. Only for strict reading.
    Record(BundleProblem),
    /// A record says something that this version does not know. Only for strict reading.
    Unknown {
        /// The record.
        key: Key,
        /// The place in the record.
        place: Pointer,
    },
}

impl fmt::Display for BundleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(_) => f.write_str("neither a JSON document nor lines of JSON"),
            Self::NotABundle => f.write_str("expected an object with `records`, or one record a line"),
            Self::Record(_) => f.write_str("a record of the bundle is not valid"),
            Self::Unknown { key, place } => write!(f, "`{key}` has an unknown value at {place}"),
        }
    }
}

impl Error for BundleError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotJson(source) => Some(source.as_ref()),
            Self::Record(source) => Some(source),
            Self::NotABundle | Self::Unknown { .. } => None,
        }
    }
}

/// What is wrong with one record of a bundle, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BundleProblem {
    /// The line of NDJSON, from 1; `None` in a JSON document.
    pub line: Option<usize>,
    /// The place: in the line, or in the document.
    pub place: Pointer,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for BundleProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.place.as_str()) {
            (Some(line), "") => write!(f, "line {line}: {}", self.message),
            (Some(line), place) => write!(f, "line {line}, {place}: {}", self.message),
            (None, place) => write!(f, "{place}: {}", self.message),
        }
    }
}

impl Error for BundleProblem {}
