//! The table `actor`.

use super::column::table;
use super::{Context, StateCodes, to};
use crate::record::{Actor, ActorType};

table! {
    /// One row for every actor.
    ActorRow "actor" key ["ref"] {
        /// The actor.
        r#ref: String => "record",
        /// The type of the actor.
        r#type: String where ["ActorType"],
        /// The English name.
        name_en: Option<String>,
        /// The country that the actor belongs to (ISO 3166-1 alpha-2, or `XK`).
        country: Option<String> where ["Country"],
        /// The codes of that country.
        codes: StateCodes,
        /// The body that this body is a part of.
        part_of: Option<String> => "record",
        /// The topmost body above this one; the actor itself where there is none above.
        top: String => "record",
        /// The place of the seat.
        seat: Option<String> => "record",
        /// The item in Wikidata.
        wikidata: Option<String>,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<ActorRow> {
    let rows = context.each::<Actor>().map(|(key, record, actor)| {
        let above = |actor: &&Actor| {
            let above = actor.part_of.as_ref()?;
            context.dataset.get(above).map(|(.., actor)| actor)
        };
        // The bound ends a circle of parts.
        let chain = std::iter::successors(Some(actor), above).take(16);
        let top = chain.filter_map(|actor| actor.part_of.as_ref()).last().map_or_else(|| key.to_string(), to);
        let state = match actor.r#type {
            ActorType::State => Some(record),
            _ => actor.country.and_then(|country| context.state(country)).map(|(_, state)| state),
        };
        ActorRow {
            r#ref: key.to_string(),
            r#type: actor.r#type.to_string(),
            name_en: record.title().map(str::to_owned),
            country: actor.country.map(|country| country.as_ref().to_owned()),
            codes: StateCodes::of(actor.country, state),
            part_of: actor.part_of.as_ref().map(to),
            top,
            seat: actor.seat.as_ref().map(to),
            wikidata: super::wikidata(record),
        }
    });
    rows.collect()
}
