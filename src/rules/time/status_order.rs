//! `status-order`: see the page beside this file.

use crate::lint::{AloneContext, Findings, Rule};
use crate::query::time::{self, Disorder};

/// The rule.
pub static RULE: Rule = Rule::error(
    "status-order",
    "steps whose dates stand in an order that cannot be",
    "one of the dates is wrong, and with it the time everything lasted",
    include_str!("status_order.md"),
);

/// Checks every history: the record's own, and those of its members or parties.
/// [`impossible_transition`](super::impossible_transition) reports steps after an end.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    time::histories(context.record, &mut |at, steps| {
        for Disorder { wrong, other, truth } in time::out_of_order(steps, findings.least()) {
            let ((status, step), (other_status, other_step)) = (steps[wrong], steps[other]);
            let (key, other_key) = (step.key(status), other_step.key(other_status));
            let comes_before = step.date.bounds().latest < other_step.date.bounds().earliest;
            let (direction, first, second) =
                if comes_before { ("before", &other_key, &key) } else { ("after", &key, &other_key) };
            let (date, other_date) = (step.date.as_ref(), other_step.date.as_ref());
            let message =
                format!("`{key}` is dated `{date}`, {direction} `{other_key}`, which is dated `{other_date}`");
            findings
                .at(context.entry.id, at.key(&key).pointer(), message)
                .help(format!("`{first}` comes first, then `{second}`: correct the date that is wrong"))
                .related(context.entry.id, at.key(&other_key).pointer(), "compare this date")
                .truth(truth);
        }
    });
}
