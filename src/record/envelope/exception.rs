//! Exceptions from rules.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{FieldPointer, Slug, Text};

/// An exception from a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Allow {
    /// The code of the rule, which reports show in brackets.
    pub rule: Slug,
    /// The place that the exception covers, with everything below the place; the whole record where this field is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<FieldPointer>,
    /// The reason why the rule does not fit here.
    pub reason: Text,
}
