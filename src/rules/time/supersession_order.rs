//! `supersession-order`: see the page beside this file.

use comity_document::at;

use crate::dataset::Field;
use crate::lint::{Findings, RecordContext, Rule, Screen, SummaryContext};
use crate::query::time::{self, DateMark};
use crate::record::{Body, EventStatus, Record, Relation};
use crate::value::{Code, Day, NonEmptyMap, Status, Step, Truth};

/// The rule.
pub static RULE: Rule = Rule::error(
    "supersession-order",
    "a link to an older record that began later",
    "whoever follows the links would go through time the wrong way",
    include_str!("supersession_order.md"),
);

/// Doubts a record that links to one that may have begun later.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts: links_to_younger };

/// Whether a record links to one that began after a date that begins the record.
pub(crate) fn links_to_younger(kept: &SummaryContext<'_>) -> bool {
    kept.named_in(Field::Related).any(|other| kept.summary.soonest < other.begins)
}

/// The earliest of the last days of all dates that this rule, or
/// [`older_to_younger`](crate::rules::reference::older_to_younger), may compare with the beginning of another record.
pub(crate) fn soonest(record: &Record, as_of: Day) -> Day {
    if record.envelope.related.is_none() {
        return Day::FOREVER;
    }
    let marks = [time::beginning(record, as_of), time::span(record, as_of).last];
    let steps = history(record).into_iter().map(|(_, step)| step.date.bounds().latest);
    marks.into_iter().flatten().map(|mark| mark.days.latest).chain(steps).min().unwrap_or(Day::FOREVER)
}

/// Checks every link to a record that must have begun earlier.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(related) = context.record.envelope.related.as_ref().filter(|_| time::stands(context.record)) else {
        return;
    };
    for (older, relation) in related {
        let Some((entry, record)) = context.dataset.record(older.into()).filter(|_| orders(*relation)) else {
            continue;
        };
        let Some((own, other, truth)) = reversed(context, record).filter(|(.., truth)| findings.wants(*truth)) else {
            continue;
        };
        if leads_back(context, record) {
            continue;
        }
        let (code, id) = (relation.code(), older.id());
        let message = format!(
            "`{id}` began later (`{}`) than this record (`{}`), and cannot be the older one",
            other.text, own.text
        );
        let name = context.entry.key.as_ref().map(ToString::to_string).unwrap_or_default();
        findings
            .at(context.entry.id, at!["related", older], message)
            .help(format!(
                "correct the date that is wrong; or remove the link, and write \"{name}\": \"{code}\" under `related` of `{id}`"
            ))
            .related(context.entry.id, own.place(), "when this record began")
            .related(entry.id, other.place(), format!("when `{id}` began"))
            .truth(truth);
    }
}

/// Whether the older record leads back to this one. Then [`reference_cycle`](crate::rules::reference::reference_cycle)
/// reports the circle. Chains longer than anybody writes by mistake are not followed.
fn leads_back(context: &RecordContext<'_>, older: &Record) -> bool {
    let mut met = vec![older];
    let mut next = 0;
    while let Some(record) = met.get(next).copied().filter(|_| met.len() < 64) {
        for (_, more) in record
            .envelope
            .related
            .iter()
            .flat_map(NonEmptyMap::keys)
            .filter_map(|to| context.dataset.record(to.into()))
        {
            if std::ptr::eq(more, context.record) {
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

/// Whether a relation says which of the two records began first.
pub(crate) fn orders(relation: Relation) -> bool {
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

/// The beginnings of the two records, and whether they are in the wrong order.
fn reversed<'a>(context: &RecordContext<'a>, older: &'a Record) -> Option<(DateMark<'a>, DateMark<'a>, Truth)> {
    let as_of = context.dataset.as_of;
    let other = time::beginning(older, as_of)?;
    let planned = matches!(&older.body, Body::Event(event) if event.status == EventStatus::Planned);
    if !planned && time::is_future(&other.days, as_of) {
        return None;
    }
    let own = match (history(context.record), history(older).first()) {
        // Between records of two kinds, an agreement begins no later than its signature.
        (_, Some((status, _))) if context.record.kind() != older.kind() && BINDS.contains(&status.code) => return None,
        (steps, _) if steps.is_empty() => time::beginning(context.record, as_of)?,
        // Only like steps are compared: the day one text entered into force says nothing about the day another was
        // signed.
        (steps, Some((_, step))) if context.record.kind() == older.kind() => start(&steps, step.rank())?,
        (steps, _) => start(&steps, 0)?,
    };
    Some((own, other, time::before(&own.days, &other.days)))
}

/// Steps that an agreement may reach while its signature is not on record.
const BINDS: [&str; 2] = ["provisionally-applied", "in-force"];

/// Steps that may come long before anything begins.
const PREPARES: [&str; 4] = ["proposed", "negotiated", "approved", "mandated"];

/// The first step of at least some rank that does more than prepare; or else the last step.
fn start<'a>(steps: &[(&'static Status, &'a Step)], rank: u8) -> Option<DateMark<'a>> {
    let mut reached = steps.iter().filter(|(_, step)| step.rank() >= rank);
    let does = reached.clone().find(|(status, _)| !PREPARES.contains(&status.code));
    does.or_else(|| reached.next_back()).map(|(status, step)| DateMark::step(status, step, None))
}

/// A record's own history, in the order of its lifecycle.
fn history(record: &Record) -> Vec<(&'static Status, &Step)> {
    let mut found = Vec::new();
    time::histories(record, &mut |at, steps| {
        if at.field() == Some("history") {
            found = steps.to_vec();
        }
    });
    found
}
