//! `false-precision`: see the page beside this file.

use std::cell::LazyCell;

use comity_document::at;
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use crate::lint::{AloneContext, Findings, RecordContext, Rule, Screen};
use crate::query::shown::showing;
use crate::query::time;
use crate::record::{Body, Event, EventType, Record, Source, SourceType, Stance};
use crate::value::{Bounds, NonEmptyMap, Ref, StringFormat, When};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "false-precision",
    "a date that says more than its sources",
    "a reader would take a guess for a known day, and sort and count by it",
    include_str!("false_precision.md"),
);

/// The number of days within which a source reports while the day is still remembered.
const FRESH: i32 = 31;

/// Doubts a record with a date that this rule reports, unless the sources say otherwise.
pub static SCREEN: Screen = Screen { alone: may_report, doubts: |_| false };

fn may_report(context: &AloneContext<'_>) -> bool {
    let record = context.record;
    if !time::stands(record) {
        return false;
    }
    match &record.body {
        Body::Source(source) => catalogued_year(source).is_some(),
        Body::Event(event) if whole_year(event).is_some() => true,
        _ => !finer_than_sources(record).is_empty() || !new_years_days(record).is_empty(),
    }
}

/// Checks every date that sources have in other words, and every 1 January.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    if let Body::Source(source) = &context.record.body {
        return published(context, source, findings);
    }
    let reported = report_finer(context, findings);
    if let Body::Event(event) = &context.record.body
        && let Some(year) = whole_year(event)
    {
        let text = event.when.as_ref();
        findings
            .at(context.entry.id, at!["when"], format!("`{text}` says that it lasted the whole year"))
            .help(format!("if it took place on a day of that year, write `{year}`"));
    }
    for (at, days, text) in new_years_days(context.record) {
        if !reported.contains(&at) && only_later(context, &at, days) {
            findings
                .at(context.entry.id, at, format!("`{text}` is a 1 January that only later sources report"))
                .help(format!("if only the year is known, write `{}`; else name a source of those days", &text[..4]));
        }
    }
}

/// Reports dates that each of their sources has less precisely, and returns their places.
fn report_finer(context: &RecordContext<'_>, findings: &mut Findings<'_>) -> Vec<Pointer> {
    let mut reported = Vec::new();
    for FinerDate { at, text, said, said_at } in finer_than_sources(context.record) {
        findings
            .at(context.entry.id, at.clone(), format!("`{text}` is finer than what its sources say, `{said}`"))
            .help(format!("write `{said}`; or name the source that shows `{text}`"))
            .related(context.entry.id, said_at, "what the source says");
        reported.push(at);
    }
    reported
}

/// A date that each of its sources has less precisely.
struct FinerDate {
    at: Pointer,
    text: String,
    /// What the source says, and where.
    said: String,
    said_at: Pointer,
}

fn finer_than_sources(record: &Record) -> Vec<FinerDate> {
    let said = said(record);
    if said.is_empty() {
        return Vec::new();
    }
    // Most dates are shown by a source that has no other, and to look for them takes the whole record as JSON.
    let fields = LazyCell::new(|| [serde_json::to_value(&record.body), serde_json::to_value(&record.envelope)]);
    let mut places: Vec<&Pointer> = said.iter().map(|said| &said.place).collect();
    places.sort_unstable();
    places.dedup();
    let mut found = Vec::new();
    for place in places {
        let theirs: Vec<&SaidDate<'_>> = said.iter().filter(|said| said.place == *place).collect();
        let says = |source: &Ref<Source>| theirs.iter().any(|said| said.source == source);
        let mut shown = showing(record, place).peekable();
        // [`unsupported_fact`](crate::rules::evidence::unsupported_fact) reports dates that no source supports.
        if shown.peek().is_none() || !shown.all(|(source, _)| says(source)) {
            continue;
        }
        let ours = fields.iter().flatten().find_map(|fields| date(fields.pointer(place.as_str())?));
        let Some(ours) = ours else { continue };
        let days = |said: &&&SaidDate<'_>| {
            let (first, last) = (said.date.start().earliest, said.date.end().latest);
            last.count().saturating_sub(first.count())
        };
        let all_coarser = theirs.iter().all(|said| is_finer(&ours, &said.date));
        let Some(finest) = theirs.iter().min_by_key(days).filter(|_| all_coarser) else { continue };
        let (text, said) = (ours.as_ref().to_owned(), finest.date.as_ref().to_owned());
        found.push(FinerDate { at: place.clone(), text, said, said_at: finest.at.clone() });
    }
    found
}

/// A date under `says`.
struct SaidDate<'a> {
    source: &'a Ref<Source>,
    /// The place of the field in the record.
    place: Pointer,
    /// The place under `says`.
    at: Pointer,
    date: When,
}

