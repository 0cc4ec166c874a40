//! Several structs from one object.

use std::cell::Cell;

use serde::de::{self, Deserializer, Visitor};

use super::access::Members;
use super::error::{DecodeError, Decoded};
use crate::document::{Member, Node, Value};

/// An object from which several structs decode. Each struct takes its own fields, and at the end no field may be left
/// over.
#[derive(Debug)]
pub struct FieldReader<'de> {
    members: &'de [Member<'de>],
    taken: Cell<usize>,
}

impl<'de> FieldReader<'de> {
    /// The fields of a node; `None` for a node that is no object.
    pub fn of(node: &'de Node<'de>) -> Option<Self> {
        if let Value::Object(members) = &node.value { Some(Self { members, taken: Cell::new(0) }) } else { None }
    }

    /// Whether the object has a field that no struct took.
    pub fn are_left_over(&self) -> bool {
        self.taken.get() < self.members.len()
    }

    /// Counts `count` more fields as taken.
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
        let mut members = Members::only(self.members, fields);
        let value = visitor.visit_map(&mut members)?;
        self.take(members.taken());
        Ok(value)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::document::{Arena, parse};

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
