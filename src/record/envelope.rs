//! What every record has, whatever its kind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::evidence::{Contested, Evidence, Unknown};
use super::{Actor, Place, Source, Theme};
use crate::kind::Kind;
use crate::value::code::codes;
use crate::value::{
    Amount, AnyRef, Edtf, FieldPointer, Id, Language, Measure, Names, NonEmptyMap, Ref, Slug, Text, Texts, UniqueList,
    Unit,
};

/// The fields that records share. Which of them a kind has, and which it must have, is said by [`presence`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Envelope {
    /// The address of this kind's schema, so that an editor can help. Written by `comity fmt`.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub schema: Option<Text>,
    /// The kind of record, the same as its folder. Written by `comity fmt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("x-class" = "meta"))]
    pub kind: Option<KindName>,
    /// The record's own name, the same as its file's name without .json. Written by `comity fmt`; never changed once released.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub id: Option<Id>,
    /// What the record is called, by language; English (`en`) is always there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub names: Option<Names>,
    /// Other names it goes by: official titles, acronyms, former names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub aliases: Option<UniqueList<Alias>>,
    /// One to three plain sentences in your own words, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub summary: Option<Texts>,
    /// What this belongs to: a framework, an operation, an activity or an event; for a place, a larger place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub under: Option<UniqueList<AnyRef>>,
    /// Where it took or takes place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub places: Option<UniqueList<Ref<Place>>>,
    /// Links to older records, each with what this record is to it. The link back is made by the tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub related: Option<NonEmptyMap<AnyRef, Relation>>,
    /// All numbers, each under a short name of your choice: people, means, output, money.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub figures: Option<NonEmptyMap<Slug, Figure>>,
    /// What it is about: at most five subjects of the taxonomy.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub themes: Option<Themes>,
    /// The record's number in catalogues outside, by scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub identifiers: Option<NonEmptyMap<Scheme, Text>>,
    /// Records that look like this one but are not the same; silences the suspicion of a duplicate.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    pub distinct_from: Option<UniqueList<AnyRef>>,
    /// Which source shows which part of this record, by the id of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub evidence: Option<NonEmptyMap<Ref<Source>, Evidence>>,
    /// Places where sources disagree, and what was made of it. The other values stand in `says`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub contested: Option<NonEmptyMap<FieldPointer, Contested>>,
    /// Fields that were looked for in vain, and why they are absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub unknown: Option<NonEmptyMap<FieldPointer, Unknown>>,
    /// Exceptions to rules, each with its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub allow: Option<UniqueList<Allow>>,
    /// Set when the record is withdrawn. The file stays, because an id never vanishes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "meta"))]
    pub retired: Option<Box<Retired>>,
}

/// The fields of the envelope that stand behind the kind's own in canonical order.
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

/// Whether a kind has a field of the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be there.
    Optional,
    /// The kind does not have it.
    Absent,
}

/// Whether a kind has a field of the envelope. Schemas and decoding both ask here.
pub fn presence(kind: Kind, field: &str) -> Presence {
    use Kind::{Activity, Actor, Agreement, Event, Framework, Operation, Place, Source, Statement, Survey, Theme};
    let has = match field {
        "names" if matches!(kind, Source | Survey) => false,
        "figures" | "related" | "evidence" | "contested" | "unknown" => !matches!(kind, Theme | Source | Survey),
        "aliases" | "summary" => !matches!(kind, Source | Statement | Survey),
        "themes" => !matches!(kind, Theme | Place | Source | Survey),
        "under" => !matches!(kind, Actor | Source | Theme | Survey),
        "places" => matches!(kind, Event | Activity | Agreement | Operation),
        _ => true,
    };
    let needs = match field {
        "names" => kind != Statement,
        "evidence" => matches!(kind, Framework | Agreement | Operation | Activity | Event | Statement),
        _ => false,
    };
    match (has, needs) {
        (false, _) => Presence::Absent,
        (true, true) => Presence::Required,
        (true, false) => Presence::Optional,
    }
}

impl Envelope {
    /// The first field that is missing, or that the kind does not have.
    pub(super) fn misfit(&self, kind: Kind) -> Option<&'static str> {
        let fields = [
            ("names", self.names.is_some()),
            ("aliases", self.aliases.is_some()),
            ("summary", self.summary.is_some()),
            ("under", self.under.is_some()),
            ("places", self.places.is_some()),
            ("related", self.related.is_some()),
            ("figures", self.figures.is_some()),
            ("themes", self.themes.is_some()),
            ("evidence", self.evidence.is_some()),
            ("contested", self.contested.is_some()),
            ("unknown", self.unknown.is_some()),
        ];
        let misfits = |(field, there): &(&str, bool)| match presence(kind, field) {
            Presence::Required => !there,
            Presence::Absent => *there,
            Presence::Optional => false,
        };
        fields
            .into_iter()
            .find(misfits)
            .map(|(field, _)| field)
            .or_else(|| self.kind.as_ref().is_some_and(|name| name.0 != kind).then_some("kind"))
    }
}

