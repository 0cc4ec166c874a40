//! The fields that records of several kinds share.

mod alias;
mod exception;
mod figure;
mod presence;
mod relation;
mod retired;
mod scheme;
mod themes;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::alias::{Alias, AliasType};
pub use self::exception::Allow;
pub use self::figure::Figure;
pub use self::presence::{Presence, presence};
pub use self::relation::Relation;
pub use self::retired::Retired;
pub use self::scheme::Scheme;
pub use self::themes::Themes;
use super::evidence::{Contested, Evidence, Unknown};
use super::{Place, Source};
use crate::kind::Kind;
use crate::value::{AnyRef, FieldPointer, Id, Names, NonEmptyMap, Ref, Slug, Text, Texts, UniqueList};

/// The fields that records of several kinds share. [`presence`] says which of the fields a kind has, and which of them a record
/// must have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Envelope {
    /// The address of the schema, for editors. `comity fmt` writes this field.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub schema: Option<Text>,
    /// The kind of the record: the name of its folder. `comity fmt` writes this field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("x-class" = "meta"))]
    pub kind: Option<KindName>,
    /// The id of the record: the name of its file without .json. `comity fmt` writes this field. The id of a released record never changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub id: Option<Id>,
    /// The name of the record, by language. A name in English (`en`) is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["name", "title", "label", "nom", "noms", "titre", "titres", "intitulé", "título", "عنوان", "nombre", "nombres", "اسم", "أسماء"]))]
    pub names: Option<Names>,
    /// Other names: official titles, acronyms, former names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["acronym", "alias", "aka", "abbreviation"]))]
    pub aliases: Option<UniqueList<Alias>>,
    /// One to three plain sentences in your own words, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["description", "abstract", "text", "résumé", "resumen", "ملخص"]))]
    pub summary: Option<Texts>,
    /// The records that this one belongs to: a framework, an operation, an activity or an event; for a place, a larger place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["framework", "parent", "part-of", "operation"]))]
    pub under: Option<UniqueList<AnyRef>>,
    /// The places of the event, the activity, the operation or the agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["place", "location", "locations", "where", "city", "venue", "lieu", "lieux", "lugar", "مكان"]))]
    pub places: Option<UniqueList<Ref<Place>>>,
    /// Links to older records, each with the relation of this record to the older one. The tool makes the links back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["see-also", "links", "relations"]))]
    pub related: Option<NonEmptyMap<AnyRef, Relation>>,
    /// Figures, each under a short name of your choice: people, means, output, money.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["numbers", "quantities", "statistics", "quantity", "chiffres", "cifras"]))]
    pub figures: Option<NonEmptyMap<Slug, Figure>>,
    /// The subjects of the record: at most five themes of the taxonomy.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["topics", "tags", "subjects", "keywords", "categories", "topic", "thèmes", "temas", "مواضيع"]))]
    pub themes: Option<Themes>,
    /// The identifiers that other catalogues give to the recorded thing, by catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["ids", "wikidata", "doi"]))]
    pub identifiers: Option<NonEmptyMap<Scheme, Text>>,
    /// Records that look like duplicates of this one and are not. The checker no longer reports them as probable duplicates.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub distinct_from: Option<UniqueList<AnyRef>>,
    /// The sources of this record, by their ids, each with the parts of the record that the source shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    #[schemars(extend("x-synonyms" = ["source", "sources", "references", "refs", "citations", "preuves", "fuente", "fuentes", "مصدر", "مصادر"]))]
    pub evidence: Option<NonEmptyMap<Ref<Source>, Evidence>>,
    /// Fields on which sources disagree, each with the outcome. The other values are in `says`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub contested: Option<NonEmptyMap<FieldPointer, Contested>>,
    /// Fields for which no value was found, each with the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub unknown: Option<NonEmptyMap<FieldPointer, Unknown>>,
    /// Exceptions to rules, each with its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub allow: Option<UniqueList<Allow>>,
    /// The withdrawal of the record. The file stays, because an id never vanishes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub retired: Option<Box<Retired>>,
}

/// The fields of the envelope that follow the fields of the kind in canonical order.
pub const TAIL: [&str; 12] = [
    "under",
    "places",
    "related",
    "figures",
    "themes",
    "identifiers",
    "distinct_from",
    "evidence",
    "contested",
    "unknown",
    "allow",
    "retired",
];

/// A kind, as the field `kind` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindName(pub Kind);

impl Serialize for KindName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for KindName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Kind::parse(&name).map(Self).ok_or_else(|| serde::de::Error::custom("not a kind of record"))
    }
}
