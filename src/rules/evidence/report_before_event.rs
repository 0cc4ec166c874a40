//! `report-before-event`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use super::done_on_announcement;
use crate::dataset::Entry;
use crate::lint::{Change, Findings, Fixable, RecordContext, Rule, Screen, SummaryContext};
use crate::query::shown::Shown;
use crate::query::time;
use crate::record::{Body, EventStatus, Evidence, Outcome, Record, Source, Stance};
use crate::value::{Bounds, Day, Edtf, FieldPointer, NonEmptyMap, Ref, StringFormat as _, Truth, When};

/// The rule.
pub static RULE: Rule = Rule::error(
    "report-before-event",
    "a source that reports what happened only after it was published",
    "it can only have announced a plan, and plans change",
    include_str!("report_before_event.md"),
)
.fixed(Fixable::Suggested);

/// How many days too early a report may seem, because of time zones.
const SLACK: i32 = 1;

/// Doubts a record with a source that reports and may have been published before all that happened.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    let published = |end| kept.dataset.summary_of(end).map(|source| source.published.plus(SLACK));
    let mut reports = kept.summary.links.iter().filter(|link| link.reports());
    reports.any(|link| published(link.end()).is_some_and(|published| published < kept.summary.reported))
}

/// The latest of the first days on which a fact may have happened.
pub(crate) fn latest_start(record: &Record) -> Day {
    let mut latest = Day::NEVER;
    any_start(record, &mut |start| {
        latest = latest.max(start.earliest);
        false
    });
    let reports = record.evidence().filter(|(_, evidence)| evidence.stance == Stance::Reports);
    reports
        .flat_map(|(_, evidence)| said(record, evidence))
        .fold(latest, |latest, (_, start)| latest.max(start.earliest))
}

/// Compares each source that reports with the dates that it supports.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let reports: Vec<DatedReport<'_>> = reports(context).collect();
    if reports.is_empty() {
        return;
    }
    reports.iter().for_each(|report| said_too_early(context, report, findings));
    // Nearly always no source is early, and then no text need be made.
    if !any_start(context.record, &mut |start| reports.iter().any(|report| findings.wants(report.is_before(start)))) {
        return;
    }
    let mut dated = dated(context.record);
    if !matches!(&context.record.body, Body::Event(event) if event.status == EventStatus::Planned) {
        // [`future_as_fact`](crate::rules::time::future_as_fact) reports what is recorded as done and lies in the
        // future.
        dated.retain(|dated| !time::is_future(&dated.start, context.dataset.as_of));
    }
    let reported = all_too_early(context, &reports, &dated, findings);
    for report in reports.iter().filter(|report| !reported.contains(&report.name)) {
        too_early(context, report, &dated, findings);
    }
}

/// A source that reports, and when it was published.
struct DatedReport<'a> {
    name: &'a Ref<Source>,
    evidence: &'a Evidence,
    entry: &'a Entry,
    published: &'a Edtf,
}

impl DatedReport<'_> {
    fn is_early(&self, dated: &Dated) -> Truth {
        self.is_before(&dated.start)
    }

    fn is_before(&self, start: &Bounds) -> Truth {
        time::before_by(SLACK, &self.published.bounds(), start)
    }
}

fn reports<'a>(context: &RecordContext<'a>) -> impl Iterator<Item = DatedReport<'a>> {
    let evidence = context.record.evidence().filter(|_| time::stands(context.record));
    evidence.filter(|(_, evidence)| evidence.stance == Stance::Reports).filter_map(|(name, evidence)| {
        let (entry, _, source) = context.dataset.get(name)?;
        Some(DatedReport { name, evidence, entry, published: source.published.as_ref()? })
    })
}

