//! Actors, places, frameworks, operations and themes that share a name, and statements of one speaker that say one thing.

use comity_document::at;
use comity_document::pointer::Pointer;
use hashbrown::{HashMap, HashSet};

use super::{NamedRecord, are_distinct, named};
use crate::dataset::{Dataset, Entry, EntryId, Field, LinkEnd, PrintOf, RecordType, Summary};
use crate::record::{ActorType, Body, PlaceType, Record};
use crate::value::Language;

/// How many records that share a name are compared with each other. A name that more records have does not distinguish
/// them.
const NAMESAKES: usize = 64;
/// How many others a record is compared with at most, whatever the number of its names.
const COMPARISONS: usize = 256;

/// A record, and which of its names is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    pub(crate) named: NamedRecord<'a>,
    /// The number of the name, in the order of [`each_name`].
    name: usize,
}

/// A name in a language, an alias by its index, or what a statement says.
#[derive(Clone, Copy, Debug)]
pub(super) enum NameSpot<'a> {
    Name(&'a Language),
    Alias(usize),
    Position(&'a Language),
}

impl<'a> Called<'a> {
    /// The name and its place.
    pub(crate) fn name(&self, dataset: &'a Dataset) -> Option<(Pointer, &'a str)> {
        let (mut names, mut found) = (0.., None);
        each_name(dataset.recall(self.named.entry)?, &mut |spot, text| {
            if names.next() == Some(self.name) {
                let place = match spot {
                    NameSpot::Name(language) => at!["names", language],
                    NameSpot::Alias(index) => at!["aliases"].index(index).key("text"),
                    NameSpot::Position(language) => at!["position", language],
                };
                found = Some((place, text));
            }
        });
        found
    }
}

/// Each record that shares a name or an alias with another one, with that record. Of a pair, the record stands first for
/// which `weight` is greater; of two that are equal, the later one.
pub(crate) fn same(dataset: &Dataset, weight: impl Fn(&Entry) -> u8) -> Vec<(Called<'_>, Called<'_>)> {
    let mut by_name: HashMap<u64, Vec<Called<'_>>> = HashMap::new();
    let mut found = Vec::new();
    for named in named(dataset) {
        let mut twin = None;
        let mut compared: HashSet<EntryId> = HashSet::new();
        let prints = named.summary.prints.iter().filter_map(|print| print.of(PrintOf::Name));
        for (name, print) in prints.enumerate().filter(|(_, print)| *print != 0) {
            let called = Called { named, name };
            let namesakes = by_name.entry(print).or_default();
            if twin.is_none() && compared.len() < COMPARISONS {
                let mut new = namesakes.iter().filter(|other| compared.insert(other.named.entry.id));
                let other = new.find(|other| may_be_one(dataset, named, other.named));
                twin = other.map(|other| (called, *other));
            }
            let again = namesakes.last().is_some_and(|last| last.named.entry.id == named.entry.id);
            if namesakes.len() < NAMESAKES && !again {
                namesakes.push(called);
            }
        }
        found.extend(twin.map(|(late, early)| {
            let early_first = weight(early.named.entry) > weight(late.named.entry);
            if early_first { (early, late) } else { (late, early) }
        }));
    }
    found
}

/// Visits every name and every alias of a record that is known by its names. A statement has none, and is known by what it
/// says in English.
pub(super) fn each_name<'a>(record: &'a Record, visit: &mut impl FnMut(NameSpot<'a>, &'a str)) {
    let envelope = &record.envelope;
    match &record.body {
        Body::Actor(_) | Body::Place(_) | Body::Framework(_) | Body::Operation(_) | Body::Theme(_) => {}
        Body::Statement(statement) => {
            let english = statement.position.iter().next();
            return english.into_iter().for_each(|(language, text)| visit(NameSpot::Position(language), text.as_ref()));
        }
        _ => return,
    }
    for (language, text) in envelope.names.iter().flat_map(|names| names.texts().iter()) {
        visit(NameSpot::Name(language), text.as_ref());
    }
    for (index, alias) in envelope.aliases.iter().flat_map(|aliases| aliases.iter()).enumerate() {
        visit(NameSpot::Alias(index), alias.text.as_ref());
    }
}

/// Whether two records that share a name may be one. Towns and ministries of two countries share names, and so do committees
/// of two organisations, a person and a ship, or a country and its capital.
fn may_be_one(dataset: &Dataset, named: NamedRecord<'_>, other: NamedRecord<'_>) -> bool {
    fn differ<T: PartialEq>(one: Option<T>, two: Option<T>) -> bool {
        one.zip(two).is_some_and(|(one, two)| one != two)
    }
    // A person and a ship, a country and its capital.
    let sort = |record: &Summary| match record.r#type {
        RecordType::Actor(r#type) => r#type == ActorType::Person,
        RecordType::Place(r#type) => r#type == PlaceType::Country,
        _ => false,
    };
    let first = |record: &Summary, field: Field| -> Option<LinkEnd> {
        record.links.iter().find(|link| link.field() == field).map(|link| link.end())
    };
    let differ_in = |field| differ(first(named.summary, field), first(other.summary, field));
    let (one, two) = (named.summary, other.summary);
    named.entry.id != other.entry.id
        && one.r#type.kind() == two.r#type.kind()
        && sort(one) == sort(two)
        && !differ(one.country, two.country)
        && !differ_in(Field::PartOf)
        && !differ_in(Field::Speaker)
        && !are_said_apart(one, two)
        && !are_distinct(dataset, named, other)
}

/// Whether two statements were made on different days, as far as these are known. A speaker may say the same again.
fn are_said_apart(one: &Summary, two: &Summary) -> bool {
    let days = one.begun.zip(two.begun);
    one.r#type == RecordType::Statement && days.is_none_or(|(one, two)| one.1 < two.0 || two.1 < one.0)
}
