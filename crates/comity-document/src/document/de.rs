//! serde over the tree, as strict as a closed schema: an unknown field, a `null` for an absent value, or a list in
//! place of an object is an error. A `serde_json` reader of these types stays tolerant.

mod access;
mod error;
mod field_reader;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserializer, Visitor};

use self::access::{Items, Members};
pub use self::error::DecodeError;
use self::error::Decoded;
pub use self::field_reader::FieldReader;
use super::{Decimal, Node, Value};

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

    /// Decodes an integer. JSON Schema counts `1.0` and `1e2` as integers, so types must, too.
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
            Value::Array(items) => visitor.visit_seq(Items::of(items)),
            Value::Object(members) => visitor.visit_map(Members::all(members)),
        }
    }

    /// Decodes a value that is there: `null` does not count as an absent value.
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

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
}
