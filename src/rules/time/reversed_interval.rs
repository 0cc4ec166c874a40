//! `reversed-interval`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Path;

use crate::kind::Kind;
use crate::lint::{AloneContext, Findings, Rule};
use crate::query::time;
use crate::record::{Actor, Body, Participant};
use crate::value::{Edtf, NonEmptyMap, Ref, When};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "reversed-interval",
    "something that ends before it begins",
    "one of the two dates is wrong, and nobody can tell for how long it lasted",
    include_str!("reversed_interval.md"),
);

/// Checks an event's `when`, a survey's `period` and `on`, every pair of `from` and `until`, and both against the record's days.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    let mut pair = |from: Option<&Edtf>, until: Option<&Edtf>, at: &Path<'_>| {
        let Some((from, until)) = from.zip(until) else { return };
        let truth = time::before(&until.bounds(), &from.bounds());
        if findings.wants(truth) {
            let at = at.pointer();
            let message = format!("`until` is `{}`, before `from`, which is `{}`", until.as_ref(), from.as_ref());
            findings
                .at(context.entry.id, at.clone().key("until"), message)
                .help("correct the date that is wrong; if the two stand in each other's place, swap them")
                .related(context.entry.id, at.key("from"), "it begins here")
                .truth(truth);
        }
    };
    match &context.record.body {
        Body::Actor(actor) => {
            pair(actor.from.as_deref(), actor.until.as_deref(), &Path::Root);
            for (slug, office) in actor.offices.iter().flat_map(NonEmptyMap::iter) {
                pair(office.from.as_ref(), office.until.as_ref(), &Path::Root.key("offices").key(slug.as_ref()));
            }
        }
        Body::Place(place) => {
            for (actor, claim) in place.claims.iter().flat_map(NonEmptyMap::iter) {
                pair(claim.from.as_ref(), claim.until.as_ref(), &Path::Root.key("claims").key(actor.as_ref()));
            }
        }
        Body::Activity(activity) => {
            participants(&activity.participants, &mut pair);
            parts(context, &activity.participants, findings);
        }
        Body::Event(event) => {
            participants(&event.participants, &mut pair);
            parts(context, &event.participants, findings);
            interval(context, "when", &event.when, findings);
        }
        Body::Survey(survey) => {
            interval(context, "period", &survey.period, findings);
            interval(context, "on", &survey.on, findings);
        }
        _ => {}
    }
}

/// Checks an interval `A/B`.
fn interval(context: &AloneContext<'_>, field: &str, interval: &When, findings: &mut Findings<'_>) {
    let truth = time::before(&interval.end(), &interval.start());
    if findings.wants(truth) {
        let message = format!("`{}` ends before it begins", interval.as_ref());
        findings
            .at(context.entry.id, at![field], message)
            .help("the first day stands before the slash, the last day after the slash")
            .truth(truth);
    }
}

fn participants<R: PartialEq>(
    all: &NonEmptyMap<Ref<Actor>, Participant<R>>,
    pair: &mut impl FnMut(Option<&Edtf>, Option<&Edtf>, &Path<'_>),
) {
    for (actor, participant) in all {
        let at = &Path::Root.key("participants");
        pair(participant.from.as_deref(), participant.until.as_deref(), &at.key(actor.as_ref()));
    }
}

/// Checks that no part begins after the end of the whole, or ends before its beginning. A part of an event does not begin
/// before the event either, nor end after it, while the steps of an activity need not tell of its first and last days.
fn parts<R: PartialEq>(
    context: &AloneContext<'_>,
    all: &NonEmptyMap<Ref<Actor>, Participant<R>>,
    findings: &mut Findings<'_>,
) {
    for (actor, participant) in all {
        let (from, until) = (participant.from.as_deref(), participant.until.as_deref());
        if from.is_none() && until.is_none() {
            continue;
        }
        let whole = time::life(context.record);
        let kind = context.record.kind();
        let late = |field: &'static str, day: Option<&'_ Edtf>| {
            let (day, end) = day.zip(whole.last)?;
            Some((field, day.as_ref().to_owned(), time::before(&end.days, &day.bounds()), end, "after the end"))
        };
        let early = |field: &'static str, day: Option<&'_ Edtf>| {
            let (day, start) = day.zip(whole.first)?;
            let truth = time::before(&day.bounds(), &start.days);
            Some((field, day.as_ref().to_owned(), truth, start, "before the beginning"))
        };
        let is_event = kind == Kind::Event;
        let mut outside = [
            late("from", from),
            early("until", until),
            early("from", from.filter(|_| is_event)),
            late("until", until.filter(|_| is_event)),
        ]
        .into_iter()
        .flatten();
        let Some((field, day, truth, other, relation)) = outside.find(|(_, _, truth, ..)| findings.wants(*truth))
        else {
            continue;
        };
        let message = format!("`{field}` is `{day}`, {relation} of the {kind} (`{}`)", other.text);
        findings
            .at(context.entry.id, at!["participants", actor, field], message)
            .help(format!("correct the day that is wrong; leave `{field}` out where it is that of the whole {kind}"))
            .related(context.entry.id, other.place(), "dated here")
            .truth(truth);
    }
}
