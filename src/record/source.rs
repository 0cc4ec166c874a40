//! Sources.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Access, Actor, Extent};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{Edtf, Language, Ref, Text, Texts, UniqueList, Url};

/// A source that shows facts: a page, an article, a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Source {
    /// The type of the source.
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: SourceType,
    /// The title of the source, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["name", "names", "headline", "titre", "título", "عنوان"]))]
    pub title: Option<Texts>,
    /// The newspaper, the site or the institution that published the source.
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["newspaper", "site", "outlet", "media", "website", "éditeur", "ناشر"]))]
    pub publisher: Text,
    /// The actor that issued the source, where a party to the facts, or one of its bodies, speaks for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub issuer: Option<Ref<Actor>>,
    /// The authors.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub authors: Option<UniqueList<Text>>,
    /// The date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["date", "when", "publication-date", "day", "publié", "issued", "date-published", "published-at", "pub-date"]))]
    pub published: Option<Edtf>,
    /// The languages of the source.
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["language", "lang", "langue", "langues", "idioma"]))]
    pub languages: UniqueList<Language>,
    /// The address of the source on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["link", "address", "uri", "href", "lien", "enlace", "رابط"]))]
    pub url: Option<Url>,
    /// Copies of the source in web archives.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub archived: Option<UniqueList<Archived>>,
    /// The date on which the source was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["retrieved", "read", "consulté"]))]
    pub accessed: Option<Edtf>,
    /// How much of the text was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub extent: Option<Extent>,
    /// The source that this source copies, where that source is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub derived_from: Option<Ref<Source>>,
    /// The agency or the release that this source repeats, where that is not recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub relays: Option<Text>,
    /// Who can read the source, where not everybody can.
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
    #[schemars(extend("x-synonyms" = ["link", "address", "uri", "href", "lien", "enlace", "رابط"]))]
    pub url: Url,
    /// The day the copy was made.
    #[schemars(extend("x-synonyms" = ["date", "when"]))]
    pub captured: Edtf,
}

codes! {
    /// The type of a source.
    SourceType {
        /// A newspaper, a magazine, a news site, a broadcaster.
        News = "news" ["article", "press", "journal", "newspaper", "newspaper-article", "news-article", "press-article", "article-de-presse", "presse", "prensa", "صحافة", "خبر"],
        /// A text of a news agency.
        Agency = "agency" ["news-agency", "wire", "dispatch", "agence", "dépêche", "agencia"],
        /// A page or a release of a public body.
        Official = "official" ["press-release", "communiqué", "communiqué-de-presse", "government", "statement", "officiel", "oficial"],
        /// The full text of a treaty, a report or a communiqué.
        Document = "document" ["report", "pdf", "rapport", "informe", "وثيقة"],
        /// A scholarly book or article.
        Academic = "academic" ["paper", "study", "thesis", "étude"],
        /// An encyclopaedia.
        Reference = "reference" ["encyclopedia", "wikipedia", "wiki"],
        /// A blog or a personal page.
        Blog = "blog",
        /// A copy, a forum, a document-sharing site.
        Mirror = "mirror",
        /// A database.
        Database = "database",
        /// A video.
        Video = "video" ["youtube", "vidéo"],
        /// A post on a social network.
        Social = "social" ["tweet", "facebook", "twitter", "post"],
    }
}
