//! `reversed-interval`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Path;

use crate::kind::Kind;
use crate::lint::{AloneContext, Findings, Rule};
use crate::query::time::{self, DateMark, Period};
use crate::record::{Actor, Body, Participant, Survey};
use crate::value::{Edtf, NonEmptyMap, Ref, Truth, When};

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
            searched_before(context, survey, findings);
        }
        _ => {}
    }
}

/// Checks an interval `A/B`.
fn interval(context: &AloneContext<'_>, field: &str, interval: &When, findings: &mut Findings<'_>) {
    let truth = time::before(&interval.end(), &interval.start());
    if findings.wants(truth) {
        findings.at(context.entry.id, at![field], message(interval.as_ref())).help(HELP).truth(truth);
    }
}

/// The message for an interval `A/B`.
pub(crate) fn message(interval: &str) -> String {
    format!("`{interval}` ends before it begins")
}

/// What to do about an interval `A/B`.
pub(crate) const HELP: &str = "the first day stands before the slash, the last day after the slash";

/// Checks that a search was not made before the time that was searched for.
fn searched_before(context: &AloneContext<'_>, survey: &Survey, findings: &mut Findings<'_>) {
    let truth = time::before(&survey.on.end(), &survey.period.start());
    if findings.wants(truth) {
        let (on, period) = (survey.on.as_ref(), survey.period.as_ref());
        let message = format!("the search was made `{on}`, before the time that was searched for, `{period}`");
        findings
            .at(context.entry.id, at!["on"], message)
            .help("`on` is the day of the search, `period` the time of the events: correct the one that is wrong")
            .related(context.entry.id, at!["period"], "searched for")
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
    let whole = time::life(context.record);
    for (actor, participant) in all {
        let days = [("from", participant.from.as_deref()), ("until", participant.until.as_deref())];
        let known = days.into_iter().filter_map(|(field, day)| Some((field, day?)));
        let outside = known.flat_map(|(field, day)| outside(context.record.kind(), &whole, field, day));
        if let Some(outside) = outside.into_iter().find(|outside| findings.wants(outside.truth)) {
            report(context, actor, &outside, findings);
        }
    }
}

/// A day of a part that may lie outside the whole.
struct Outside<'a> {
    field: &'static str,
    day: &'a Edtf,
    /// The end of the whole that the day lies beyond.
    end: DateMark<'a>,
    relation: &'static str,
    truth: Truth,
}

/// The ends of the whole that a day of a part lies beyond.
fn outside<'a>(
    kind: Kind,
    whole: &Period<'a>,
    field: &'static str,
    day: &'a Edtf,
) -> impl Iterator<Item = Outside<'a>> {
    let days = day.bounds();
    let after = whole.last.filter(|_| field == "from" || kind == Kind::Event);
    let after = after.map(|end| (end, "after the end", time::before(&end.days, &days)));
    let before = whole.first.filter(|_| field == "until" || kind == Kind::Event);
    let before = before.map(|end| (end, "before the beginning", time::before(&days, &end.days)));
    [after, before].into_iter().flatten().map(move |(end, relation, truth)| Outside {
        field,
        day,
        end,
        relation,
        truth,
    })
}

fn report(context: &AloneContext<'_>, actor: &Ref<Actor>, outside: &Outside<'_>, findings: &mut Findings<'_>) {
    let Outside { field, day, end, relation, truth } = outside;
    let kind = context.record.kind();
    let message = format!("`{field}` is `{}`, {relation} of the {kind} (`{}`)", day.as_ref(), end.text);
    findings
        .at(context.entry.id, at!["participants", actor, field], message)
        .help(format!("correct the day that is wrong; leave `{field}` out where it is that of the whole {kind}"))
        .related(context.entry.id, end.place(), "dated here")
        .truth(*truth);
}
