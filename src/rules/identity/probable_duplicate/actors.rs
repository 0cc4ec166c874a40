//! Actors that share a name.

use comity_document::at;
use comity_document::pointer::Pointer;
use hashbrown::{HashMap, HashSet};

use super::{NamedRecord, are_distinct, named};
use crate::dataset::{Dataset, Entry, EntryId, Field, LinkEnd, PrintOf, RecordType, Summary};
use crate::record::{ActorType, Record};
use crate::value::Language;

/// How many actors that share a name are compared with each other. A name that more actors have does not distinguish
/// them.
const NAMESAKES: usize = 64;
/// How many others an actor is compared with at most, whatever the number of its names.
const COMPARISONS: usize = 256;

/// An actor, and which of its names is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    pub(crate) named: NamedRecord<'a>,
    /// The number of the name, in the order of [`each_name`].
    name: usize,
}

/// A name in a language, or an alias by its index.
#[derive(Clone, Copy, Debug)]
pub(super) enum NameSpot<'a> {
    Name(&'a Language),
    Alias(usize),
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
                };
                found = Some((place, text));
            }
        });
        found
    }
}

/// Each actor that shares a name or an alias with another one, with that actor. Of a pair, the actor stands first for
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

/// Visits every name and every alias of an actor.
pub(super) fn each_name<'a>(record: &'a Record, visit: &mut impl FnMut(NameSpot<'a>, &'a str)) {
    let envelope = &record.envelope;
    for (language, text) in envelope.names.iter().flat_map(|names| names.texts().iter()) {
        visit(NameSpot::Name(language), text.as_ref());
    }
    for (index, alias) in envelope.aliases.iter().flat_map(|aliases| aliases.iter()).enumerate() {
        visit(NameSpot::Alias(index), alias.text.as_ref());
    }
}

/// Whether two actors that share a name may be one. Ministries of two countries share names, and so do committees of
/// two organisations, or a person and a ship.
fn may_be_one(dataset: &Dataset, named: NamedRecord<'_>, other: NamedRecord<'_>) -> bool {
    fn differ<T: PartialEq>(one: Option<T>, two: Option<T>) -> bool {
        one.zip(two).is_some_and(|(one, two)| one != two)
    }
    let is_person = |actor: &Summary| actor.r#type == RecordType::Actor(ActorType::Person);
    let whole = |actor: &Summary| -> Option<LinkEnd> {
        actor.links.iter().find(|link| link.field() == Field::PartOf).map(|link| link.end())
    };
    let (one, two) = (named.summary, other.summary);
    named.entry.id != other.entry.id
        && is_person(one) == is_person(two)
        && !differ(one.country, two.country)
        && !differ(whole(one), whole(two))
        && !are_distinct(dataset, named, other)
}
