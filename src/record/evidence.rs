//! What sources show of a record, where they disagree, and what none of them tells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::code::codes;
use crate::value::{FieldPointer, NonEmptyMap, Text, UniqueList};

/// What one source shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Evidence {
    /// How the source speaks of it.
    pub stance: Stance,
    /// The parts of this record it shows. May be left out while the record has only this one source: then it shows everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["shows", "fields", "for"]))]
    pub supports: Option<UniqueList<FieldPointer>>,
    /// Where the source has another value than this record: the place, and its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["date", "value", "values", "when", "other-value"]))]
    pub says: Option<NonEmptyMap<FieldPointer, serde_json::Value>>,
    /// Where in the source: a page, a paragraph, a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["page", "pages", "paragraph"]))]
    pub locator: Option<Text>,
    /// The source's very words, only where the words are the fact; at most 25 of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Text>,
}

codes! {
    /// How a source speaks of something.
    Stance {
        /// It tells what has happened.
        Reports = "reports" ["confirms", "says", "states", "tells", "supports", "mentions", "rapporte", "informa"],
        /// It tells what is planned.
        Announces = "announces" ["plans", "will", "annonce", "anuncia"],
        /// It does not say so, but it follows from what it says.
        Implies = "implies" ["suggests", "hints"],
        /// It says that it is not so.
        Contradicts = "contradicts" ["denies", "disputes", "refutes", "contredit", "desmiente"],
    }
}

/// What was made of a disagreement between sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Contested {
    /// Whether the value in this record is preferred, or the matter is open.
    pub outcome: Outcome,
    /// Why, in one or two sentences.
    #[schemars(extend("x-synonyms" = ["because", "note", "reason"]))]
    pub why: Text,
}

codes! {
    /// How a disagreement stands.
    Outcome {
        /// The value in this record is better shown than the others.
        Preferred = "preferred",
        /// Neither value is better shown; the one in this record stands first, no more.
        Open = "open" ["unresolved", "unclear"],
    }
}

codes! {
    /// Why a field is absent.
    Unknown {
        /// No source that was read tells it.
        NotFound = "not-found" ["unknown", "not-known"],
        /// It is kept from the public.
        NotDisclosed = "not-disclosed" ["secret", "classified"],
        /// It does not arise here.
        NotApplicable = "not-applicable",
    }
}
