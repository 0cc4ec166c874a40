//! `shared-identifier`: see the page beside this file.

use std::borrow::Cow;

use comity_document::at;
use hashbrown::HashMap;

use super::alike;
use crate::dataset::{Dataset, Entry, PrintOf, fingerprint};
use crate::kind::Kind;
use crate::lint::{Findings, Notes, Rule};
use crate::query::time;
use crate::record::{Record, Relation, Scheme};
use crate::value::{AnyRef, Code, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "shared-identifier",
    "one number of a catalogue on two records",
    "one of the two is wrong, or the two are one and the same",
    include_str!("shared_identifier.md"),
);

/// The records that have one number.
type Holders<'a> = Vec<(&'a Entry, &'a Record)>;

/// Keeps the numbers that name one thing.
pub fn note(record: &Record, notes: &mut Notes<'_>) {
    for (scheme, number) in numbers(record) {
        notes.keep(PrintOf::Number, fingerprint((record.kind() as u8, scheme as u8, same(scheme, number))));
    }
}

/// Reports the number on every record but the first.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    let mut known: HashMap<(Kind, Scheme, Cow<'_, str>), Holders<'_>> = HashMap::new();
    for (entry, record) in alike(dataset, PrintOf::Number) {
        for (scheme, number) in numbers(record) {
            let holders = known.entry((record.kind(), scheme, same(scheme, number))).or_default();
            let mut before = holders.iter();
            let Some((first, _)) = before.next().filter(|_| !inherits(scheme, (entry, record), holders)) else {
                holders.push((entry, record));
                continue;
            };
            // [`duplicate_id`](super::duplicate_id) reports duplicate ids.
            let Some(name) = first.key.as_ref().filter(|name| entry.key.as_ref() != Some(*name)) else { continue };
            let at = at!["identifiers", scheme.code()];
            findings
                .at(entry.id, at.clone(), format!("`{}` has the same number under `{scheme}`: `{number}`", name.id))
                .help(format!("look it up: it is the number of one of the two, or `{}` and this are one", name.id))
                .related(first.id, at, "the same number");
        }
    }
}

/// The numbers of a record that stands, by which it is one thing.
fn numbers(record: &Record) -> impl Iterator<Item = (Scheme, &str)> {
    let all = record.envelope.identifiers.iter().filter(|_| time::stands(record)).flat_map(NonEmptyMap::iter);
    all.filter(|(scheme, _)| names_one_thing(**scheme)).map(|(scheme, number)| (*scheme, number.as_ref()))
}

/// What is the same for every way to write a number. DOIs are the only numbers that ignore case.
fn same(scheme: Scheme, number: &str) -> Cow<'_, str> {
    if scheme == Scheme::Doi { number.to_lowercase().into() } else { number.into() }
}

/// Whether a number of the scheme identifies one thing. Two chapters of a book share its ISBN, two articles the ISSN of
/// their journal, and one news page may report two meetings.
fn names_one_thing(scheme: Scheme) -> bool {
    !matches!(scheme, Scheme::Isbn | Scheme::Issn | Scheme::NatoNews)
}

/// Lists of states give a successor the number of the state that it continues.
fn inherits(scheme: Scheme, (entry, record): (&Entry, &Record), holders: &[(&Entry, &Record)]) -> bool {
    let continues = |record: &Record, other: &Entry| {
        let key = other.key.as_ref().map(AnyRef::from);
        let relation = record.envelope.related.as_ref().zip(key).and_then(|(related, key)| related.get(&key).copied());
        relation == Some(Relation::Continues)
    };
    matches!(scheme, Scheme::Cow | Scheme::GleditschWard)
        && holders.iter().take(16).any(|(holder, other)| continues(record, holder) || continues(other, entry))
}
