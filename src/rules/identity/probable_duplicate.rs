//! `probable-duplicate`: see the page beside this file.

mod actors;
mod join;
mod lexicon;
mod pairs;
mod people;
mod sides;
mod words;

use comity_document::at;

use crate::dataset::{Dataset, Entry};
use crate::lint::{Findings, Rule};
use crate::query::time;
use crate::record::{Body, Record};
use crate::value::{AnyRef, Key, NonEmptyMap, folded};
use join::Likeness;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "probable-duplicate",
    "two records that seem to tell of one thing",
    "everything about it would be counted twice, and each half found by half of the readers",
    include_str!("probable_duplicate.md"),
);

/// A record with its id, unless it is retired.
#[derive(Clone, Copy, Debug)]
struct NamedRecord<'a> {
    entry: &'a Entry,
    key: &'a Key,
    record: &'a Record,
}

/// Compares events, activities and agreements with each other, and actors with each other. Of a pair, the record has the
/// finding that the report covers and the other is not, or else the one that is new, or else the later record.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    let weights: Vec<u8> = dataset
        .entries()
        .iter()
        .map(|entry| 2 * u8::from(dataset.is_reported(entry)) + u8::from(findings.is_new(entry.id)))
        .collect();
    let weight = |entry: &Entry| weights[entry.id.index()];
    for (own, other, likeness) in join::alike(dataset, weight) {
        let what = match likeness {
            Likeness::Names => "their names, their dates and their sides are alike",
            Likeness::Circumstances => "the same people, type, place and days",
        };
        let message = format!("this may be `{}` again: {what}", other.key);
        let finding = findings.at(own.entry.id, at!["names", "en"], message);
        finding.help(advice(other.key)).related(other.entry.id, at!["names", "en"], "the other name");
        if let Some(mark) = time::span(other.record, dataset.as_of).first {
            finding.related(other.entry.id, mark.place(), "the other date");
        }
    }
    for (own, other) in actors::same(dataset, weight) {
        let (name, twin) = (own.text, other.text);
        let what = if folded(name) == folded(twin) {
            format!("both are called `{name}`")
        } else {
            format!("`{name}` and `{twin}` may be one name")
        };
        let message = format!("this may be `{}` again: {what}", other.named.key);
        let finding = findings.at(own.named.entry.id, own.place(), message);
        finding.help(advice(other.named.key)).related(other.named.entry.id, other.place(), "the other");
    }
}

fn advice(other: &Key) -> String {
    format!("if the two are one, keep one and withdraw the other; if not, add \"{other}\" to `distinct_from`")
}

/// Every record that has an id and is not retired.
fn named(dataset: &Dataset) -> impl Iterator<Item = NamedRecord<'_>> {
    let standing = dataset.records().filter(|(_, record)| time::stands(record));
    standing.filter_map(|(entry, record)| entry.key.as_ref().map(|key| NamedRecord { entry, key, record }))
}

/// Whether one of two records names the other as a different thing. Whoever links two records knows both.
/// [`duplicate_id`](super::duplicate_id) reports duplicate ids.
fn are_distinct(one: NamedRecord<'_>, other: NamedRecord<'_>) -> bool {
    one.key == other.key || names(one.record, other.key) || names(other.record, one.key)
}

fn names(record: &Record, other: &Key) -> bool {
    let envelope = &record.envelope;
    let is_other = |reference: &AnyRef| reference.kind() == other.kind && reference.id() == other.id.as_ref();
    let lists = [&envelope.distinct_from, &envelope.under];
    let part_of = match &record.body {
        Body::Actor(actor) => actor.part_of.as_ref().is_some_and(|whole| whole.key() == *other),
        _ => false,
    };
    part_of
        || lists.into_iter().flatten().flat_map(|list| list.iter()).any(is_other)
        || envelope.related.iter().flat_map(NonEmptyMap::keys).any(is_other)
}
