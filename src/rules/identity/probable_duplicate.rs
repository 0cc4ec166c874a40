//! `probable-duplicate`: see the page beside this file.

mod join;
mod lexicon;
mod meetings;
mod namesakes;
mod pairs;
mod sides;
mod words;

use comity_document::at;

use crate::dataset::{Dataset, Entry, EntryId, Field, PRINT, PrintOf, Summary, fingerprint};
use crate::kind::Kind;
use crate::lint::{Findings, Notes, Rule};
use crate::parallel;
use crate::query::time;
use crate::record::{Body, Record};
use crate::value::{Key, folded};
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
    summary: &'a Summary,
}

/// Keeps the words of the name of an event, an activity or an agreement, and all names of what is known by its names.
pub fn note(record: &Record, notes: &mut Notes<'_>) {
    if !time::stands(record) {
        return;
    }
    match (&record.body, &record.envelope.names) {
        (Body::Event(_) | Body::Activity(_) | Body::Agreement(_), Some(names)) => {
            words::prints(names.english()).into_iter().for_each(|word| notes.keep(PrintOf::Word, word));
        }
        // A sentence is compared as it stands: to fold it would take longer than all names of a record.
        (Body::Statement(_), _) => namesakes::each_name(record, &mut |_, text| {
            notes.keep(PrintOf::Name, fingerprint(text) & PRINT);
        }),
        _ => namesakes::each_name(record, &mut |_, name| notes.keep(PrintOf::Name, words::print_of_actor(name))),
    }
}

/// Compares events, activities and agreements with each other, and what has the same name with each other. Of a pair, the record has
/// the finding that the report covers and the other is not, or else the one that is new, or else the later record.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    let weights: Vec<u8> = dataset
        .entries()
        .iter()
        .map(|entry| 2 * u8::from(dataset.is_reported(entry)) + u8::from(findings.is_new(entry.id)))
        .collect();
    let weight = |entry: &Entry| weights[entry.id.index()];
    let (alike, same) = parallel::join(|| join::alike(dataset, weight), || namesakes::same(dataset, weight));
    for (own, other, likeness) in alike {
        let what = match likeness {
            Likeness::Names => "their names, their dates and their sides are alike",
            Likeness::People => "the same people, type, place and days",
            Likeness::Sides => "the same sides, type, place and days",
        };
        let message = format!("this may be `{}` again: {what}", other.key);
        let finding = findings.at(own.entry.id, at!["names", "en"], message);
        finding.help(advice(other.key)).related(other.entry.id, at!["names", "en"], "the other name");
        let record = dataset.recall(other.entry);
        if let Some(mark) = record.and_then(|record| time::span(record, dataset.as_of).first) {
            finding.related(other.entry.id, mark.place(), "the other date");
        }
    }
    for (own, other) in same {
        let Some((place, name)) = own.name(dataset) else { continue };
        let Some((twins_place, twin)) = other.name(dataset) else { continue };
        let what = if own.named.key.kind == Kind::Statement {
            "the same speaker says the same".to_owned()
        } else if folded(name) == folded(twin) {
            format!("both are called `{name}`")
        } else {
            format!("`{name}` and `{twin}` may be one name")
        };
        let message = format!("this may be `{}` again: {what}", other.named.key);
        let finding = findings.at(own.named.entry.id, place, message);
        finding.help(advice(other.named.key)).related(other.named.entry.id, twins_place, "the other");
    }
}

fn advice(other: &Key) -> String {
    format!("if the two are one, keep one and withdraw the other; if not, add \"{other}\" to `distinct_from`")
}

/// Every record that has an id and is not retired.
fn named(dataset: &Dataset) -> impl Iterator<Item = NamedRecord<'_>> {
    let standing = dataset.summaries().filter(|(_, summary)| !summary.retired);
    standing.filter_map(|(entry, summary)| entry.key.as_ref().map(|key| NamedRecord { entry, key, summary }))
}

/// Whether one of two records names the other as a different thing. Whoever links two records knows both.
/// [`duplicate_id`](super::duplicate_id) reports duplicate ids.
fn are_distinct(dataset: &Dataset, one: NamedRecord<'_>, other: NamedRecord<'_>) -> bool {
    one.key == other.key || names(dataset, one, other) || names(dataset, other, one)
}

fn names(dataset: &Dataset, one: NamedRecord<'_>, other: NamedRecord<'_>) -> bool {
    let distinguishes = |field| matches!(field, Field::DistinctFrom | Field::Under | Field::PartOf | Field::Related);
    // References lead to the first of several records with one id.
    let first: Option<EntryId> = dataset.find(other.key.into()).map(|entry| entry.id);
    one.summary.links.iter().any(|link| distinguishes(link.field()) && link.end().entry() == first)
}
