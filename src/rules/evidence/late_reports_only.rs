//! `late-reports-only`: see the page beside this file.

use comity_document::at;

use crate::lint::{Findings, RecordContext, Rule};
use crate::query::{provenance, time};
use crate::record::{Body, EventStatus};

/// The rule.
pub static RULE: Rule = Rule::audit(
    "late-reports-only",
    "an event that nobody reported at the time",
    "what is told only long after is often told with a wrong date, mostly a wrong year",
    include_str!("late_reports_only.md"),
);

/// Days after which a report is late.
const LATE: i32 = 180;

/// Every event and every statement, set against each of its sources that has a date.
pub fn check(site: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let (field, end, text) = match &site.record.body {
        Body::Event(event) if event.status != EventStatus::Postponed => ("when", event.when.end(), event.when.as_ref()),
        Body::Statement(statement) => ("date", statement.date.bounds(), statement.date.as_ref()),
        _ => return,
    };
    let Some(told) = provenance::told(site.dataset, site.record).filter(|_| time::stands(site.record)) else { return };
    let dated: Vec<_> = told.iter().filter_map(|told| Some((told.entry, told.source.published.as_ref()?))).collect();
    let truth = dated.iter().map(|(_, published)| time::before_by(LATE, &end, &published.bounds())).min();
    let Some(truth) = truth.filter(|truth| findings.wants(*truth)) else { return };
    let Some((entry, published)) = dated.iter().min_by_key(|(_, published)| published.bounds().earliest) else {
        return;
    };
    let message = format!("this is dated `{text}`, and no source is older than `{}`", published.as_ref());
    findings
        .at(site.entry.id, at![field], message)
        .help("look whether the year is right; if it is, look for a report of the time")
        .related(entry.id, at!["published"], "the oldest source")
        .truth(truth);
}
