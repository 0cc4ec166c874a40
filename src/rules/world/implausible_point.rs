//! `implausible-point`: see the page beside this file.

mod countries;

use comity_document::at;
use comity_document::pointer::Pointer;

use self::countries::{Box, of_country};
use crate::dataset::EntryId;
use crate::lint::{AloneContext, Findings, RecordContext, Rule, Screen};
use crate::record::{Body, FromBody, Place, Target};
use crate::value::Country;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "implausible-point",
    "a position far outside its country",
    "on every map it would stand in the wrong place, often in the sea",
    include_str!("implausible_point.md"),
);

/// Doubts a point outside the country of its place, and a point whose country another place has.
pub static SCREEN: Screen = Screen { alone: may_be_outside, doubts: |_| false };

fn may_be_outside(context: &AloneContext<'_>) -> bool {
    let Body::Place(place) = &context.record.body else { return false };
    let Some(point) = &place.point else { return false };
    let (north, east) = (point.latitude.get(), point.longitude.get());
    let area = || place.country.map(|country| of_country(country.as_ref()));
    let is_inside = || area().is_some_and(|area| area.is_none_or(|area| area.is_near(north, east)));
    north == 0.0 && east == 0.0 || place.claims.is_none() && !is_inside()
}

/// Checks a place with a point and a country, its own or that of a place above it.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Body::Place(place) = &context.record.body else { return };
    let Some(point) = place.point.as_ref().filter(|_| context.record.envelope.retired.is_none()) else { return };
    let (north, east) = (point.latitude.get(), point.longitude.get());
    let at = at!["point"];
    if north == 0.0 && east == 0.0 {
        findings
            .at(context.entry.id, at, "latitude 0 and longitude 0 are what programs write where no position is known")
            .help("write the position, or leave `point` out");
        return;
    }
    let Some((country, entry, written)) = country_of(context, place) else { return };
    let Some(area) = of_country(country.as_ref()).filter(|area| !area.is_near(north, east)) else { return };
    findings
        .at(context.entry.id, at, format!("latitude {north} and longitude {east} lie far outside {}", country.name()))
        .help(advice(area, north, east))
        .related(entry, written, "the country");
}

/// The slip that would explain the point, if there is one.
fn advice(area: Box, north: f64, east: f64) -> String {
    let slips = [
        (east, north, "are the two numbers swapped?"),
        (north, -east, "is a minus wrong? west of Greenwich is negative;"),
        (-north, east, "is a minus wrong? south of the equator is negative;"),
        (-east, north, "are the two numbers swapped, and a minus wrong?"),
        (east, -north, "are the two numbers swapped, and a minus wrong?"),
    ];
    match slips.into_iter().find(|(north, east, _)| area.is_near(*north, *east)) {
        Some((north, east, slip)) => format!("{slip} write {{ \"latitude\": {north}, \"longitude\": {east} }}"),
        None => "copy the position again, or correct the country".to_owned(),
    }
}

/// The country of a place, and the record that has it: the place itself, or a place above it.
fn country_of(context: &RecordContext<'_>, place: &Place) -> Option<(Country, EntryId, Pointer)> {
    let (mut entry, mut record, mut place) = (context.entry, context.record, place);
    // A building in a quarter of a city in a region; a longer chain is a circle.
    for _ in 0..4 {
        if place.claims.is_some() {
            return None;
        }
        if let Some(country) = place.country {
            return Some((country, entry.id, at!["country"]));
        }
        let container = record.envelope.under.as_ref()?.first()?;
        (entry, record) = context.dataset.record(Target::from(container))?;
        place = Place::from_body(&record.body)?;
    }
    None
}
