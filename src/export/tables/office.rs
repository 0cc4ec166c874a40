//! The table `office`.

use super::column::table;
use super::{Context, DateCells, SideCells, english, to};
use crate::query::{disputes, time};
use crate::record::Actor;
use crate::value::NonEmptyMap;

table! {
    /// One row for every public office that a person holds or held.
    OfficeRow "office" key ["actor", "office"] {
        /// The person.
        actor: String => "record",
        /// The short name of the office within the record of the person.
        office: String,
        /// The title of the office in English, or in the first language that there is.
        title_en: Option<String>,
        /// The body to which the office belongs.
        organisation: String => "record",
        /// The rank of the office.
        level: String where ["Level"],
        /// The side of that body.
        side: SideCells,
        /// The time in office.
        date: Option<DateCells>,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<OfficeRow> {
    let mut rows = Vec::new();
    for (key, record, actor) in context.each::<Actor>() {
        let offices = actor.offices.iter().flat_map(NonEmptyMap::iter);
        for ((slug, office), (term, _)) in offices.zip(time::terms(actor).into_iter().flatten()) {
            let term = disputes::period(record, &term);
            rows.push(OfficeRow {
                actor: key.to_string(),
                office: slug.to_string(),
                title_en: english(Some(&office.title)),
                organisation: to(&office.organisation),
                level: office.level.to_string(),
                side: SideCells::of(context, &office.organisation, &term, false),
                date: DateCells::of_period(&term),
            });
        }
    }
    rows
}
