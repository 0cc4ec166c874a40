//! Themes: the taxonomy of subjects, as SKOS concepts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kind::{Kind, OfKind};
use crate::value::{Ref, Texts, UniqueList, Url};

/// A theme: a subject of the taxonomy, as a SKOS concept whose labels are `names`. A theme without a broader theme is a heading, which groups themes and which no record carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Theme {
    /// When to assign the theme and when not, by language.
    #[schemars(extend("x-class" = "coded"))]
    pub definition: Texts,
    /// The theme of which this theme is a part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub broader: Option<Ref<Theme>>,
    /// Concepts of other vocabularies with the same meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub exact_match: Option<UniqueList<Url>>,
    /// Concepts of other vocabularies with nearly the same meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub close_match: Option<UniqueList<Url>>,
}

impl OfKind for Theme {
    const KIND: Kind = Kind::Theme;
}
