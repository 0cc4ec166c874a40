//! The tables `place` and `record_place`.

use super::column::table;
use super::{Context, to};
use crate::kind::Kind;
use crate::query::ground::{Ground, ground};
use crate::record::{Place, Record};
use crate::value::Key;

table! {
    /// One row for every place.
    PlaceRow "place" key ["ref"] {
        /// The place.
        r#ref: String => "record",
        /// The type of the place.
        r#type: String where ["PlaceType"],
        /// The English name.
        name_en: Option<String>,
        /// The country in which the place lies (ISO 3166-1 alpha-2, or `XK`), its own or that of the larger place; empty for a sea, and for a disputed place and all that lies in it.
        country: Option<String> where ["Country"],
        /// Whether the place, or a larger place in which it lies, is disputed ground: its record says who administers or claims it in the place of a country. One claim is enough; `place_claim` has all that are on record.
        disputed: bool,
        /// The position north of the equator, WGS 84; for a city to about a kilometre.
        latitude: Option<f64> as "degrees",
        /// The position east of Greenwich, WGS 84.
        longitude: Option<f64> as "degrees",
        /// The larger place in which the place lies.
        under: Option<String> => "record",
        /// The item in Wikidata.
        wikidata: Option<String>,
    }
}

table! {
    /// One row for every place of a record.
    RecordPlaceRow "record_place" key ["ref", "place"] {
        /// The record.
        r#ref: String => "record",
        /// The place.
        place: String => "record",
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<PlaceRow> {
    let row = |(key, record, place): (&Key, &Record, &Place)| {
        let ground = ground(context.dataset, record);
        PlaceRow {
            r#ref: key.to_string(),
            r#type: place.r#type.to_string(),
            name_en: record.title().map(str::to_owned),
            country: ground.country().map(|country| country.as_ref().to_owned()),
            disputed: ground == Ground::Disputed,
            latitude: place.point.as_ref().map(|point| point.latitude.get()),
            longitude: place.point.as_ref().map(|point| point.longitude.get()),
            under: record.above(Kind::Place).map(ToString::to_string),
            wikidata: super::wikidata(record),
        }
    };
    context.each::<Place>().map(row).collect()
}

pub(super) fn record_rows(context: &Context<'_>) -> Vec<RecordPlaceRow> {
    let places = |record: &Record| record.envelope.places.iter().flat_map(|all| all.iter()).map(to).collect();
    let rows = context.records.iter().flat_map(|(key, record)| {
        let places: Vec<String> = places(record);
        places.into_iter().map(|place| RecordPlaceRow { r#ref: key.to_string(), place })
    });
    rows.collect()
}
