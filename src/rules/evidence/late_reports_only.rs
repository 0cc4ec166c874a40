//! `late-reports-only`: see the page beside this file.

use comity_document::at;

use crate::lint::{Findings, RecordContext, Rule};
use crate::query::{provenance, time};
use crate::record::{Body, EventStatus};

/// The rule.
pub static RULE: Rule = Rule::audit(
    "late-reports-only",
    "an event that nobody reported at the time",
    "what is reported only long after often has a wrong date, mostly a wrong year",
    include_str!("late_reports_only.md"),
);

/// The number of days after which a report is late.
const LATE: i32 = 180;

/// Compares every event and every statement with the dates of its sources.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let (field, end, text) = match &context.record.body {
        Body::Event(event) if event.status != EventStatus::Postponed => ("when", event.when.end(), event.when.as_ref()),
        Body::Statement(statement) => ("date", statement.date.bounds(), statement.date.as_ref()),
        _ => return,
    };
    let Some(cited) = provenance::cited(context.dataset, context.record).filter(|_| time::stands(context.record))
    else {
        return;
    };
    let dated: Vec<_> =
        cited.iter().filter_map(|cited| Some((cited.entry, cited.source.published.as_ref()?))).collect();
    let truth = dated.iter().map(|(_, published)| time::before_by(LATE, &end, &published.bounds())).min();
    let Some(truth) = truth.filter(|truth| findings.wants(*truth)) else { return };
    let Some((entry, published)) = dated.iter().min_by_key(|(_, published)| published.bounds().earliest) else {
        return;
    };
    let message = format!("this is dated `{text}`, and no source is older than `{}`", published.as_ref());
    findings
        .at(context.entry.id, at![field], message)
        .help("look whether the year is right; if it is, look for a report of the time")
        .related(entry.id, at!["published"], "the oldest source")
        .truth(truth);
}
