//! Statements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::{AnyRef, Edtf, Ref, Texts, UniqueList};

/// A position that somebody took in public, in the words of the dataset's authors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Statement {
    /// The person or body that made the statement.
    #[schemars(extend("x-class" = "fact"))]
    pub speaker: Ref<Actor>,
    /// The actor on whose behalf the speaker made the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub r#for: Option<Ref<Actor>>,
    /// The date of the statement.
    #[schemars(extend("x-class" = "fact"))]
    pub date: Edtf,
    /// The records that the statement is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub about: Option<UniqueList<AnyRef>>,
    /// The position, in one or two sentences of your own, by language.
    #[schemars(extend("x-class" = "fact"))]
    pub position: Texts,
}

impl OfKind for Statement {
    const KIND: Kind = Kind::Statement;
}
