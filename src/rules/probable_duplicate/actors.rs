//! Actors of one name.

use comity_document::at;
use comity_document::pointer::Pointer;
use hashbrown::{HashMap, HashSet};

use super::{Named, are_told_apart, named, words};
use crate::dataset::Dataset;
use crate::finding::EntryId;
use crate::kind::Kind;
use crate::record::{Actor, ActorType, Body, Record};
use crate::value::Language;

/// How many actors of one name are compared with each other; beyond that the name says nothing.
const NAMESAKES: usize = 64;
/// With how many others an actor is compared at most, whatever the number of its names.
const COMPARISONS: usize = 256;

/// An actor, and where its name stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Called<'a> {
    pub(super) named: Named<'a>,
    spot: Spot<'a>,
}

/// A name in a language, or an alias by its index.
#[derive(Clone, Copy, Debug)]
enum Spot<'a> {
    Name(&'a Language),
    Alias(usize),
}

impl Called<'_> {
    /// The place of the name.
    pub(super) fn place(&self) -> Pointer {
        match self.spot {
            Spot::Name(language) => at!["names", language],
            Spot::Alias(index) => at!["aliases"].index(index).key("text"),
        }
    }
}

/// Each actor that shares a name or an alias with an earlier one, with that one and the name.
pub(super) fn same(dataset: &Dataset) -> Vec<(Called<'_>, Called<'_>, &str)> {
    let mut by_name: HashMap<String, Vec<Called<'_>>> = HashMap::with_capacity(2 * dataset.ids(Kind::Actor).count());
    let mut found = Vec::new();
    for named in named(dataset) {
        let Body::Actor(actor) = &named.record.body else { continue };
        let mut twin = None;
        let mut compared: HashSet<EntryId> = HashSet::new();
        each_name(named.record, &mut |spot, text| {
            let folded = words::folded(text);
            if folded.is_empty() {
                return;
            }
            let called = Called { named, spot };
            let namesakes = by_name.entry(folded).or_default();
            if twin.is_none() && compared.len() < COMPARISONS {
                let mut new = namesakes.iter().filter(|other| compared.insert(other.named.entry.id));
                let other = new.find(|other| may_be_one(named, actor, other.named));
                twin = other.map(|other| (called, *other, text));
            }
            let again = namesakes.last().is_some_and(|last| last.named.entry.id == named.entry.id);
            if namesakes.len() < NAMESAKES && !again {
                namesakes.push(called);
            }
        });
        found.extend(twin);
    }
    found
}

fn each_name<'a>(record: &'a Record, visit: &mut impl FnMut(Spot<'a>, &'a str)) {
    let envelope = &record.envelope;
    for (language, text) in envelope.names.iter().flat_map(|names| names.texts().iter()) {
        visit(Spot::Name(language), text.as_ref());
    }
    for (index, alias) in envelope.aliases.iter().flat_map(|aliases| aliases.iter()).enumerate() {
        visit(Spot::Alias(index), alias.text.as_ref());
    }
}

/// Ministries of two countries have one name, and so have committees of two organisations, and a person and a ship.
fn may_be_one(named: Named<'_>, actor: &Actor, other: Named<'_>) -> bool {
    let Body::Actor(twin) = &other.record.body else { return false };
    let differ = |one: Option<&str>, two: Option<&str>| one.zip(two).is_some_and(|(one, two)| one != two);
    let people = |actor: &Actor| actor.r#type == ActorType::Person;
    named.entry.id != other.entry.id
        && people(actor) == people(twin)
        && !differ(actor.country.as_ref().map(AsRef::as_ref), twin.country.as_ref().map(AsRef::as_ref))
        && !differ(actor.part_of.as_ref().map(AsRef::as_ref), twin.part_of.as_ref().map(AsRef::as_ref))
        && !are_told_apart(named, other)
}
