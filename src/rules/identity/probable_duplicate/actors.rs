//! Actors that share a name.

use comity_document::at;
use comity_document::pointer::Pointer;
use hashbrown::{HashMap, HashSet};

use super::{NamedRecord, are_distinct, named, words};
use crate::dataset::{Dataset, Entry, EntryId};
use crate::kind::Kind;
use crate::record::{Actor, ActorType, Body, Record};
use crate::value::Language;

/// How many actors that share a name are compared with each other. A name that more actors have does not distinguish
/// them.
const NAMESAKES: usize = 64;
/// How many others an actor is compared with at most, whatever the number of its names.
const COMPARISONS: usize = 256;

/// An actor, and the place of its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'a> {
    pub(crate) named: NamedRecord<'a>,
    pub(crate) text: &'a str,
    spot: NameSpot<'a>,
}

/// A name in a language, or an alias by its index.
#[derive(Clone, Copy, Debug)]
enum NameSpot<'a> {
    Name(&'a Language),
    Alias(usize),
}

impl Called<'_> {
    /// The place of the name.
    pub(crate) fn place(&self) -> Pointer {
        match self.spot {
            NameSpot::Name(language) => at!["names", language],
            NameSpot::Alias(index) => at!["aliases"].index(index).key("text"),
        }
    }
}

/// Each actor that shares a name or an alias with another one, with that actor. Of a pair, the actor stands first for which
/// `weight` is greater; of two that are equal, the later one.
pub(crate) fn same(dataset: &Dataset, weight: impl Fn(&Entry) -> u8) -> Vec<(Called<'_>, Called<'_>)> {
    let mut by_name: HashMap<String, Vec<Called<'_>>> = HashMap::with_capacity(2 * dataset.ids(Kind::Actor).count());
    let mut found = Vec::new();
    for named in named(dataset) {
        let Body::Actor(actor) = &named.record.body else { continue };
        let mut twin = None;
        let mut compared: HashSet<EntryId> = HashSet::new();
        each_name(named.record, &mut |spot, text| {
            let name = words::name_of_actor(text);
            if name.is_empty() {
                return;
            }
            let called = Called { named, text, spot };
            let namesakes = by_name.entry(name).or_default();
            if twin.is_none() && compared.len() < COMPARISONS {
                let mut new = namesakes.iter().filter(|other| compared.insert(other.named.entry.id));
                let other = new.find(|other| may_be_one(named, actor, other.named));
                twin = other.map(|other| (called, *other));
            }
            let again = namesakes.last().is_some_and(|last| last.named.entry.id == named.entry.id);
            if namesakes.len() < NAMESAKES && !again {
                namesakes.push(called);
            }
        });
        found.extend(twin.map(|(late, early)| {
            let early_first = weight(early.named.entry) > weight(late.named.entry);
            if early_first { (early, late) } else { (late, early) }
        }));
    }
    found
}

fn each_name<'a>(record: &'a Record, visit: &mut impl FnMut(NameSpot<'a>, &'a str)) {
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
fn may_be_one(named: NamedRecord<'_>, actor: &Actor, other: NamedRecord<'_>) -> bool {
    let Body::Actor(twin) = &other.record.body else { return false };
    let differ = |one: Option<&str>, two: Option<&str>| one.zip(two).is_some_and(|(one, two)| one != two);
    let people = |actor: &Actor| actor.r#type == ActorType::Person;
    named.entry.id != other.entry.id
        && people(actor) == people(twin)
        && !differ(actor.country.as_ref().map(AsRef::as_ref), twin.country.as_ref().map(AsRef::as_ref))
        && !differ(actor.part_of.as_ref().map(AsRef::as_ref), twin.part_of.as_ref().map(AsRef::as_ref))
        && !are_distinct(named, other)
}