fn said(record: &Record) -> Vec<SaidDate<'_>> {
    let mut said = Vec::new();
    for (source, evidence) in record.evidence().filter(|(_, evidence)| evidence.stance != Stance::Contradicts) {
        for (place, value) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
            let at = at!["evidence", source, "says", place];
            let mut below = vec![(place.pointer().clone(), at, value)];
            while let Some((place, at, value)) = below.pop() {
                match value {
                    Json::Object(fields) => below
                        .extend(fields.iter().map(|(key, value)| (place.clone().key(key), at.clone().key(key), value))),
                    value => said.extend(date(value).map(|date| SaidDate { source, place, at, date })),
                }
            }
        }
    }
    said
}

fn date(value: &Json) -> Option<When> {
    When::parse(value.as_str()?).ok()
}

/// Whether a date definitely covers fewer days than another, and only days of that one.
fn is_finer(ours: &When, theirs: &When) -> bool {
    let within = |ours: Bounds, theirs: Bounds| {
        let sure = ours.sure && theirs.sure;
        sure && theirs.earliest <= ours.earliest && ours.latest <= theirs.latest
    };
    let same = (ours.start(), ours.end()) == (theirs.start(), theirs.end());
    !same && within(ours.start(), theirs.start()) && within(ours.end(), theirs.end())
}

/// Steps that are taken on a day. Others, such as `in-force`, often begin with a year.
const ACTS: [&str; 7] = ["proposed", "negotiated", "signed", "ratified", "approved", "mandated", "invited"];

/// The acts on a 1 January.
fn new_years_days(record: &Record) -> Vec<(Pointer, Bounds, String)> {
    let mut days: Vec<(Pointer, Bounds, String)> = Vec::new();
    let mut see = |at: &dyn Fn() -> Pointer, days_of: Bounds, text: &str| {
        if text.ends_with("-01-01") && days_of.sure && days_of.earliest == days_of.latest {
            days.push((at(), days_of, text.to_owned()));
        }
    };
    match &record.body {
        // Decisions often apply from the first day of a year.
        Body::Event(Event { r#type: EventType::Decision, .. }) => {}
        Body::Event(event) if event.when.start() == event.when.end() => {
            see(&|| at!["when"], event.when.start(), event.when.as_ref());
        }
        Body::Event(_) => {}
        Body::Statement(statement) => see(&|| at!["date"], statement.date.bounds(), statement.date.as_ref()),
        _ => record.steps(&mut |at, status, step| {
            if ACTS.contains(&status.code) {
                see(&|| at.pointer(), step.date.bounds(), step.date.as_ref());
            }
        }),
    }
    days
}

/// Whether all sources of a date definitely appeared later than people remember the day.
fn only_later(context: &RecordContext<'_>, at: &Pointer, days: Bounds) -> bool {
    let fresh = days.plus(FRESH);
    let mut shown = showing(context.record, at).peekable();
    shown.peek().is_some()
        && shown.all(|(source, _)| {
            let published = context.dataset.get(source).and_then(|(.., source)| source.published.as_ref());
            published.is_some_and(|published| fresh.before(&published.bounds()).is_definite())
        })
}

/// The year, where an event is dated from its first to its last day.
fn whole_year(event: &Event) -> Option<&str> {
    let is_decision = event.r#type == EventType::Decision;
    let text = event.when.as_ref();
    let year = text.get(..4).unwrap_or_default();
    (!is_decision && text.len() == 21 && text == format!("{year}-01-01/{year}-12-31")).then_some(year)
}

fn published(context: &RecordContext<'_>, source: &Source, findings: &mut Findings<'_>) {
    if let Some((text, year)) = catalogued_year(source) {
        findings
            .at(
                context.entry.id,
                at!["published"],
                format!("`{text}` is how catalogues write a year of which they know no day"),
            )
            .help(format!("if only the year is known, write `{year}`"));
    }
}

/// The date and the year of books, articles and reports of which catalogues know only the year. News appears on every
/// day.
fn catalogued_year(source: &Source) -> Option<(&str, &str)> {
    use SourceType::{Academic, Database, Document, Reference};
    let text: &str = source.published.as_ref().map(AsRef::as_ref)?;
    let year = text.strip_suffix("-01-01")?;
    // A web address often has the day.
    let address = source.url.as_ref().map_or("", AsRef::as_ref);
    let has_day = ["/01/01", "-01-01", "/1/1", "0101"].iter().any(|day| address.contains(&format!("{year}{day}")));
    (!has_day && matches!(source.r#type, Academic | Database | Document | Reference)).then_some((text, year))
}
