//! `impossible-transition`: see the page beside this file.

use comity_document::pointer::Path;

use crate::lint::{AloneContext, Findings, Place, Rule};
use crate::query::time;
use crate::value::Step;

/// The rule.
pub static RULE: Rule = Rule::error(
    "impossible-transition",
    "a step that nothing can take",
    "readers would count as alive what has ended, or as ended what goes on",
    include_str!("impossible_transition.md"),
);

/// Checks every history: the record's own, and those of its members or parties.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    time::histories(context.record, &mut |at, steps| {
        resumed_from_nothing(context, at, steps, findings);
        after_the_end(context, at, steps, findings);
    });
}

fn resumed_from_nothing(
    context: &AloneContext<'_>,
    at: &Path<'_>,
    steps: &time::History<'_>,
    findings: &mut Findings<'_>,
) {
    let has = |code: &str, turn: u8| steps.iter().any(|(status, step)| status.code == code && step.turn() == turn);
    for (status, step) in steps.iter().filter(|(status, _)| status.code == "resumed") {
        if !has("suspended", step.turn()) {
            let key = step.key(status);
            let missing = key.replace("resumed", "suspended");
            findings
                .at(context.entry.id, Place::Key(at.key(&key).pointer()), format!("`{key}` without `{missing}`"))
                .help(format!(
                    "only what was suspended can resume: add `{missing}` with its date, or take `{key}` out"
                ));
        }
    }
}

/// Reports a step that its history does not admit. [`status_order`](super::status_order) reports steps out of order,
/// which are left out here.
fn after_the_end(context: &AloneContext<'_>, at: &Path<'_>, steps: &time::History<'_>, findings: &mut Findings<'_>) {
    let mut ends = steps.iter().filter(|(status, _)| status.terminal);
    let Some((end, last)) = ends.next() else { return };
    let end = last.key(end);
    let place = |step: &Step, status| Place::Key(at.key(&step.key(status)).pointer());
    if let Some((other, step)) = ends.next() {
        let message = format!("`{end}` and `{}`: it can end only once", step.key(other));
        findings.at(context.entry.id, place(step, other), message).help("keep the one that the sources show").related(
            context.entry.id,
            Place::Key(at.key(&end).pointer()),
            "the other end",
        );
        return;
    }
    let disputed = time::out_of_order(steps, findings.least());
    let after = steps.iter().enumerate().filter_map(|(index, (status, step))| {
        let is_reported = disputed.iter().any(|found| found.wrong == index || found.other == index);
        let truth = time::before(&last.date.bounds(), &step.date.bounds());
        (!is_reported && findings.wants(truth)).then_some((truth, status, step))
    });
    let mut after: Vec<_> = after.collect();
    // Certain findings come first.
    let Some(truth) = after.iter().map(|(truth, ..)| *truth).max() else { return };
    after.retain(|(certain, ..)| *certain == truth);
    let (_, status, first) = &after[0];
    let message = format!(
        "`{end}` is dated `{}`, but `{}` is dated later, `{}`",
        last.date.as_ref(),
        first.key(status),
        first.date.as_ref()
    );
    let finding = findings.at(context.entry.id, at.key(&end).pointer(), message);
    finding.help(format!("nothing follows `{end}`: correct the date that is wrong, or take out what did not happen"));
    finding.truth(truth);
    for (_, status, step) in after {
        finding.related(context.entry.id, at.key(&step.key(status)).pointer(), "later than the end");
    }
}
