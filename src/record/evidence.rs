//! Evidence: what sources show of a record, where sources disagree, and what no source says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::code::codes;
use crate::value::{FieldPointer, NonEmptyMap, Text, UniqueList};

/// The evidence that one source gives for a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Evidence {
    /// How the source presents the facts.
    pub stance: Stance,
    /// The parts of this record that the source shows. Where the record has only one source, this field may be left out; the source then shows everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["shows", "fields", "for"]))]
    pub supports: Option<UniqueList<FieldPointer>>,
    /// The values of the source that differ from this record, each under its place in the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["date", "value", "values", "when", "other-value"]))]
    pub says: Option<NonEmptyMap<FieldPointer, serde_json::Value>>,
    /// The place in the source: a page, a paragraph, a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["page", "pages", "paragraph"]))]
    pub locator: Option<Text>,
    /// A quotation of at most 25 words, only where the wording itself is the fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Text>,
}

codes! {
    /// How a source presents facts.
    Stance {
        /// The source says what has happened.
        Reports = "reports" ["confirms", "says", "states", "tells", "supports", "mentions", "confirme", "rapporte", "informa"],
        /// The source says what is planned.
        Announces = "announces" ["plans", "will", "annonce", "anuncia"],
        /// The source does not state the facts, but the facts follow from its statements.
        Implies = "implies" ["suggests", "hints"],
        /// The source denies the facts, and has no value of its own.
        Contradicts = "contradicts" ["denies", "disputes", "refutes", "contredit", "desmiente"],
    }
}

/// The outcome of a disagreement between sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Contested {
    /// Whether the value in this record is preferred, or the question is open.
    pub outcome: Outcome,
    /// The reason for the outcome, in one or two sentences.
    #[schemars(extend("x-synonyms" = ["because", "note", "reason"]))]
    pub why: Text,
}

codes! {
    /// The outcome of a disagreement.
    Outcome {
        /// The evidence for the value in this record is better than for the others.
        Preferred = "preferred",
        /// No value has better evidence than the others. The value in this record is one of several.
        Open = "open" ["unresolved", "unclear"],
    }
}

codes! {
    /// The reason why a field is absent.
    Unknown {
        /// No source that was read says the value.
        NotFound = "not-found" ["unknown", "not-known"],
        /// The value is not public.
        NotDisclosed = "not-disclosed" ["secret", "classified"],
        /// The field does not apply to this record.
        NotApplicable = "not-applicable",
    }
}
