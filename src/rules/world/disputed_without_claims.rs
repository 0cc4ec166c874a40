//! `disputed-without-claims`: see the page beside this file.

mod areas;

use comity_document::at;
use comity_document::pointer::Pointer;

use self::areas::{AREAS, Area};
use crate::dataset::{EntryId, Field, RecordType, Summary};
use crate::lint::{AloneContext, Findings, Place as At, RecordContext, Rule, Screen, SummaryContext};
use crate::record::{Body, Place, Record, Target};

/// The rule.
pub static RULE: Rule = Rule::error(
    "disputed-without-claims",
    "one country alone for a place that is disputed",
    "the dataset would take a side, without anybody having said so",
    include_str!("disputed_without_claims.md"),
);

const CLAIMS: &str = r#"take it out, and write both sides: "claims": { "who-governs-it": { "kind": "administers" }, "who-claims-it": { "kind": "claims" } }"#;

/// Doubts a place in one of the areas, and a place under one that has `claims`.
pub static SCREEN: Screen = Screen { alone: lies_in_an_area, doubts: lies_under_claims };

fn lies_in_an_area(context: &AloneContext<'_>) -> bool {
    let Body::Place(place) = &context.record.body else { return false };
    let country = place.country.as_ref();
    country.is_some_and(|country| area_of(context.record, place, country.as_ref()).is_some())
}

fn lies_under_claims(kept: &SummaryContext<'_>) -> bool {
    let has_claims = |larger: &Summary| larger.links.iter().any(|link| link.field() == Field::Claims);
    matches!(kept.summary.r#type, RecordType::Place(_)) && kept.named_in(Field::Under).any(has_claims)
}

/// Checks a place with a bare `country` that lies in one of the areas, or under a place that has `claims`.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Body::Place(place) = &context.record.body else { return };
    let standing = place.claims.is_none() && context.record.envelope.retired.is_none();
    let Some(country) = place.country.filter(|_| standing) else { return };
    let code = country.as_ref();
    let message = |place: &str| format!("`{code}` alone stands for a place in {place}");
    if let Some((area, reason)) = area_of(context.record, place, code) {
        let finding = findings
            .at(
                context.entry.id,
                at!["country"],
                message(&format!("{}, which is disputed ({})", area.name, area.source)),
            )
            .help(CLAIMS);
        match reason {
            Reason::Code => {}
            Reason::Name(at) => _ = finding.related(context.entry.id, at, "this is a name in it"),
            Reason::Point => _ = finding.related(context.entry.id, At::Key(at!["point"]), "this lies in it"),
        }
    } else if let Some((id, entry)) = disputed_container(context) {
        findings
            .at(context.entry.id, at!["country"], message(&format!("`{id}`, which is disputed")))
            .help("take it out: `under` says where this lies, and the claims stand there")
            .related(entry, At::Key(at!["claims"]), "the claims to the whole");
    }
}

/// What shows that a place lies in an area.
enum Reason {
    /// The country code stands for the area itself.
    Code,
    /// A name of the place, at this place of the record.
    Name(Pointer),
    Point,
}

/// The area in which a place with that country lies, and what shows it.
fn area_of(record: &Record, place: &Place, country: &str) -> Option<(&'static Area, Reason)> {
    AREAS.iter().find_map(|area| Some((area, lies_in(record, place, country, area)?)))
}

fn lies_in(record: &Record, place: &Place, country: &str, area: &Area) -> Option<Reason> {
    if area.codes.contains(&country) {
        return Some(Reason::Code);
    }
    if !area.countries.contains(&country) {
        return None;
    }
    let names = record.envelope.names.iter().flat_map(|names| names.texts().iter());
    let mut known = names.filter(|(_, name)| area.names.contains(&folded(name.as_ref()).as_str()));
    if let Some((language, _)) = known.next() {
        return Some(Reason::Name(at!["names", language]));
    }
    let point = place.point.as_ref()?;
    let (north, east) = (point.latitude.get(), point.longitude.get());
    let inside =
        |&[south, west, top, right]: &[f64; 4]| (south..=top).contains(&north) && (west..=right).contains(&east);
    area.boxes.iter().any(inside).then_some(Reason::Point)
}

/// A name in the form of the table: in lower case, words separated by spaces.
fn folded(name: &str) -> String {
    name.to_lowercase().replace(['-', '\'', '’', 'ʼ', '‘'], " ")
}

/// A place with claims above this place.
fn disputed_container<'a>(context: &'a RecordContext<'_>) -> Option<(&'a str, EntryId)> {
    context.record.envelope.under.iter().flat_map(|under| under.iter()).find_map(|container| {
        let (entry, record) = context.dataset.record(Target::from(container))?;
        let disputed = matches!(&record.body, Body::Place(place) if place.claims.is_some());
        disputed.then_some((container.id(), entry.id))
    })
}
