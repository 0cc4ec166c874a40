//! The taxonomy of subjects, as SKOS concepts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kind::{Kind, OfKind};
use crate::value::{Ref, Texts, UniqueList, Url};

/// A subject of the taxonomy: a SKOS concept; `names` are its labels. A theme without a broader one is a heading: it groups, and is not assigned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Theme {
    /// When to assign it, and when not, by language.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["description", "summary", "scope", "définition"]))]
    pub definition: Texts,
    /// The theme it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub broader: Option<Ref<Theme>>,
    /// Concepts of other vocabularies that mean the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub exact_match: Option<UniqueList<Url>>,
    /// Concepts of other vocabularies that mean nearly the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub close_match: Option<UniqueList<Url>>,
}

impl OfKind for Theme {
    const KIND: Kind = Kind::Theme;
}
