//! References to records of one kind, which the field says. A record writes only the id.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use super::id::Id;
use super::key::Key;
use super::refusal::Refusal;
use super::string_format::{Parse, StringFormat};
use crate::from_text::from_text;
use crate::kind::OfKind;

/// A reference to a record of the kind `T`, written as the id alone.
///
/// The implementations are written by hand, because a derive would need a bound on `T`.
pub struct Ref<T> {
    id: Id,
    kind: PhantomData<fn() -> T>,
}

impl<T: OfKind> Ref<T> {
    /// The id of the record.
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// The kind and the id of the record.
    pub fn key(&self) -> Key {
        Key { kind: T::KIND, id: self.id.clone() }
    }
}

impl<T> Ref<T> {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        self.id.as_str()
    }
}

impl<T> From<Id> for Ref<T> {
    fn from(id: Id) -> Self {
        Self { id, kind: PhantomData }
    }
}

impl<T> fmt::Display for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

from_text!(impl<T> for Ref<T>, Refusal, |text| Id::parse(text).map(Self::from));

impl<T> AsRef<str> for Ref<T> {
    fn as_ref(&self) -> &str {
        self.id.as_ref()
    }
}

impl<T> Borrow<str> for Ref<T> {
    fn borrow(&self) -> &str {
        self.id.as_ref()
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self::from(self.id.clone())
    }
}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T> Eq for Ref<T> {}

impl<T> PartialOrd for Ref<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Ref<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<T> serde::Serialize for Ref<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_ref())
    }
}

impl<'de, T> serde::Deserialize<'de> for Ref<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Parse::<Id>(PhantomData)).map(Self::from)
    }
}

impl<T: OfKind> schemars::JsonSchema for Ref<T> {
    fn schema_name() -> Cow<'static, str> {
        let (head, tail) = T::KIND.name().split_at(1);
        format!("{}{tail}Id", head.to_uppercase()).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kind = T::KIND.name();
        schemars::json_schema!({
            "description": format!("The id of {} record: the name of its file in data/{kind}, without .json.", T::KIND.with_article()),
            "type": "string", "minLength": 3, "maxLength": 80, "format": Id::FORMAT, "pattern": Id::PATTERN, "x-ref": kind
        })
    }
}
