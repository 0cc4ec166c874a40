//! `older-to-younger`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use super::Site;
use crate::finding::{Findings, Place};
use crate::record::{Body, EventStatus, Record, Relation};
use crate::rule::Rule;
use crate::value::{Bounds, Code, Machine, Steps};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "older-to-younger",
    "a link that the older record has to the younger one",
    "a link is written once, on the younger record, so that nobody has to change what is already published",
    include_str!("older_to_younger.md"),
);

/// Every link of a record to one that definitely began later. What takes the place of another, changes or continues it is
/// for the rule on their order.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    let Some(related) = site.record.envelope.related.as_ref().filter(|_| site.record.envelope.retired.is_none()) else {
        return;
    };
    let (Some(own), Some(name)) = (beginning(site.record), &site.entry.key) else { return };
    for (other, relation) in related.iter() {
        if matches!(relation, Relation::Supersedes | Relation::Amends | Relation::Continues) {
            continue;
        }
        let Some((entry, record)) = site.dataset.record(other.into()) else { continue };
        let Some(theirs) = beginning(record).filter(|_| record.envelope.retired.is_none()) else { continue };
        // What takes place beside another may well begin before it.
        let own_days = if *relation == Relation::AtMarginsOf { own.until } else { own.days };
        if !own_days.before(&theirs.days).is_definite() {
            continue;
        }
        let link = format!("\"related\": {{ \"{name}\": \"{}\" }}", relation.code());
        findings
            .at(site.entry.id, Place::Key(at!["related", other]), format!("`{}` began after this record", other.id()))
            .help(format!("remove it here, and write it in `{}` if it is not there yet: {link}", other.id()))
            .related(site.entry.id, own.at.clone(), "this record began")
            .related(entry.id, theirs.at, format!("`{}` began", other.id()));
    }
}

/// When a record begins, and where that stands.
struct Beginning {
    /// The days on which it may begin.
    days: Bounds,
    /// The days on which it may end, for an event; else the same.
    until: Bounds,
    at: Pointer,
}

fn beginning(record: &Record) -> Option<Beginning> {
    let one = |days: Bounds, at: Pointer| Some(Beginning { days, until: days, at });
    match &record.body {
        // The day of what was put off is not known any more.
        Body::Event(event) if event.status != EventStatus::Postponed => {
            Some(Beginning { days: event.when.start(), until: event.when.end(), at: at!["when"] })
        }
        Body::Statement(statement) => one(statement.date.bounds(), at!["date"]),
        Body::Actor(actor) => one(actor.from.as_ref()?.bounds(), at!["from"]),
        Body::Framework(framework) => first(&framework.history),
        Body::Agreement(agreement) => first(&agreement.history),
        Body::Operation(operation) => first(&operation.history),
        Body::Activity(activity) => first(&activity.history),
        Body::Event(_) | Body::Place(_) | Body::Source(_) | Body::Theme(_) => None,
    }
}

/// The earliest step, unless the history begins with an end or a pause: then its beginning is not on record.
fn first<M: Machine>(steps: &Steps<M>) -> Option<Beginning> {
    steps.iter().next().filter(|(status, _)| !status.terminal && !status.repeats)?;
    let (status, step) = steps.iter().min_by_key(|(_, step)| step.date.bounds().earliest)?;
    let days = step.date.bounds();
    Some(Beginning { days, until: days, at: at!["history", step.key(status)] })
}
