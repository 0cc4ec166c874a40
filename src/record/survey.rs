//! What was looked for, whether or not something was found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{Language, Ref, Text, Texts, UniqueList, When};

/// A search for records: whose cooperation was searched for, which years, where, and with which queries. A period that
/// no survey covers was not searched; a period that a survey covers and no record falls into gave nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Survey {
    /// Whose cooperation was searched for: a state, an organisation, or a group.
    #[schemars(extend("x-class" = "meta"))]
    pub subjects: UniqueList<Ref<Actor>>,
    /// The first and the last year, month or day of the events that were searched for.
    #[schemars(extend("x-class" = "meta"))]
    pub period: When,
    /// The collection that was searched: an archive, a search engine, a library.
    #[schemars(extend("x-class" = "meta"))]
    pub corpus: Text,
    /// The languages of the queries.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub languages: Option<UniqueList<Language>>,
    /// The queries, word for word. Absent where nobody wrote them down; `limits` then says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub queries: Option<UniqueList<Text>>,
    /// The day of the search, or its first and last day.
    #[schemars(extend("x-class" = "meta"))]
    pub on: When,
    /// How much of a page the search showed.
    #[schemars(extend("x-class" = "meta"))]
    pub extent: Extent,
    /// How many pages the queries found that speak of the subjects. Absent where nobody counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"), range(max = 4_294_967_295_u32))]
    pub hits: Option<u32>,
    /// What the search could not see, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub limits: Option<Texts>,
}

impl OfKind for Survey {
    const KIND: Kind = Kind::Survey;
}

codes! {
    /// How much of a text was read.
    Extent {
        /// A part, such as the first lines or the lines that a search engine shows.
        Excerpt = "excerpt" ["part", "partial", "snippet", "extrait", "partiel", "extracto", "مقتطف"],
        /// A summary by the text's author or publisher.
        Abstract = "abstract" ["summary", "résumé", "resumen", "ملخص"],
        /// The whole text.
        Full = "full" ["complete", "whole", "entire", "complet", "intégral", "entier", "completo", "كامل"],
    }
}
