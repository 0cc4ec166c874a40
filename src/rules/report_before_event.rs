//! `report-before-event`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use super::{Site, dates, done_on_announcement};
use crate::finding::{Change, Findings};
use crate::record::{Body, EventStatus, Evidence, Record, Stance};
use crate::rule::{Fixable, Rule};
use crate::value::{Bounds, FieldPointer};

/// The rule.
pub static RULE: Rule = Rule::error(
    "report-before-event",
    "a source that reports what happened only after it was published",
    "it can only have told a plan, and plans change",
    include_str!("report_before_event.md"),
)
.fixed(Fixable::Suggested);

/// Days by which a report may seem too early: midnight comes at another hour elsewhere.
const SLACK: i32 = 1;

/// Each source that reports is set against the dates it is said to show.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    let reports = |evidence: &Evidence| evidence.stance == Stance::Reports;
    if site.record.envelope.retired.is_some() || !site.record.evidence().any(|(_, evidence)| reports(evidence)) {
        return;
    }
    let mut dated = dated(site.record);
    if !matches!(&site.record.body, Body::Event(event) if event.status == EventStatus::Planned) {
        // Of what is told as done and lies ahead another rule tells.
        dated.retain(|dated| !dates::is_future(&dated.start, site.dataset.as_of));
    }
    for (name, evidence) in site.record.evidence().filter(|(_, evidence)| reports(evidence)) {
        let Some((entry, _, source)) = site.dataset.get(name) else { continue };
        let Some(published) = &source.published else { continue };
        let published_on = published.bounds();
        let is_early = |dated: &Dated| dates::before_by(SLACK, &published_on, &dated.start);
        if !dated.iter().any(|dated| findings.wants(is_early(dated))) {
            continue;
        }
        let shown: Vec<&Dated> = dated.iter().filter(|dated| dated.is_shown(site.record, evidence)).collect();
        // What is certain comes first.
        let Some(truth) = shown.iter().map(|dated| is_early(dated)).max().filter(|truth| findings.wants(*truth)) else {
            continue;
        };
        let is_early = |dated: &Dated| is_early(dated) == truth;
        let Some(first) = shown.iter().find(|dated| is_early(dated)) else { continue };
        let at = at!["evidence", name, "stance"];
        let finding = findings.at(
            site.entry.id,
            at.clone(),
            format!("`{}` is dated `{}`, too early to report {}", name.as_ref(), published.as_ref(), first.what),
        );
        finding.truth(truth);
        finding.related(site.entry.id, first.at.clone(), "later than its source");
        finding.related(entry.id, at!["published"], "when the source was published");
        if let Some(seen) = shown.iter().find(|dated| !is_early(dated)) {
            finding.help(format!("under `supports` name only what it can have seen, such as \"{}\"", seen.at));
        } else if done_on_announcement::announced(site.record, Some(name)).is_empty() {
            finding.help("did it tell what was planned? then write `announces`; else one of the two dates is wrong");
            finding.suggest("write `announces`", Change::Replace { at, with: "announces".into() });
        } else {
            finding
                .help("if it told what was planned, write `announces`, and name a source that reports what happened");
        }
    }
}

/// Something that a source can only report once it has happened.
struct Dated {
    /// Where its date stands.
    at: Pointer,
    /// The first days on which it can have happened.
    start: Bounds,
    /// Fields that tell of it beside its date.
    fields: &'static [&'static str],
    /// What it is, in a sentence.
    what: String,
}

impl Dated {
    fn is_shown(&self, record: &Record, evidence: &Evidence) -> bool {
        let tells_of_it = |place: &FieldPointer| {
            let mut steps = place.pointer().tokens();
            let field = steps.next().unwrap_or_default();
            // For whom somebody acts is known before, and after.
            self.fields.contains(&field.as_str()) && steps.nth(1).as_deref() != Some("for")
        };
        record.shows(evidence, &self.at) || evidence.supports.iter().flat_map(|all| all.iter()).any(tells_of_it)
    }
}

fn dated(record: &Record) -> Vec<Dated> {
    match &record.body {
        // When something that ends before it begins took place, nobody knows.
        Body::Event(event) if dates::before(&event.when.end(), &event.when.start()).is_definite() => Vec::new(),
        // That it will not be held, or not on that day, is told before.
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
