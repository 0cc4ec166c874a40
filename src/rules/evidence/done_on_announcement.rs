//! `done-on-announcement`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use crate::lint::{AloneContext, Findings, Rule};
use crate::query::shown::showing;
use crate::record::{Body, Event, EventStatus, Evidence, Record, Source, Stance};
use crate::value::Ref;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "done-on-announcement",
    "something recorded as done that was only announced",
    "what was announced may have been put off, moved or dropped, and that is seldom reported",
    include_str!("done_on_announcement.md"),
);

/// Steps that may rest on an announcement: wished, decided or agreed, and not yet done.
const PLANS: [&str; 6] = ["proposed", "negotiated", "approved", "established", "mandated", "invited"];

/// Checks a status of `held`, and each history that goes beyond a plan.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let record = context.record;
    if record.envelope.retired.is_some() {
        return;
    }
    for places in announced(record, None) {
        let Some((first, others)) = places.split_first() else { continue };
        let (message, help) = if matches!(record.body, Body::Event(_)) {
            let message = "this event is recorded as `held`, but its sources only announce it".to_owned();
            (message, "add a source that reports it; until there is one, write `planned`")
        } else {
            let steps: Vec<_> = places.iter().filter_map(|place| place.tokens().last()).collect();
            let was = if others.is_empty() { "was" } else { "were" };
            let message = format!("`{}` {was} only announced, and yet recorded as reached", steps.join("` and `"));
            (message, "add a source that reports it; until there is one, record no more than the plan")
        };
        let finding = findings.at(context.entry.id, first.clone(), message).help(help);
        for place in others {
            finding.related(context.entry.id, place.clone(), "and this");
        }
        for (source, _) in showing(record, first) {
            finding.related(context.entry.id, at!["evidence", source, "stance"], "it reports a plan");
        }
    }
}

/// What is recorded as done and rests on announcements alone, history by history. `early` may name a source that counts
/// as an announcement, too.
pub(crate) fn announced(record: &Record, taken: Option<&Ref<Source>>) -> Vec<Vec<Pointer>> {
    let announces =
        |(source, evidence): (&Ref<Source>, &Evidence)| evidence.stance == Stance::Announces || taken == Some(source);
    if !record.evidence().any(announces) {
        return Vec::new();
    }
    let mut found: Vec<Vec<Pointer>> = Vec::new();
    let mut see = |place: Pointer| {
        if showing(record, &place).next().is_none() || !showing(record, &place).all(announces) {
            return;
        }
        match found.last_mut().filter(|places| places[0].parent() == place.parent()) {
            Some(places) => places.push(place),
            None => found.push(vec![place]),
        }
    };
    if let Body::Event(Event { status: EventStatus::Held, .. }) = &record.body {
        see(at!["status"]);
    }
    record.steps(&mut |at, status, _| {
        if !PLANS.contains(&status.code) {
            see(at.pointer());
        }
    });
    found
}