/// Where every source of a date is too early, the date is the one mistake. Returns the sources that are reported.
fn all_too_early<'a>(
    context: &RecordContext<'_>,
    reports: &[DatedReport<'a>],
    dated: &[Dated],
    findings: &mut Findings<'_>,
) -> Vec<&'a Ref<Source>> {
    let mut reported = Vec::new();
    for dated in dated {
        let early = reports.iter().filter(|report| report.is_early(dated).is_definite());
        if early.count() < 2 {
            continue;
        }
        let showing: Vec<_> = reports.iter().filter(|report| dated.is_shown(context.record, report.evidence)).collect();
        let new = |report: &&DatedReport<'_>| report.is_early(dated).is_definite() && !reported.contains(&report.name);
        if showing.len() < 2 || !showing.iter().all(new) {
            continue;
        }
        let message = format!("the {} sources that report {} are all older", showing.len(), dated.what);
        let finding = findings.at(context.entry.id, dated.at.clone(), message);
        finding.help("correct the date; if they announce what was planned, write `announces`");
        for report in showing {
            finding.related(report.entry.id, at!["published"], "published before it");
            finding.related(context.entry.id, at!["evidence", report.name, "stance"], "said to report it");
            reported.push(report.name);
        }
    }
    reported
}

fn too_early(context: &RecordContext<'_>, report: &DatedReport<'_>, dated: &[Dated], findings: &mut Findings<'_>) {
    let DatedReport { name, evidence, entry, published } = report;
    if !dated.iter().any(|dated| findings.wants(report.is_early(dated))) {
        return;
    }
    let shown: Vec<&Dated> = dated.iter().filter(|dated| dated.is_shown(context.record, evidence)).collect();
    // Certain findings come first.
    let truth = shown.iter().map(|dated| report.is_early(dated)).max();
    let Some(truth) = truth.filter(|truth| findings.wants(*truth)) else { return };
    let is_early = |dated: &Dated| report.is_early(dated) == truth;
    let Some(first) = shown.iter().find(|dated| is_early(dated)) else { return };
    let at = at!["evidence", name, "stance"];
    let finding = findings.at(
        context.entry.id,
        at.clone(),
        format!("`{}` is dated `{}`, too early to report {}", name.as_ref(), published.as_ref(), first.what),
    );
    finding.truth(truth);
    finding.related(context.entry.id, first.at.clone(), "later than its source");
    finding.related(entry.id, at!["published"], "when the source was published");
    if let Some(seen) = shown.iter().find(|dated| !is_early(dated)) {
        finding.help(format!("under `supports` name only what it can have seen, such as \"{}\"", seen.at));
    } else if matches!(&context.record.body, Body::Statement(_)) {
        finding.help("one of the two dates is wrong, or another source has the statement");
    } else if done_on_announcement::announced(context.record, Some(name)).is_empty() {
        finding.help("does it announce what was planned? then write `announces`; else one of the two dates is wrong");
        finding.suggest("write `announces`", Change::Replace { at, with: "announces".into() });
    } else {
        finding
            .help("if it announces what was planned, write `announces`, and name a source that reports what happened");
    }
}

/// Reports a date that a source has instead, and that lies after its publication.
fn said_too_early(context: &RecordContext<'_>, report: &DatedReport<'_>, findings: &mut Findings<'_>) {
    let DatedReport { name, evidence, entry, published } = report;
    let mut early = said(context.record, evidence).into_iter().map(|(place, start)| (place, report.is_before(&start)));
    let Some((place, truth)) = early.find(|(_, truth)| findings.wants(*truth)) else { return };
    let at = at!["evidence", name];
    let message =
        format!("`{}` is dated `{}`, too early to report the day that it says", name.as_ref(), published.as_ref());
    findings
        .at(context.entry.id, at.clone().key("says").key(place.as_ref()), message)
        .help("if it announces what was planned, write `announces`; else one of the two dates is wrong: if that of the source, write the outcome `preferred` under `contested`")
        .truth(truth)
        .related(context.entry.id, at.key("stance"), "said to report it")
        .related(entry.id, at!["published"], "when the source was published");
}

