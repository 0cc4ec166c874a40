//! `false-precision`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use crate::lint::{Findings, RecordContext, Rule};
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

/// Checks every date that sources have in other words, and every 1 January.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    if let Body::Source(source) = &context.record.body {
        return published(context, source, findings);
    }
    let reported = finer_than_sources(context, findings);
    new_years_days(context, &reported, findings);
}

/// Reports dates that each of their sources has less precisely.
fn finer_than_sources(context: &RecordContext<'_>, findings: &mut Findings<'_>) -> Vec<Pointer> {
    let said = said(context.record);
    if said.is_empty() {
        return Vec::new();
    }
    let fields = [serde_json::to_value(&context.record.body), serde_json::to_value(&context.record.envelope)];
    let mut places: Vec<&Pointer> = said.iter().map(|said| &said.place).collect();
    places.sort_unstable();
    places.dedup();
    let mut found = Vec::new();
    for place in places {
        let ours = fields.iter().flatten().find_map(|fields| date(fields.pointer(place.as_str())?));
        let Some(ours) = ours else { continue };
        let theirs: Vec<&SaidDate<'_>> = said.iter().filter(|said| said.place == *place).collect();
        let says = |source: &Ref<Source>| theirs.iter().any(|said| said.source == source);
        let mut shown = showing(context.record, place).peekable();
        // [`unsupported_fact`](crate::rules::evidence::unsupported_fact) reports dates that no source supports.
        if shown.peek().is_none() || !shown.all(|(source, _)| says(source)) {
            continue;
        }
        let days = |said: &&&SaidDate<'_>| {
            let (first, last) = (said.date.start().earliest, said.date.end().latest);
            last.count().saturating_sub(first.count())
        };
        let all_coarser = theirs.iter().all(|said| is_finer(&ours, &said.date));
        let Some(finest) = theirs.iter().min_by_key(days).filter(|_| all_coarser) else { continue };
        let (text, said) = (ours.as_ref(), finest.date.as_ref());
        findings
            .at(context.entry.id, place.clone(), format!("`{text}` is finer than what its sources say, `{said}`"))
            .help(format!("write `{said}`; or name the source that shows `{text}`"))
            .related(context.entry.id, finest.at.clone(), "what the source says");
        found.push(place.clone());
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

/// Reports acts on a 1 January that no source of the time supports, and intervals from the first to the last day of a
/// year.
fn new_years_days(context: &RecordContext<'_>, reported: &[Pointer], findings: &mut Findings<'_>) {
    let mut days: Vec<(Pointer, Bounds, String)> = Vec::new();
    let mut see = |at: Pointer, days_of: Bounds, text: &str| {
        if text.ends_with("-01-01") && days_of.sure && days_of.earliest == days_of.latest {
            days.push((at, days_of, text.to_owned()));
        }
    };
    match &context.record.body {
        // Decisions often apply from the first day of a year.
        Body::Event(Event { r#type: EventType::Decision, .. }) => {}
        Body::Event(event) if event.when.start() == event.when.end() => {
            see(at!["when"], event.when.start(), event.when.as_ref());
        }
        Body::Event(event) => return whole_year(context, event, findings),
        Body::Statement(statement) => see(at!["date"], statement.date.bounds(), statement.date.as_ref()),
        _ => context.record.steps(&mut |at, status, step| {
            if ACTS.contains(&status.code) {
                see(at.pointer(), step.date.bounds(), step.date.as_ref());
            }
        }),
    }
    for (at, days, text) in days {
        if !reported.contains(&at) && only_later(context, &at, days) {
            findings
                .at(context.entry.id, at, format!("`{text}` is a 1 January that only later sources report"))
                .help(format!("if only the year is known, write `{}`; else name a source of those days", &text[..4]));
        }
    }
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

fn whole_year(context: &RecordContext<'_>, event: &Event, findings: &mut Findings<'_>) {
    let text = event.when.as_ref();
    let year = text.get(..4).unwrap_or_default();
    if text == format!("{year}-01-01/{year}-12-31") {
        findings
            .at(context.entry.id, at!["when"], format!("`{text}` says that it lasted the whole year"))
            .help(format!("if it took place on a day of that year, write `{year}`"));
    }
}

/// Books, articles and reports, of which catalogues know only the year. News appears on every day.
fn published(context: &RecordContext<'_>, source: &Source, findings: &mut Findings<'_>) {
    use SourceType::{Academic, Database, Document, Reference};
    let Some(text) = source.published.as_ref().map(AsRef::as_ref) else { return };
    let Some(year) = text.strip_suffix("-01-01") else { return };
    // A web address often has the day.
    let address = source.url.as_ref().map_or("", AsRef::as_ref);
    let has_day = ["/01/01", "-01-01", "/1/1", "0101"].iter().any(|day| address.contains(&format!("{year}{day}")));
    if !has_day && matches!(source.r#type, Academic | Database | Document | Reference) {
        findings
            .at(
                context.entry.id,
                at!["published"],
                format!("`{text}` is how catalogues write a year of which they know no day"),
            )
            .help(format!("if only the year is known, write `{year}`"));
    }
}
