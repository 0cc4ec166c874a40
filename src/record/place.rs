//! Places.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{Country, Edtf, Latitude, Longitude, NonEmptyMap, Ref};

/// A place: a country, a city, a base, a sea.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Place {
    /// The type of the place.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: PlaceType,
    /// The country in which the place lies. A disputed place has `claims` instead; a sea has neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["pays", "país", "nation", "بلد"]))]
    pub country: Option<Country>,
    /// The actors that administer or claim the place, where the place is disputed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub claims: Option<NonEmptyMap<Ref<Actor>, Claim>>,
    /// The position of the place; for a city to about a kilometre (two decimals).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["coordinates", "coords", "gps", "position", "coordonnées", "coordenadas"]))]
    pub point: Option<Point>,
}

impl OfKind for Place {
    const KIND: Kind = Kind::Place;
}

/// The claim of one actor to a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Claim {
    /// Whether the actor administers or claims the place.
    pub kind: ClaimKind,
    /// The beginning of the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["start", "start-date", "since", "founded", "begin", "begins", "began", "début", "depuis", "desde", "inicio", "منذ", "بداية"]))]
    pub from: Option<Edtf>,
    /// The end of the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["end", "to", "dissolved", "ended", "fin", "hasta", "حتى"]))]
    pub until: Option<Edtf>,
}

codes! {
    /// The relation of an actor to a disputed place.
    ClaimKind {
        /// Governs the place in fact.
        Administers = "administers",
        /// Claims the place as its own.
        Claims = "claims",
    }
}

/// A position on the earth, in WGS 84.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Point {
    /// Degrees north of the equator; south is negative.
    #[schemars(extend("x-synonyms" = ["lat"]))]
    pub latitude: Latitude,
    /// Degrees east of Greenwich; west is negative.
    #[schemars(extend("x-synonyms" = ["lon", "lng", "long"]))]
    pub longitude: Longitude,
}

codes! {
    /// The type of a place.
    PlaceType {
        /// A country.
        Country = "country" ["state", "pays", "país", "بلد", "دولة"],
        /// A disputed or dependent territory.
        Territory = "territory",
        /// A part of a country, or an area across countries.
        Region = "region",
        /// A city, a town, a village.
        City = "city" ["town", "village", "ville", "ciudad", "مدينة"],
        /// A military base or training ground.
        Base = "base" ["airbase", "naval-base", "base-navale"],
        /// A building or a site in a city.
        Building = "building" ["headquarters", "hq", "venue", "hotel", "palace"],
        /// A sea, or a part of a sea.
        SeaArea = "sea-area" ["sea", "ocean", "gulf", "mer", "mar"],
        /// A strait.
        Strait = "strait",
    }
}
