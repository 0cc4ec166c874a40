//! `office-not-held-then`: see the page beside this file.

use super::Site;
use super::dates::{self, Acting, Named};
use crate::dataset::Entry;
use crate::finding::Findings;
use crate::record::{Actor, ActorType, Record};
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "office-not-held-then",
    "a person who acts at a time when no office of theirs is on record",
    "nobody could tell for whom they acted",
    include_str!("office_not_held_then.md"),
);

/// Every person who takes part or speaks.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    if !dates::stands(site.record) {
        return;
    }
    dates::acting(site.record, site.dataset.as_of, &mut |acting| {
        if !matches!(acting.named, Named::Participant(_) | Named::Speaker) {
            return;
        }
        if let Some((entry, record, actor)) = site.dataset.get(acting.actor)
            && actor.r#type == ActorType::Person
        {
            compare(site, &acting, entry, record, actor, findings);
        }
    });
}

fn compare(
    site: &Site<'_>,
    acting: &Acting<'_>,
    person: &Entry,
    record: &Record,
    actor: &Actor,
    findings: &mut Findings<'_>,
) {
    let apart_from_life = acting.span.apart_if(&dates::life(record), findings.least()).is_some();
    if !dates::stands(record) || apart_from_life {
        return;
    }
    let Some(terms) = dates::terms(actor) else { return };
    // An office that was possibly held makes all of it no more than possible.
    let apart = terms.map(|(term, _)| acting.span.apart_if(&term, findings.least()));
    let apart = apart.collect::<Option<Vec<_>>>().unwrap_or_default();
    let Some(nearest) = apart.iter().min_by_key(|apart| (apart.truth, apart.gap())) else { return };
    let id = acting.actor.as_ref();
    let bound = if nearest.before { "begins" } else { "ends" };
    let message = format!("no office of `{id}` on record covers this date, `{}`", nearest.own.text);
    findings
        .at(site.entry.id, acting.place(), message)
        .help(format!("add the office held then to `offices` in actor/{id}.json, or correct the date"))
        .related(site.entry.id, nearest.own.place(), "dated here")
        .related(person.id, nearest.other.place(), format!("the nearest office {bound} here"))
        .truth(nearest.truth);
}
