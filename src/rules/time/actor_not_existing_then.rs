//! `actor-not-existing-then`: see the page beside this file.

use hashbrown::HashMap;

use crate::dataset::{Dataset, Entry, Field, RecordType, Summary, Way};
use crate::kind::Kind;
use crate::lint::{Findings, Notes, Rule, SummaryContext};
use crate::query::time::{self, Acting, Apart};
use crate::record::{Record, Relation};
use crate::value::NonEmptyMap;

/// The rule.
pub static RULE: Rule = Rule::error(
    "actor-not-existing-then",
    "an actor that acts before it existed, or after its end",
    "the deed belongs to another, often to the one before it or after it",
    include_str!("actor_not_existing_then.md"),
);

/// The rule sees the lives of actors in the summaries.
pub fn note(_: &Record, _: &mut Notes<'_>) {}

/// Checks everybody who acts. Sees all records at once, because the successor's record says whom it continues.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    let mut successors = None;
    for (entry, _) in dataset.summaries().filter(|(_, summary)| may_act_outside_a_life(summary, dataset)) {
        let Some(record) = dataset.recall(entry).filter(|record| time::stands(record)) else { continue };
        time::acting(record, dataset.as_of, &mut |acting| {
            let Some((of, actor, _)) = dataset.get(acting.actor) else { return };
            if let Some(apart) = acting.span.apart_if(&time::life(actor), findings.least()) {
                let successors = successors.get_or_insert_with(|| successors_of(dataset));
                let other =
                    if apart.before { predecessor(actor) } else { successors.get(acting.actor.as_ref()).copied() };
                report(entry, &acting, of, &apart, other, findings);
            }
        });
    }
}

fn may_act_outside_a_life(summary: &Summary, dataset: &Dataset) -> bool {
    let acting = SummaryContext { summary, dataset };
    acting.acting().any(|(acted, actor)| {
        !matches!(acted.way, Way::Member | Way::Steps) && actor.is_some_and(|actor| acted.days.apart(actor.life))
    })
}

/// Which actor continues which.
fn successors_of(dataset: &Dataset) -> HashMap<&str, &str> {
    let mut successors = HashMap::new();
    let may_continue = |summary: &Summary| {
        matches!(summary.r#type, RecordType::Actor(_))
            && summary.links.iter().any(|link| link.field() == Field::Related)
    };
    for (entry, _) in dataset.summaries().filter(|(_, summary)| may_continue(summary)) {
        let Some(record) = dataset.recall(entry).filter(|record| time::stands(record)) else { continue };
        if let (Some(key), Some(before)) = (&entry.key, predecessor(record)) {
            successors.entry(before).or_insert(key.id.as_ref());
        }
    }
    successors
}

/// The actor that an actor continues.
fn predecessor(record: &Record) -> Option<&str> {
    let mut related = record.envelope.related.iter().flat_map(NonEmptyMap::iter);
    let continues = related.find(|(to, relation)| **relation == Relation::Continues && to.kind() == Kind::Actor);
    continues.map(|(to, _)| to.id())
}

fn report(
    entry: &Entry,
    acting: &Acting<'_>,
    of: &Entry,
    apart: &Apart<'_>,
    other: Option<&str>,
    findings: &mut Findings<'_>,
) {
    let actor = acting.actor.as_ref();
    let (own, edge) = (apart.own.text, apart.other.text);
    let (message, side) = if apart.before {
        (format!("`{actor}` did not exist yet: this is dated `{own}`, it began `{edge}`"), "before it")
    } else {
        (format!("`{actor}` did not exist any more: this is dated `{own}`, it ended `{edge}`"), "after it")
    };
    let help = match other {
        Some(other) => format!("{side} there was `{other}`: name that one, or correct the date"),
        None => "name the actor that acted then, or correct the date".to_owned(),
    };
    findings
        .at(entry.id, acting.place(), message)
        .help(help)
        .related(entry.id, apart.own.place(), "dated here")
        .related(of.id, apart.other.place(), if apart.before { "it began here" } else { "it ended here" })
        .truth(apart.truth);
}
