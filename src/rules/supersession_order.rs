//! `supersession-order`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use super::Site;
use super::dates;
use crate::finding::Findings;
use crate::record::{Actor, Body, EventStatus, Record, Relation};
use crate::rule::Rule;
use crate::value::{Bounds, Code, Keyed, Status, Step};

/// The rule.
pub static RULE: Rule = Rule::error(
    "supersession-order",
    "a link to an older record that began later",
    "whoever follows the links would go through time the wrong way",
    include_str!("supersession_order.md"),
);

/// Every link to what must have begun before.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    let Some(related) = site.record.envelope.related.as_ref().filter(|_| dates::stands(site.record)) else { return };
    for (older, relation) in related.iter() {
        let Some((entry, record)) = site.dataset.record(older.into()).filter(|_| orders(*relation)) else { continue };
        let Some((own, other)) = reversed(site, record).filter(|_| dates::stands(record)) else { continue };
        if leads_back(site, record) {
            continue;
        }
        let (code, id) = (relation.code(), older.id());
        let message =
            format!("`{id}` began later (`{}`) than this record (`{}`), and cannot be the older one", other.text, own.text);
        let name = site.entry.key.as_ref().map(ToString::to_string).unwrap_or_default();
        findings
            .at(site.entry.id, at!["related", older], message)
            .help(format!(
                "correct the date that is wrong; or remove the link, and write \"{name}\": \"{code}\" under `related` of `{id}`"
            ))
            .related(site.entry.id, own.at, "when this record began")
            .related(entry.id, other.at, format!("when `{id}` began"));
    }
}

/// Whether the older record leads back to this one: then the circle is told instead. Longer ones than anybody writes by
/// mistake are not looked for.
fn leads_back(site: &Site<'_>, older: &Record) -> bool {
    let mut met = vec![older];
    let mut next = 0;
    while let Some(record) = met.get(next).copied().filter(|_| met.len() < 64) {
        for (_, more) in record.envelope.related.iter().flat_map(Keyed::keys).filter_map(|to| site.dataset.record(to.into())) {
            if std::ptr::eq(more, site.record) {
                return true;
            }
            if !met.iter().any(|seen| std::ptr::eq(*seen, more)) {
                met.push(more);
            }
        }
        next += 1;
    }
    false
}

/// Whether a relation says which of the two began first.
pub(super) fn orders(relation: Relation) -> bool {
    match relation {
        Relation::Supersedes
        | Relation::Amends
        | Relation::Implements
        | Relation::BasedOn
        | Relation::Continues
        | Relation::Follows
        | Relation::ResultOf
        | Relation::RespondsTo
        | Relation::Commemorates => true,
        Relation::AtMarginsOf => false,
    }
}

/// The beginning of a record and that of the older one, where they definitely stand the wrong way round.
fn reversed<'a>(site: &Site<'a>, older: &'a Record) -> Option<(Dated<'a>, Dated<'a>)> {
    let (own_steps, older_steps) = (history(site.record), history(older));
    let other = match older_steps.first() {
        // Where only a pause or an end is on record, the beginning is not.
        Some((status, _)) if status.terminal || status.repeats => return None,
        // Between records of two kinds, a text's beginning is no later than its signature.
        Some((status, _)) if site.record.kind() != older.kind() && BINDS.contains(&status.code) => return None,
        Some(first) => Dated::step(*first),
        None => Dated::of(older)?,
    };
    let planned = matches!(&older.body, Body::Event(event) if event.status == EventStatus::Planned);
    if !planned && dates::is_future(&other.days, site.dataset.as_of) {
        return None;
    }
    // Like is set beside like: of two texts, the day one was in force says nothing about the day the other was signed.
    let least = if site.record.kind() == older.kind() { older_steps.first().map_or(0, |(_, step)| step.rank()) } else { 0 };
    let mut reached = own_steps.iter().filter(|(_, step)| step.rank() >= least);
    let own = match reached.clone().find(|(status, _)| !PREPARES.contains(&status.code)).or_else(|| reached.next_back()) {
        Some(step) => Dated::step(*step),
        None => Dated::of(site.record)?,
    };
    own.days.before(&other.days).is_definite().then_some((own, other))
}

/// Steps that a text may reach while its signature is not on record.
const BINDS: [&str; 2] = ["provisionally-applied", "in-force"];

/// Steps that may come long before anything begins.
const PREPARES: [&str; 4] = ["proposed", "negotiated", "approved", "mandated"];

/// A date, and where it stands.
struct Dated<'a> {
    at: Pointer,
    days: Bounds,
    text: &'a str,
}

impl<'a> Dated<'a> {
    fn step((status, step): (&'static Status, &'a Step)) -> Self {
        Self { at: at!["history", step.key(status)], days: step.date.bounds(), text: step.date.as_ref() }
    }

    /// The beginning of what has no history.
    fn of(record: &'a Record) -> Option<Self> {
        let (field, days, text) = match &record.body {
            // The day of what was put off is not known any more.
            Body::Event(event) if event.status != EventStatus::Postponed => {
                ("when", event.when.start(), event.when.as_ref())
            }
            Body::Statement(statement) => ("date", statement.date.bounds(), statement.date.as_ref()),
            Body::Actor(Actor { from: Some(from), .. }) => ("from", from.bounds(), from.as_ref()),
            _ => return None,
        };
        Some(Self { at: at![field], days, text })
    }
}

/// A record's own history, in the order of its machine.
fn history(record: &Record) -> Vec<(&'static Status, &Step)> {
    let mut found = Vec::new();
    dates::histories(record, &mut |at, steps| {
        if at.field() == Some("history") {
            found = steps.to_vec();
        }
    });
    found
}
