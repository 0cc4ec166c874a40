//! `overdue-plan`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use crate::lint::{AloneContext, Findings, Place, Rule};
use crate::query::time::{self, History};
use crate::record::{Body, Event, EventStatus, Record, Stance};
use crate::value::{Bounds, FieldPointer, NonEmptyMap, StringFormat, When};

/// The rule.
pub static RULE: Rule = Rule::audit(
    "overdue-plan",
    "a plan whose day has passed, and nobody says what became of it",
    "a plan that is never followed up looks as if nothing had come of it, or as if it were still to come",
    include_str!("overdue_plan.md"),
);

/// How many days reports on the outcome of a plan may take.
const SLACK: i32 = 60;

/// Checks planned events, and what announcements say of fields that the record does not have.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    let today = Bounds::day(context.as_of);
    let least = findings.least();
    let overdue = |date: &When| {
        let truth = time::before_by(SLACK, &date.end(), &today);
        (truth >= least).then_some(truth)
    };
    if let Body::Event(Event { status: EventStatus::Planned, when, .. }) = &context.record.body
        && let Some(truth) = overdue(when)
    {
        findings
            .at(
                context.entry.id,
                at!["when"],
                format!("this was planned for `{}`, and no outcome is on record", when.as_ref()),
            )
            .help("look for a report, and write `held`, `postponed` or `cancelled` with its source")
            .related(context.entry.id, at!["status"], "still only planned")
            .truth(truth);
    }
    for (place, at, date) in announced(context.record) {
        if let Some(truth) = overdue(&date).filter(|_| !has_outcome(context.record, &place)) {
            let step = place.tokens().last().unwrap_or_default();
            let message = format!("`{step}` was announced for `{}`, and no outcome is on record", date.as_ref());
            findings.at(context.entry.id, Place::Key(at), message).help(format!(
                "look for a report, and add \"{place}\" with its source; if there is none, write \"{place}\": \"not-found\" under `unknown`"
            )).truth(truth);
        }
    }
}

/// The dates that announcements have: what each is the date of, where it stands, and the date.
fn announced(record: &Record) -> Vec<(Pointer, Pointer, When)> {
    let announces = record.evidence().filter(|(_, evidence)| evidence.stance == Stance::Announces);
    let mut found = Vec::new();
    for (source, evidence) in announces {
        for (place, said) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
            let at = at!["evidence", source, "says", place];
            let mut see = |place: Pointer, at: Pointer, said: &Json| {
                found.extend(said.as_str().and_then(|said| When::parse(said).ok()).map(|date| (place, at, date)));
            };
            let steps = said.as_object().filter(|_| place.pointer().tokens().count() == 1);
            match steps {
                Some(steps) => steps.iter().for_each(|(key, said)| {
                    see(place.pointer().clone().key(key), at.clone().key(key), said);
                }),
                None => see(place.pointer().clone(), at, said),
            }
        }
    }
    found
}

/// Whether a record has the field, or went beyond it, or says that it is unknown.
fn has_outcome(record: &Record, place: &Pointer) -> bool {
    let unknown = record.envelope.unknown.iter().flat_map(NonEmptyMap::keys);
    if unknown.map(FieldPointer::pointer).any(|unknown| unknown.covers(place)) {
        return true;
    }
    let is_there = serde_json::to_value(&record.body).is_ok_and(|body| body.pointer(place.as_str()).is_some());
    let mut went_beyond = false;
    time::histories(record, &mut |at, steps| {
        if Some(at.pointer()) == place.parent() {
            went_beyond = beyond(steps, &place.tokens().last().unwrap_or_default());
        }
    });
    is_there || went_beyond
}

/// Whether a history has ended, or reached a later step than the planned one.
fn beyond(steps: &History<'_>, key: &str) -> bool {
    let Some(rank) = time::rank_of(steps, key) else { return false };
    steps.iter().any(|(status, step)| status.terminal || step.rank() > rank)
}
