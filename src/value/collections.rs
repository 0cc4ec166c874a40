//! Collections with at least one entry: a map, and a list without repeated items. A field without entries is absent, so
//! that `{}` and `[]` need no meaning. The keys of a map are stable, so that a pointer still leads to an entry after
//! reordering.

use std::borrow::{Borrow, Cow};
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A map with at least one entry, sorted by key.
///
/// The entries are a sorted slice: most maps have two entries, and a tree map allocates memory for eleven.
#[derive(Clone, Debug, PartialEq)]
pub struct NonEmptyMap<K, V>(Box<[(K, V)]>);

impl<K: Ord, V> NonEmptyMap<K, V> {
    /// Each key with its value, in the order of the keys.
    pub fn iter(&self) -> MapIter<'_, K, V> {
        self.into_iter()
    }

    /// The keys, sorted.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values in the order of their keys, mutable.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Drops all entries after the first `most`, and keeps at least one.
    pub(crate) fn truncate(&mut self, most: usize) {
        if most.max(1) < self.0.len() {
            let mut entries = std::mem::take(&mut self.0).into_vec();
            entries.truncate(most.max(1));
            self.0 = entries.into();
        }
    }

    /// The value under a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|entry| entry.0.borrow().cmp(key)).ok().map(|index| &self.0[index].1)
    }

    /// The number of entries, at least one.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// The error for entries that cannot make a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CollectionError {
    /// There are no entries.
    Empty,
    /// A map has a key twice, or a list has an item twice.
    Repeated,
}

impl fmt::Display for CollectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "expected at least one entry",
            Self::Repeated => "the same entry twice",
        })
    }
}

impl std::error::Error for CollectionError {}

impl<K: Ord, V> TryFrom<Vec<(K, V)>> for NonEmptyMap<K, V> {
    type Error = CollectionError;

    fn try_from(mut entries: Vec<(K, V)>) -> Result<Self, CollectionError> {
        if entries.is_empty() {
            return Err(CollectionError::Empty);
        }
        if !entries.is_sorted_by(|a, b| a.0 < b.0) {
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            if entries.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                return Err(CollectionError::Repeated);
            }
        }
        Ok(Self(entries.into()))
    }
}

/// An iterator over the entries of a [`NonEmptyMap`], in the order of the keys.
#[derive(Clone, Debug)]
pub struct MapIter<'a, K, V>(std::slice::Iter<'a, (K, V)>);

impl<'a, K, V> Iterator for MapIter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<K, V> ExactSizeIterator for MapIter<'_, K, V> {}

impl<K, V> DoubleEndedIterator for MapIter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key, value))
    }
}

impl<'a, K, V> IntoIterator for &'a NonEmptyMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = MapIter<'a, K, V>;

    fn into_iter(self) -> MapIter<'a, K, V> {
        MapIter(self.0.iter())
    }
}

impl<K, V> IntoIterator for NonEmptyMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for NonEmptyMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, K: Ord + Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for NonEmptyMap<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<K, V>(PhantomData<(K, V)>);

impl<'de, K: Ord + Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
    type Value = NonEmptyMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with at least one entry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<(K, V)> = Vec::with_capacity(map.size_hint().unwrap_or(0).min(64));
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        NonEmptyMap::try_from(entries).map_err(A::Error::custom)
    }
}

impl<K: JsonSchema, V: JsonSchema> JsonSchema for NonEmptyMap<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}By{}", V::schema_name(), K::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (key, value) = (generator.subschema_for::<K>(), generator.subschema_for::<V>());
        json_schema!({ "type": "object", "propertyNames": key, "additionalProperties": value, "minProperties": 1 })
    }
}

/// A list with at least one item and no item twice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct UniqueList<T>(Box<[T]>);

impl<T> std::ops::Deref for UniqueList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a UniqueList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T> IntoIterator for UniqueList<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}

impl<T: PartialEq + Serialize> TryFrom<Vec<T>> for UniqueList<T> {
    type Error = CollectionError;

    fn try_from(items: Vec<T>) -> Result<Self, CollectionError> {
        if items.is_empty() {
            return Err(CollectionError::Empty);
        }
        // Most lists have a few items. In a long list a set of their JSON finds a repeated item in linear time.
        let repeated = if items.len() <= 32 {
            items.iter().enumerate().any(|(i, item)| items[..i].contains(item))
        } else {
            let mut seen = HashSet::with_capacity(items.len());
            !items.iter().all(|item| seen.insert(serde_json::to_string(item).ok()))
        };
        if repeated {
            return Err(CollectionError::Repeated);
        }
        Ok(Self(items.into()))
    }
}

impl<'de, T: Deserialize<'de> + PartialEq + Serialize> Deserialize<'de> for UniqueList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<T>::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl<T: JsonSchema> JsonSchema for UniqueList<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({ "type": "array", "items": item, "minItems": 1, "uniqueItems": true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Map = NonEmptyMap<String, u8>;

    #[test]
    fn a_map_is_sorted_and_never_empty() {
        let map: Map = serde_json::from_str(r#"{ "b": 2, "a": 1 }"#).expect("a map");
        assert_eq!(map.iter().map(|(k, v)| (k.as_str(), *v)).collect::<Vec<_>>(), [("a", 1), ("b", 2)]);
        assert_eq!((map.get("b"), map.get("c")), (Some(&2), None));
        assert_eq!(serde_json::to_string(&map).expect("JSON"), r#"{"a":1,"b":2}"#);
        assert_eq!((&map).into_iter().rev().map(|(_, value)| *value).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(map.into_iter().collect::<Vec<_>>(), [("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert_eq!(Map::try_from(vec![("a".to_owned(), 1), ("a".to_owned(), 2)]), Err(CollectionError::Repeated));
        for bad in ["{}", r#"{ "b": 1, "a": 1, "b": 2 }"#, "[]", "null"] {
            assert!(serde_json::from_str::<Map>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_list_has_no_item_twice_and_is_never_empty() {
        let list = UniqueList::try_from(vec![2, 1]).expect("a list");
        assert_eq!((&list).into_iter().copied().collect::<Vec<u8>>(), [2, 1]);
        assert_eq!(list.into_iter().collect::<Vec<u8>>(), [2, 1]);
        assert_eq!(UniqueList::<u8>::try_from(vec![]), Err(CollectionError::Empty));
        assert!(serde_json::from_str::<UniqueList<u8>>("[2, 1]").is_ok());
        for bad in ["[]", "[1, 2, 1]", "{}"] {
            assert!(serde_json::from_str::<UniqueList<u8>>(bad).is_err(), "{bad}");
        }
        let many: Vec<u32> = (0..1_000).rev().collect();
        assert!(serde_json::from_str::<UniqueList<u32>>(&format!("{many:?}")).is_ok_and(|list| *list == many));
        let twice = [&many[..], &[7]].concat();
        assert!(serde_json::from_str::<UniqueList<u32>>(&format!("{twice:?}")).is_err());
    }
}
