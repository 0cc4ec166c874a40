//! serde over the tree, as strict as a closed schema: an unknown field, a `null` for an absent value, or a list in place of
//! an object is an error. A `serde_json` reader of the same types stays tolerant.

use std::cell::Cell;
use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Decimal, Member, Node, Value};
use crate::pointer::Pointer;

/// Why a value does not decode, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The tokens of the place, the innermost first.
    reversed: Vec<String>,
    /// Whether the key at the place does not decode, rather than its value.
    pub on_key: bool,
    /// What was expected.
    pub message: String,
}

impl DecodeError {
    /// The place of the value, or of the key.
    pub fn pointer(&self) -> Pointer {
        self.reversed.iter().rev().cloned().collect()
    }

    fn under(mut self, token: String) -> Self {
        self.reversed.push(token);
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer(), self.message)
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { reversed: Vec::new(), on_key: false, message: message.to_string() }
    }
}

type Decoded<T> = Result<T, DecodeError>;

impl<'de> Node<'de> {
    fn number<V: Visitor<'de>>(number: &str, visitor: V) -> Decoded<V::Value> {
        if let Ok(n) = number.parse() {
            return visitor.visit_u64(n);
        }
        if let Ok(n) = number.parse() {
            return visitor.visit_i64(n);
        }
        visitor.visit_f64(number.parse().map_err(de::Error::custom)?)
    }

    /// JSON Schema counts `1.0` and `1e2` as integers; types must, too.
    fn integer<V: Visitor<'de>>(&'de self, visitor: V) -> Decoded<V::Value> {
        match &self.value {
            Value::Number(n) if n.contains(['.', 'e', 'E']) => {
                match Decimal::parse(n).and_then(|number| number.to_integer()) {
                    Some(n) => visitor.visit_i64(n),
                    None => self.deserialize_any(visitor),
                }
            }
            _ => self.deserialize_any(visitor),
        }
    }
}

macro_rules! integers {
    ($($name:ident)*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
            self.integer(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &'de Node<'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Number(n) => Node::number(n, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter(), 0)),
            Value::Object(members) => visitor.visit_map(Members::all(members)),
        }
    }

    /// `null` is not a way to leave a value out.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Decoded<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Decoded<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Decoded<V::Value> {
        match &self.value {
            Value::String(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            _ => Err(de::Error::custom("expected a code, written as a string")),
        }
    }

    /// Structs that serde derives also decode from a list; a schema with `type: object` refuses a list.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Decoded<V::Value> {
        match &self.value {
            Value::Object(members) => visitor.visit_map(Members::all(members)),
            _ => Err(de::Error::custom("expected an object")),
        }
    }

    /// serde skips the unknown fields of a struct; here an unknown field is an error.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Decoded<V::Value> {
        Err(de::Error::custom("unknown field"))
    }

    integers!(deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);

    serde::forward_to_deserialize_any! {
        bool f32 f64 i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier
    }
}

/// One object that several structs decode from: each takes its own fields, and at the end none may be left over.
#[derive(Debug)]
pub struct FieldReader<'de> {
    members: &'de [Member<'de>],
    taken: Cell<usize>,
}

impl<'de> FieldReader<'de> {
    /// The fields of a node; `None` unless it is an object.
    pub fn of(node: &'de Node<'de>) -> Option<Self> {
        if let Value::Object(members) = &node.value { Some(Self { members, taken: Cell::new(0) }) } else { None }
    }

    /// Whether the object has a field that no struct took.
    pub fn are_left_over(&self) -> bool {
        self.taken.get() < self.members.len()
    }

    /// Counts fields as taken that no struct takes.
    pub fn take(&self, count: usize) {
        self.taken.set(self.taken.get() + count);
    }
}

impl<'de> Deserializer<'de> for &FieldReader<'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Decoded<V::Value> {
        Err(de::Error::custom("only a struct can take part of an object"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Decoded<V::Value> {
        let mut members = Members { rest: self.members.iter(), only: Some(fields), value: None, taken: 0 };
        let value = visitor.visit_map(&mut members)?;
        self.take(members.taken);
        Ok(value)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Items<'de>(std::slice::Iter<'de, Node<'de>>, usize);

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

struct Members<'de> {
    rest: std::slice::Iter<'de, Member<'de>>,
    only: Option<&'static [&'static str]>,
    value: Option<&'de Member<'de>>,
    taken: usize,
}

impl<'de> Members<'de> {
    fn all(members: &'de [Member<'de>]) -> Self {
        Self { rest: members.iter(), only: None, value: None, taken: 0 }
    }
}

/// Whether a key is among `names`. Length and first letter tell nearly all names apart.
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
        key.map(Some).map_err(|error: DecodeError| DecodeError { on_key: true, ..error.under(member.key.to_string()) })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Decoded<V::Value> {
        let member = self.value.take().ok_or_else(|| de::Error::custom("a value before its key"))?;
        seed.deserialize(&member.value).map_err(|error| error.under(member.key.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        self.only.is_none().then(|| self.rest.len())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::document::{Arena, parse};

    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        count: Option<u32>,
        #[serde(default)]
        by: BTreeMap<String, i64>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Outer {
        inner: Inner,
        list: Vec<f64>,
    }

    fn decode<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, String> {
        let arena = Arena::default();
        let document = parse(text, &arena);
        let root = document.root.as_ref().expect("JSON");
        T::deserialize(root).map_err(|error| format!("{error}{}", if error.on_key { " (key)" } else { "" }))
    }

    #[test]
    fn decodes_as_serde_json_does() {
        let text = r#"{ "list": [1, 2.5, -3e2], "inner": { "count": 1e2, "by": { "a": -1 } } }"#;
        let expected = Outer {
            inner: Inner { count: Some(100), by: BTreeMap::from([("a".to_owned(), -1)]) },
            list: vec![1.0, 2.5, -300.0],
        };
        assert_eq!(decode::<Outer>(text), Ok(expected));
    }

    #[test]
    fn an_error_knows_its_place() {
        let error = |text: &str| decode::<Outer>(text).expect_err("not an Outer");
        assert_eq!(error(r#"{ "list": [1, "x"], "inner": {} }"#), r#"/list/1: invalid type: string "x", expected f64"#);
        assert!(error(r#"{ "inner": { "count": null }, "list": [] }"#).starts_with("/inner/count: "));
        assert!(error(r#"{ "inner": { "count": 5000000000 }, "list": [] }"#).starts_with("/inner/count: "));
        assert_eq!(error(r#"{ "inner": { "cuont": 1 }, "list": [] }"#), "/inner/cuont: unknown field");
        assert_eq!(error(r#"{ "inner": [1], "list": [] }"#), "/inner: expected an object");
    }

    #[test]
    fn two_structs_share_an_object_and_know_what_is_left() {
        #[derive(Deserialize)]
        struct A {
            #[expect(dead_code, reason = "only its presence matters")]
            a: u8,
        }
        #[derive(Deserialize)]
        struct B {
            #[expect(dead_code, reason = "only its presence matters")]
            b: u8,
        }
        for (text, left) in [(r#"{ "a": 1, "b": 2 }"#, false), (r#"{ "a": 1, "c": 3, "b": 2 }"#, true)] {
            let arena = Arena::default();
            let document = parse(text, &arena);
            let fields = FieldReader::of(document.root.as_ref().expect("JSON")).expect("an object");
            A::deserialize(&fields).map(drop).expect("a");
            B::deserialize(&fields).map(drop).expect("b");
            assert_eq!(fields.are_left_over(), left);
        }
    }
}