/// The name of a kind.
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

/// Another name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Alias {
    /// The name.
    pub text: Text,
    /// The language it is in.
    pub language: Language,
    /// What sort of name it is.
    pub r#type: AliasType,
}

codes! {
    /// What sort of name an alias is.
    AliasType {
        /// The full official name or title.
        Official = "official",
        /// Initials or a word made of them.
        Acronym = "acronym",
        /// A shortened form.
        Short = "short",
        /// A name no longer in use.
        Former = "former",
        /// The name in another script.
        Transliteration = "transliteration",
        /// Any other name in use.
        Alternative = "alternative",
    }
}

codes! {
    /// What this record is to an older one.
    Relation {
        /// Takes the place of the older one.
        Supersedes = "supersedes",
        /// Changes the older text without replacing it.
        Amends = "amends",
        /// Carries out the older text or decision.
        Implements = "implements",
        /// Rests on the older one.
        BasedOn = "based-on",
        /// Successor of an actor or an operation.
        Continues = "continues",
        /// Next in a sequence.
        Follows = "follows",
        /// Came about through the older one.
        ResultOf = "result-of",
        /// Answers the older one.
        RespondsTo = "responds-to",
        /// Took place beside the older one.
        AtMarginsOf = "at-margins-of",
        /// Marks the older one's anniversary.
        Commemorates = "commemorates",
    }
}

/// A number with what it counts. Two figures of one measure at different times are a series, not a dispute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Figure {
    /// What it counts or measures.
    pub measure: Measure,
    /// The date it holds for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Edtf>,
    /// Whose figure it is, where several actors have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Ref<Actor>>,
    /// The least it can be; alone, "at least" or "more than".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Amount>,
    /// The number itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Amount>,
    /// The most it can be; alone, "at most" or "up to".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Amount>,
    /// In what it is counted.
    pub unit: Unit,
}

/// At most five subjects.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Themes(UniqueList<Ref<Theme>>);

impl Themes {
    const MOST: usize = 5;

    /// The subjects.
    pub fn all(&self) -> &[Ref<Theme>] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Themes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let themes = UniqueList::deserialize(deserializer)?;
        if themes.len() > Self::MOST { Err(serde::de::Error::custom("at most five themes")) } else { Ok(Self(themes)) }
    }
}

impl JsonSchema for Themes {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Themes".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = UniqueList::<Ref<Theme>>::json_schema(generator);
        schema.insert("maxItems".to_owned(), Self::MOST.into());
        schema
    }
}

/// An exception to a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Allow {
    /// The rule's code, as the message shows it in brackets.
    pub rule: Slug,
    /// The place it holds for, and everything below; the whole record when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<FieldPointer>,
    /// Why the rule does not fit here.
    pub reason: Text,
}

/// A record withdrawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Retired {
    /// The day it was withdrawn.
    pub on: Edtf,
    /// Why it was withdrawn.
    pub reason: Text,
    /// The record to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<AnyRef>,
}

codes! {
    /// A catalogue outside this dataset.
    Scheme {
        /// The item in Wikidata, as in Q7184.
        Wikidata = "wikidata",
        /// The number in the `GeoNames` database.
        Geonames = "geonames",
        /// The address in the Research Organization Registry.
        Ror = "ror",
        /// The International Standard Name Identifier, ISO 27729.
        Isni = "isni",
        /// The country number of the Correlates of War project.
        Cow = "cow",
        /// The country number of Gleditsch and Ward.
        GleditschWard = "gleditsch-ward",
        /// Four letters for a country that is no more, ISO 3166-3.
        Iso3166Part3 = "iso-3166-3",
        /// The Digital Object Identifier, ISO 26324.
        Doi = "doi",
        /// Book number, ISO 2108.
        Isbn = "isbn",
        /// Serial number, ISO 3297.
        Issn = "issn",
        /// Registration number of the United Nations Treaty Series.
        UnTreatySeries = "un-treaty-series",
        /// Project number of NATO's Science for Peace and Security Programme.
        NatoSps = "nato-sps",
        /// Number of a page of NATO's website.
        NatoNews = "nato-news",
    }
}
