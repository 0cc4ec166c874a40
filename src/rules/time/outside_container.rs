//! `outside-container`: see the page beside this file.

use comity_document::at;

use crate::dataset::Field;
use crate::kind::Kind;
use crate::lint::{Findings, Place, RecordContext, Rule, Screen, SummaryContext};
use crate::query::time::{self, Apart};
use crate::record::{Record, Relation};
use crate::value::{AnyRef, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::error(
    "outside-container",
    "something that belongs to what did not exist then",
    "a date is wrong, or it is counted under something it had no part in",
    include_str!("outside_container.md"),
);

/// Doubts a record whose days may lie outside the life of something that the record is under, and every record at the margins of
/// something.
pub static SCREEN: Screen = Screen { alone: |context| margins(context.record).next().is_some(), doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    kept.named_in(Field::Under).any(|container| kept.summary.span.apart(container.life))
}

/// What a record took place at the margins of.
fn margins(record: &Record) -> impl Iterator<Item = &AnyRef> {
    let related = record.envelope.related.iter().flat_map(NonEmptyMap::iter);
    related.filter(|(_, relation)| **relation == Relation::AtMarginsOf).map(|(other, _)| other)
}

/// How many days after the end of something a record may begin that took place at its margins.
const MARGIN: i32 = 14;

/// Checks everything that is under a framework, an operation, an activity or an event, or at the margins of one. A place is
/// under a place, and has no date.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    at_margins(context, findings);
    let Some(under) = &context.record.envelope.under else { return };
    let span = time::span(context.record, context.dataset.as_of);
    let mut outside = Vec::new();
    for (index, container) in under.iter().enumerate() {
        let may_hold = matches!(container.kind(), Kind::Framework | Kind::Operation | Kind::Activity | Kind::Event);
        let Some((entry, record)) = context.dataset.record(container.into()).filter(|_| may_hold) else { continue };
        let Some(apart) = span.apart_if(&time::life(record), findings.least()) else { continue };
        if !(commemorates(context, container) || apart.before && time::only_prepares(context.record)) {
            outside.push((index, container, entry.id, apart));
        }
    }
    // A record outside several containers has one mistake: its own date. Certain findings come first.
    let Some(truth) = outside.iter().map(|(.., apart)| apart.truth).max() else { return };
    outside.retain(|(.., apart)| apart.truth == truth);
    let (index, container, _, apart) = &outside[0];
    let (id, own, other) = (container.id(), apart.own.text, apart.other.text);
    let relation = if apart.before { "before the beginning" } else { "after the end" };
    let finding = findings.at(
        context.entry.id,
        at!["under"].index(*index),
        format!("this is dated `{own}`, {relation} of `{id}` (`{other}`)"),
    );
    finding.truth(truth).help(advice(context, container, apart)).related(
        context.entry.id,
        apart.own.place(),
        "dated here",
    );
    for (_, container, entry, apart) in &outside {
        finding.related(
            *entry,
            apart.other.place(),
            format!("`{}` {} here", container.id(), if apart.before { "began" } else { "ended" }),
        );
    }
}

/// Checks that what took place at the margins of something took place at about that time.
fn at_margins(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let span = time::span(context.record, context.dataset.as_of);
    for other in margins(context.record) {
        let Some((entry, record)) = context.dataset.record(other.into()) else { continue };
        let Some(apart) = span.apart_if(&time::life(record), findings.least()) else { continue };
        // `older-to-younger` reports what had ended before the other began.
        if apart.before || apart.gap() <= MARGIN {
            continue;
        }
        let (own, date) = (apart.own.text, apart.other.text);
        let message = format!("this is dated `{own}`, and `{}`, at whose margins it took place, `{date}`", other.id());
        findings
            .at(context.entry.id, Place::Key(at!["related", other]), message)
            .truth(apart.truth)
            .help("correct the date that is wrong, or name what it really took place at the margins of")
            .related(context.entry.id, apart.own.place(), "dated here")
            .related(entry.id, apart.other.place(), "the other date");
    }
}

fn commemorates(context: &RecordContext<'_>, container: &AnyRef) -> bool {
    let relation = context.record.envelope.related.as_ref().and_then(|related| related.get(container));
    relation == Some(&Relation::Commemorates)
}

fn advice(context: &RecordContext<'_>, container: &AnyRef, apart: &Apart<'_>) -> String {
    let name = container.as_ref();
    match (context.record.kind(), container.kind(), apart.before) {
        (Kind::Statement, ..) => format!("correct the date; if it only speaks of it, move \"{name}\" to `about`"),
        (_, Kind::Event, _) => "correct the date, or take it out of `under`".to_owned(),
        (.., true) => "correct the date; if it only led up to it, take it out of `under`".to_owned(),
        (.., false) => {
            format!("correct the date; if it marks an anniversary, add \"{name}\": \"commemorates\" to `related`")
        }
    }
}
