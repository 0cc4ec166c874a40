//! Links between records, both ways.

use std::collections::{BTreeMap, BTreeSet};

use comity_document::pointer::{Path, Pointer};
use hashbrown::{HashMap, HashSet};

use crate::dataset::Dataset;
use crate::record::{Record, Reference, Target};
use crate::value::{Key, NonEmptyMap};

/// A reference from a record to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingLink {
    /// The place of the reference.
    pub at: Pointer,
    /// Whether the key at the place refers, not the value.
    pub on_key: bool,
    /// The record that is referred to, as `kind:id`.
    pub to: String,
    /// The title of that record; `None` where the dataset does not have the record.
    pub title: Option<String>,
}

/// Every reference that a record makes, in the order of its fields.
pub fn outgoing(dataset: &Dataset, record: &Record) -> Vec<OutgoingLink> {
    let mut links = Vec::new();
    record.references(&mut |reference| {
        let title = dataset.record(reference.to).and_then(|(_, record)| record.title());
        links.push(OutgoingLink {
            at: reference.at.pointer(),
            on_key: reference.on_key,
            to: format!("{}:{}", reference.to.kind, reference.to.id),
            title: title.map(str::to_owned),
        });
    });
    links
}

/// A record that refers to another, with all the ways in which it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingLink<'a> {
    /// The record that refers.
    pub from: &'a Key,
    /// The title of that record.
    pub title: Option<&'a str>,
    /// What the record says of the other: the relation, the roles, or else the name of the field.
    pub relations: BTreeSet<String>,
}

/// Every record that refers to a record, once, by kind and id.
pub fn incoming<'a>(dataset: &'a Dataset, to: &Key) -> Vec<IncomingLink<'a>> {
    let target = Target::from(to);
    let mut found: BTreeMap<&Key, IncomingLink<'a>> = BTreeMap::new();
    for (entry, record) in dataset.records() {
        let Some(from) = &entry.key else { continue };
        record.references(&mut |reference| {
            if reference.to == target {
                let new = || IncomingLink { from, title: record.title(), relations: BTreeSet::new() };
                found.entry(from).or_insert_with(new).relations.insert(relation(record, &reference));
            }
        });
    }
    found.into_values().collect()
}

/// The records that belong to one of the records `above` through their `under`, directly or through other records. The
/// walk goes on from a record where `passes` holds for the record. Each record is visited once, whatever the circles.
pub fn below<'a>(
    dataset: &'a Dataset,
    above: impl IntoIterator<Item = Target<'a>>,
    passes: impl Fn(Target<'a>) -> bool,
) -> HashSet<Target<'a>> {
    let mut belonging: HashMap<Target<'a>, Vec<Target<'a>>> = HashMap::new();
    for (entry, record) in dataset.records() {
        let Some(key) = &entry.key else { continue };
        for above in record.envelope.under.iter().flat_map(|under| under.iter()) {
            belonging.entry(above.into()).or_default().push(key.into());
        }
    }
    let mut found = HashSet::new();
    let mut waiting: Vec<Target<'a>> = above.into_iter().collect();
    while let Some(next) = waiting.pop() {
        for below in belonging.get(&next).into_iter().flatten() {
            if found.insert(*below) && passes(*below) {
                waiting.push(*below);
            }
        }
    }
    found
}

/// How a record refers to another: the relation, the roles, or else the name of the field.
pub fn relation(record: &Record, reference: &Reference<'_>) -> String {
    let field = reference.at.field().unwrap_or_default();
    let named = match (field, reference.at, reference.on_key) {
        ("related", Path::Key(_, to), true) => {
            let mut related = record.envelope.related.iter().flat_map(NonEmptyMap::iter);
            related.find(|(other, _)| other.as_ref() == to).map(|(_, relation)| relation.to_string())
        }
        ("participants", Path::Key(_, actor), true) => {
            record.body.participation(actor).map(|(roles, _)| roles.join(", "))
        }
        (_, Path::Key(_, key), false) => Some(key.to_owned()),
        _ => None,
    };
    named.unwrap_or_else(|| field.to_owned())
}
