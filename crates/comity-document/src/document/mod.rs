//! Text to tree, with a span on every node. Faults are values; there is a tree whenever every value in it is beyond doubt.

mod arena;
mod de;
mod decimal;
mod fault;
mod guess;
mod guess_whole;
mod inside;
mod layout;
mod parse;
mod tree;

pub use arena::Arena;
pub use de::{DecodeError, FieldReader};
pub use decimal::Decimal;
pub use fault::{Bracket, Expected, Fault, FaultKind, LinePrefix};
pub use layout::Layout;
pub use parse::{DEPTH, FAULTS, MEMBERS, VALUES, parse};
pub(crate) use tree::Tree;

use crate::pointer::{Pointer, Span};

/// A parsed text.
#[derive(Debug)]
#[non_exhaustive]
pub struct Document<'t> {
    /// The tree; absent when a fault leaves a value in doubt.
    pub root: Option<Node<'t>>,
    /// The faults of the text, in text order. [`FaultKind::spares_the_tree`] says which of them leave a tree.
    pub faults: Vec<Fault>,
    /// How the text is laid out.
    pub layout: Layout,
}

/// A value and its place in the text.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    /// From the first byte of the value to its last.
    pub span: Span,
    /// The value.
    pub value: Value<'t>,
}

/// A JSON value. Strings without escapes borrow from the text, everything else from the arena; numbers stay as written.
#[derive(Debug, Clone, Copy)]
pub enum Value<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written; as a double it is finite.
    Number(&'t str),
    /// A string, with its escapes resolved.
    String(&'t str),
    /// A list.
    Array(&'t [Node<'t>]),
    /// An object, in the order written; a repeated key is left out (see [`FaultKind::DuplicateKey`]).
    Object(&'t [Member<'t>]),
}

/// One key of an object with its value.
#[derive(Debug, Clone, Copy)]
pub struct Member<'t> {
    /// The key, with its escapes resolved.
    pub key: &'t str,
    /// The span of the key, quotation marks included.
    pub key_span: Span,
    /// The value.
    pub value: Node<'t>,
}

/// Which part of a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key of a value.
    Key,
    /// The value.
    Value,
}

impl<'t> Node<'t> {
    /// The value under a key of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The members of an object; none for any other value.
    pub fn members(&self) -> &[Member<'t>] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    /// The text of a string; `None` for any other value.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The node at a pointer.
    pub fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.tokens().try_fold(self, |node, token| node.step(&token).map(|(_, below)| below))
    }

    /// The span of the value at a pointer, or of its key. A list item has no key: both parts are the item.
    pub fn locate(&self, pointer: &Pointer, part: Part) -> Option<Span> {
        let mut here = (None, self);
        for token in pointer.tokens() {
            here = here.1.step(&token)?;
        }
        Some(match (part, here) {
            (Part::Key, (Some(key), _)) => key,
            (_, (_, node)) => node.span,
        })
    }

    fn step(&self, token: &str) -> Option<(Option<Span>, &Self)> {
        match &self.value {
            Value::Object(members) => members.iter().find(|m| m.key == token).map(|m| (Some(m.key_span), &m.value)),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?).map(|item| (None, item)),
            _ => None,
        }
    }

    /// Where part of a string's value, given in bytes of the value, stands in `text`, which the node was parsed from. For
    /// any other value, the span of the value.
    pub fn inside(&self, within: Span, text: &str) -> Span {
        match self.value {
            Value::String(_) => inside::inside(&text[self.span.range()], within, self.span),
            _ => self.span,
        }
    }

    /// The value as a `serde_json::Value`.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::String(text) => (*text).into(),
            Value::Number(number) => serde_json::from_str(number).unwrap_or_default(),
            Value::Array(items) => items.iter().map(Node::to_json).collect(),
            Value::Object(members) => members.iter().map(|m| (m.key.to_owned(), m.value.to_json())).collect(),
        }
    }
}
