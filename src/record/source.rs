//! From where a fact is known.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Access, Actor, Extent};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{Edtf, Language, Ref, Text, Texts, UniqueList, Url};

/// From where a fact is known: a page, an article, a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Source {
    /// What sort of source it is.
    #[schemars(extend("x-class" = "meta"))]
    pub r#type: SourceType,
    /// Its title, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub title: Option<Texts>,
    /// Who published it: the newspaper, the site, the institution.
    #[schemars(extend("x-class" = "meta"))]
    pub publisher: Text,
    /// The actor that issued it, where a party to the matter or one of its bodies speaks for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub issuer: Option<Ref<Actor>>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub authors: Option<UniqueList<Text>>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub published: Option<Edtf>,
    /// The languages it is in.
    #[schemars(extend("x-class" = "meta"))]
    pub languages: UniqueList<Language>,
    /// Its address on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub url: Option<Url>,
    /// Copies in web archives.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub archived: Option<UniqueList<Archived>>,
    /// When it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub accessed: Option<Edtf>,
    /// How much of it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub extent: Option<Extent>,
    /// The source it copies, when that is on record too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub derived_from: Option<Ref<Source>>,
    /// The agency or release it repeats, when that is not on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub relays: Option<Text>,
    /// Who can read it, where that is not anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub access: Option<Access>,
}

impl OfKind for Source {
    const KIND: Kind = Kind::Source;
}

/// A copy in a web archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Archived {
    /// The address of the copy.
    pub url: Url,
    /// The day the copy was made.
    pub captured: Edtf,
}

codes! {
    /// What sort of source it is.
    SourceType {
        /// A newspaper, a magazine, a news site, a broadcaster.
        News = "news",
        /// The text of a news agency.
        Agency = "agency",
        /// A page or a release of a public body.
        Official = "official",
        /// A treaty, a report, a communiqué in full.
        Document = "document",
        /// A scholarly book or article.
        Academic = "academic",
        /// An encyclopaedia.
        Reference = "reference",
        /// A blog or a personal page.
        Blog = "blog",
        /// A copy, a forum, a document-sharing site.
        Mirror = "mirror",
        /// A database.
        Database = "database",
        /// A video.
        Video = "video",
        /// A post on a social network.
        Social = "social",
    }
}
