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

/// The members of an object, or those whose keys are among `only`.
pub(super) struct Members<'de> {
    rest: std::slice::Iter<'de, Member<'de>>,
    only: Option<&'static [&'static str]>,
    value: Option<&'de Member<'de>>,
    taken: usize,
}

impl<'de> Members<'de> {
    pub(super) fn all(members: &'de [Member<'de>]) -> Self {
        Self { rest: members.iter(), only: None, value: None, taken: 0 }
    }

    pub(super) fn only(members: &'de [Member<'de>], keys: &'static [&'static str]) -> Self {
        Self { rest: members.iter(), only: Some(keys), value: None, taken: 0 }
    }

    /// The number of members that were read.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }
}

/// Whether a key is among `names`. Length and first letter distinguish nearly all names.
fn is_among(names: &[&str], key: &str) -> bool {
    let may_equal = |name: &str| name.len() == key.len() && name.as_bytes().first() == key.as_bytes().first();
    names.iter().any(|name| may_equal(name) && *name == key)
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Decoded<Option<K::Value>> {
        let only = self.only;
        let next = self.rest.find(|member| only.is_none_or(|fields| is_among(fields, member.key)));
        let Some(member) = next else { return Ok(None) };
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