/// The days that a source has instead of those below, each with the first days on which it can have happened. Where the
/// record says that its own day is the better one, the source is known to be wrong.
fn said<'a>(record: &Record, evidence: &'a Evidence) -> Vec<(&'a FieldPointer, Bounds)> {
    let is_day = |field: &str| match &record.body {
        Body::Event(event) => field == "when" && matches!(event.status, EventStatus::Held | EventStatus::Planned),
        Body::Statement(_) => field == "date",
        _ => matches!(field, "history" | "members" | "parties"),
    };
    let day = |value: &Json| Some(When::parse(value.as_str()?).ok()?.start());
    let latest = move |value: &Json| match value {
        Json::Object(steps) => steps.values().filter_map(day).max_by_key(|start| start.earliest),
        value => day(value),
    };
    let contested = || record.envelope.contested.iter().flat_map(NonEmptyMap::iter);
    let is_settled = |place: &FieldPointer| {
        contested()
            .any(|(at, contested)| contested.outcome == Outcome::Preferred && at.pointer().covers(place.pointer()))
    };
    let said = evidence.says.iter().flat_map(NonEmptyMap::iter);
    said.filter(|(place, _)| is_day(&place.pointer().tokens().next().unwrap_or_default()) && !is_settled(place))
        .filter_map(|(place, value)| Some((place, latest(value)?)))
        .collect()
}

/// A fact that a source can report only after it has happened.
struct Dated {
    /// The place of its date.
    at: Pointer,
    /// The first days on which it can have happened.
    start: Bounds,
    /// Fields besides its date that describe it.
    fields: &'static [&'static str],
    /// What it is, in a sentence.
    what: String,
}

impl Dated {
    fn is_shown(&self, record: &Record, evidence: &Evidence) -> bool {
        let shown = Shown::of(record, evidence);
        let describes_it = |place: &FieldPointer| {
            let mut steps = place.pointer().tokens();
            let field = steps.next().unwrap_or_default();
            // On whose behalf somebody acts is known before and after.
            self.fields.contains(&field.as_ref()) && steps.nth(1).as_deref() != Some("for")
        };
        shown.covers(&self.at) || shown.places().any(describes_it)
    }
}

/// Whether one of the dates below passes a test.
fn any_start(record: &Record, test: &mut dyn FnMut(&Bounds) -> bool) -> bool {
    let mut any = false;
    match &record.body {
        Body::Event(event) => any = test(&event.when.start()),
        Body::Statement(statement) => any = test(&statement.date.bounds()),
        _ => record.steps(&mut |_, _, step| any |= test(&step.date.bounds())),
    }
    any
}

fn dated(record: &Record) -> Vec<Dated> {
    match &record.body {
        // [`reversed_interval`](crate::rules::time::reversed_interval) reports an interval that ends before it begins;
        // its day is not known.
        Body::Event(event) if time::before(&event.when.end(), &event.when.start()).is_definite() => Vec::new(),
        // A cancellation or postponement is known before the day.
        Body::Event(event) if matches!(event.status, EventStatus::Held | EventStatus::Planned) => vec![Dated {
            at: at!["when"],
            start: event.when.start(),
            fields: &["status", "places", "participants", "online"],
            what: format!("an event of `{}`", event.when.as_ref()),
        }],
        Body::Statement(statement) => vec![Dated {
            at: at!["date"],
            start: statement.date.bounds(),
            fields: &["speaker", "position"],
            what: format!("a statement of `{}`", statement.date.as_ref()),
        }],
        _ => {
            let mut dated = Vec::new();
            record.steps(&mut |at, status, step| {
                let what = format!("`{}`, which is dated `{}`", step.key(status), step.date.as_ref());
                dated.push(Dated { at: at.pointer(), start: step.date.bounds(), fields: &[], what });
            });
            dated
        }
    }
}
