//! `office-not-held-then`: see the page beside this file.

use crate::dataset::{Entry, RecordType, Way};
use crate::lint::{Findings, RecordContext, Rule, Screen, SummaryContext};
use crate::query::time::{self, Acting, Capacity};
use crate::record::{Actor, ActorType, Record};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "office-not-held-then",
    "a person who acts at a time when no office of theirs is on record",
    "nobody could tell for whom they acted",
    include_str!("office_not_held_then.md"),
);

/// Doubts a record with a person of whom no office may be of the time.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    kept.acting().filter(|(acted, _)| matches!(acted.way, Way::Participant | Way::Speaker)).any(|(acted, actor)| {
        let Some(person) = actor.filter(|actor| actor.r#type == RecordType::Actor(ActorType::Person)) else {
            return false;
        };
        let mut terms = person.acting.iter().filter(|term| term.way == Way::Office).peekable();
        terms.peek().is_some() && terms.all(|term| acted.days.apart(term.days))
    })
}

/// Checks every person who takes part or speaks.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    time::acting(context.record, context.dataset.as_of, &mut |acting| {
        if !matches!(acting.named, Capacity::Participant(_) | Capacity::Speaker) {
            return;
        }
        if let Some((entry, record, actor)) = context.dataset.get(acting.actor)
            && actor.r#type == ActorType::Person
        {
            compare(context, &acting, entry, record, actor, findings);
        }
    });
}

fn compare(
    context: &RecordContext<'_>,
    acting: &Acting<'_>,
    person: &Entry,
    record: &Record,
    actor: &Actor,
    findings: &mut Findings<'_>,
) {
    let apart_from_life = acting.span.apart_if(&time::life(record), findings.least()).is_some();
    if !time::stands(record) || apart_from_life {
        return;
    }
    let Some(terms) = time::terms(actor) else { return };
    // With an office that was possibly held, the finding is only possibly so.
    let apart = terms.map(|(term, _)| acting.span.apart_if(&term, findings.least()));
    let apart = apart.collect::<Option<Vec<_>>>().unwrap_or_default();
    let Some(nearest) = apart.iter().min_by_key(|apart| (apart.truth, apart.gap())) else { return };
    let id = acting.actor.as_ref();
    let bound = if nearest.before { "begins" } else { "ends" };
    let message = format!("no office of `{id}` on record covers this date, `{}`", nearest.own.text);
    findings
        .at(context.entry.id, acting.place(), message)
        .help(format!("add the office held then to `offices` in actor/{id}.json, or correct the date"))
        .related(context.entry.id, nearest.own.place(), "dated here")
        .related(person.id, nearest.other.place(), format!("the nearest office {bound} here"))
        .truth(nearest.truth);
}
