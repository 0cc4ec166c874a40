//! The tree as `jsonschema` sees it: an adapter and nothing else.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object, cmp, unique};
use jsonschema_value::LazyInstance;

use super::{Decimal, Member, Node, Value};
use crate::pointer::Span;

/// The name of the tree's type for `jsonschema`.
#[derive(Debug)]
pub(crate) struct Tree;

/// A number as written.
#[derive(Debug)]
pub(crate) struct Number<'a>(&'a str);

impl Json for Tree {
    type Node<'a> = &'a Node<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = ();

    const KEYS_PER_LOOKUP: usize = 4;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>((): &mut (), text: &str, f: impl FnOnce(Self::Node<'_>) -> T) -> T {
        f(&Node { span: Span { start: 0, end: 0 }, value: Value::String(text) })
    }
}

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn is_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E']) || Decimal::parse(self.0).is_some_and(|number| number.is_whole())
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        Cow::Owned(serde_json::from_str(self.0).unwrap_or_else(|_| 0.into()))
    }
}

impl<'a> JsonNode<'a, Tree> for &'a Node<'a> {
    type Object = &'a [Member<'a>];
    type Array = &'a [Node<'a>];
    type Number = Number<'a>;

    fn as_object(&self) -> Option<Self::Object> {
        if let Value::Object(members) = &self.value { Some(members) } else { None }
    }

    fn as_array(&self) -> Option<Self::Array> {
        if let Value::Array(items) = &self.value { Some(items) } else { None }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        if let Value::String(text) = &self.value { Some(Cow::Borrowed(text)) } else { None }
    }

    fn as_number(&self) -> Option<Number<'a>> {
        if let Value::Number(number) = &self.value { Some(Number(number)) } else { None }
    }

    fn as_boolean(&self) -> Option<bool> {
        if let Value::Bool(b) = &self.value { Some(*b) } else { None }
    }

    fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    fn is_string(&self) -> bool {
        matches!(self.value, Value::String(_))
    }

    fn json_type(&self) -> JsonType {
        match self.value {
            Value::Null => JsonType::Null,
            Value::Bool(_) => JsonType::Boolean,
            Value::Number(_) => JsonType::Number,
            Value::String(_) => JsonType::String,
            Value::Array(_) => JsonType::Array,
            Value::Object(_) => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &serde_json::Value) -> bool {
        match (&self.value, expected) {
            (Value::String(a), serde_json::Value::String(b)) => a == b,
            (Value::String(_), _) | (_, serde_json::Value::String(_)) => false,
            _ => cmp::equal(&self.to_json(), expected),
        }
    }

    /// An error keeps a copy of the refused value. This crate reads only the pointer of an error and the text of a bad key,
    /// so containers are not copied: with copies, 4,000 bad keys in one map would take half a minute and 14 GB.
    fn lazy_value(&self) -> LazyInstance<'a> {
        LazyInstance::Ready(match &self.value {
            Value::Array(_) | Value::Object(_) => Cow::Owned(serde_json::Value::Null),
            _ => self.to_value(),
        })
    }

    fn to_value(&self) -> Cow<'a, serde_json::Value> {
        Cow::Owned(self.to_json())
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref::<Node<'_>>(self).addr()))
    }
}

impl<'a> Object<'a, Tree> for &'a [Member<'a>] {
    type Node = &'a Node<'a>;
    type MemberName = &'a str;
    type MembersIter = std::iter::Map<std::slice::Iter<'a, Member<'a>>, fn(&'a Member<'a>) -> (&'a str, &'a Node<'a>)>;

    fn len(&self) -> usize {
        <[_]>::len(self)
    }

    fn get(&self, key: &Box<str>) -> Option<&'a Node<'a>> {
        self.iter().find(|member| member.key == &**key).map(|member| &member.value)
    }

    fn members(&self) -> Self::MembersIter {
        self.iter().map(|member| (member.key, &member.value))
    }
}

impl<'a> Array<'a, Tree> for &'a [Node<'a>] {
    type Node = &'a Node<'a>;
    type ElementsIter = std::slice::Iter<'a, Node<'a>>;

    fn len(&self) -> usize {
        <[_]>::len(self)
    }

    fn elements(&self) -> Self::ElementsIter {
        self.iter()
    }

    /// Short lists of strings, which are the common case, are compared in place; other lists as `jsonschema` compares them.
    fn is_unique(&self) -> bool {
        let short_strings = self.len() <= 32 && self.iter().all(|item| item.as_str().is_some());
        if short_strings {
            return self.iter().enumerate().all(|(i, a)| self[..i].iter().all(|b| a.as_str() != b.as_str()));
        }
        unique::is_unique(&self.iter().map(|item| Cow::Owned(item.to_json())).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Arena, parse};

    #[test]
    fn the_tree_conforms_to_what_the_validator_expects() {
        let text = jsonschema::json::conformance::document().to_string();
        let arena = Arena::default();
        let root = parse(&text, &arena).root.expect("the suite's document is JSON");
        jsonschema::json::conformance::assert_conformance::<Tree>(&&root);
    }
}
