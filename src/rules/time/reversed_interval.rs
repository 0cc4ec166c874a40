//! `reversed-interval`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Path;

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

/// Checks an event's `when`, a survey's `period` and `on`, and every pair of `from` and `until`.
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
        Body::Activity(activity) => participants(&activity.participants, &mut pair),
        Body::Event(event) => {
            participants(&event.participants, &mut pair);
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
