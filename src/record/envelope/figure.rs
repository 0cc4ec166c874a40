//! Figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::Actor;
use crate::value::{Amount, Edtf, Measure, Ref, Unit};

/// A figure: a number, its measure and its unit. Two figures of one measure at different times are a series, not a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Figure {
    /// What the figure counts or measures.
    pub measure: Measure,
    /// The date at which the figure holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Edtf>,
    /// The actor whose figure this is, where several actors have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Ref<Actor>>,
    /// The lowest possible number; alone, "at least" or "more than".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Amount>,
    /// The most likely number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Amount>,
    /// The highest possible number; alone, "at most" or "up to".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Amount>,
    /// The unit of the figure.
    pub unit: Unit,
}
