//! What somebody said in public.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::{AnyRef, Edtf, Ref, Texts, UniqueList};

/// What somebody said in public, in our own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Statement {
    /// Who said it.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["actor", "person", "who", "author", "orateur"]))]
    pub speaker: Ref<Actor>,
    /// On whose behalf.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub r#for: Option<Ref<Actor>>,
    /// When it was said.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["when", "day", "fecha", "تاريخ"]))]
    pub date: Edtf,
    /// The records it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub about: Option<UniqueList<AnyRef>>,
    /// What was said, in one or two sentences of your own, by language.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["text", "statement", "quote", "summary", "said"]))]
    pub position: Texts,
}

impl OfKind for Statement {
    const KIND: Kind = Kind::Statement;
}
