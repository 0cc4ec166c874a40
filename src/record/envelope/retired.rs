//! Withdrawn records.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{AnyRef, Edtf, Text};

/// The withdrawal of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Retired {
    /// The day of the withdrawal.
    pub on: Edtf,
    /// The reason for the withdrawal.
    pub reason: Text,
    /// The record to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<AnyRef>,
}
