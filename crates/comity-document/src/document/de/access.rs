//! The items of a list and the members of an object, for serde.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess};

use super::error::{DecodeError, Decoded};
use crate::document::{Member, Node};

/// The items of a list, and the index of the next item.
pub(super) struct Items<'de>(std::slice::Iter<'de, Node<'de>>, usize);

impl<'de> Items<'de> {
    pub(super) fn of(items: &'de [Node<'de>]) -> Self {
        Self(items.iter(), 0)
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Decoded<Option<T::Value>> {
        let Some(node) = self.0.next() else { return Ok(None) };
        let index = self.1;
        self.1 += 1;
        seed.deserialize(node).map(Some).map_err(|error| error.under(index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The members of an object: all, or those that a decoder wants.
pub(super) struct Members<'de> {
    rest: std::slice::Iter<'de, Member<'de>>,
    only: Option<FieldNames>,
    value: Option<&'de Member<'de>>,
    taken: usize,
}

impl<'de> Members<'de> {
    pub(super) fn all(members: &'de [Member<'de>]) -> Self {
        Self { rest: members.iter(), only: None, value: None, taken: 0 }
    }

    pub(super) fn only(members: &'de [Member<'de>], names: &'static [&'static str]) -> Self {
        Self { rest: members.iter(), only: Some(FieldNames::of(names)), value: None, taken: 0 }
    }

    /// The number of members that were read.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }
}

/// The names of the fields that a decoder wants. Most keys of an object are not among them.
struct FieldNames {
    names: &'static [&'static str],
    /// The union of the marks of all names.
    marks: u128,
    /// The index after the last name found: keys mostly come in the order of the names.
    next: usize,
}

impl FieldNames {
    fn of(names: &'static [&'static str]) -> Self {
        Self { names, marks: names.iter().fold(0, |marks, name| marks | mark(name)), next: 0 }
    }

    fn contains(&mut self, key: &str) -> bool {
        if self.marks & mark(key) == 0 {
            return false;
        }
        let (before, behind) = self.names.split_at(self.next);
        let found = behind.iter().chain(before).position(|name| *name == key);
        if let Some(found) = found {
            self.next = (self.next + found + 1) % self.names.len();
        }
        found.is_some()
    }
}

/// One of 128 bits, by length and first letter. Few names share a bit.
fn mark(name: &str) -> u128 {
    let first = name.as_bytes().first().copied().unwrap_or_default();
    1 << ((name.len() % 16) << 3 | usize::from(first % 8))
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Decoded<Option<K::Value>> {
        let only = &mut self.only;
        let is_wanted = |member: &&Member<'_>| only.as_mut().is_none_or(|names| names.contains(member.key));
        let Some(member) = self.rest.find(is_wanted) else { return Ok(None) };
        self.value = Some(member);
        self.taken += 1;
        let key = seed.deserialize(BorrowedStrDeserializer::new(member.key));
        key.map(Some).map_err(|error: DecodeError| error.under(member.key.to_string()).on_key())
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Decoded<V::Value> {
        let member = self.value.take().ok_or_else(|| de::Error::custom("a value before its key"))?;
        seed.deserialize(&member.value).map_err(|error| error.under(member.key.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        self.only.is_none().then(|| self.rest.len())
    }
}
