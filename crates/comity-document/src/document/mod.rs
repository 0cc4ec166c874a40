//! Text to tree, with a span on every node. Faults are values, and a tree is there whenever one can be trusted.

mod arena;
mod de;
mod decimal;
mod fault;
mod guess;
mod inside;
mod layout;
mod parse;
mod tree;

pub use arena::Arena;
pub use de::{DecodeError, FieldReader};
pub use decimal::Decimal;
pub use fault::{Bracket, Expected, Fault, What};
pub use layout::Layout;
pub use parse::{DEPTH, FAULTS, MEMBERS, VALUES, parse};
pub use tree::Tree;

use crate::pointer::{Pointer, Span};

/// A parsed text.
#[derive(Debug)]
pub struct Document<'t> {
    /// The tree; absent when a fault leaves its value in doubt.
    pub root: Option<Node<'t>>,
    /// What was wrong with the text, in its order. A stray comma does not cost the tree; a missing bracket does.
    pub faults: Vec<Fault>,
    /// How it is laid out.
    pub writing: Layout,
}

/// A value and the bytes it was written with.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    /// From the first byte of the value to its last.
    pub span: Span,
    /// The value.
    pub value: Value<'t>,
}

/// A JSON value. Strings without escapes are those of the text, all else lies in the arena; numbers stay as written.
#[derive(Debug, Clone, Copy)]
pub enum Value<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written; always a finite double.
    Number(&'t str),
    /// A string, its escapes resolved.
    String(&'t str),
    /// A list.
    Array(&'t [Node<'t>]),
    /// An object, in the order written; of two equal keys only the first is here.
    Object(&'t [Member<'t>]),
}

/// One key of an object with its value.
#[derive(Debug, Clone, Copy)]
pub struct Member<'t> {
    /// The key, its escapes resolved.
    pub key: &'t str,
    /// The key as written, quotation marks included.
    pub key_span: Span,
    /// The value.
    pub value: Node<'t>,
}

/// Which part of a place to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key under which a value stands.
    Key,
    /// The value.
    Value,
}

impl<'t> Node<'t> {
    /// The value under a key of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|member| member.key == key).map(|member| &member.value)
    }

    /// The keys of an object; nothing for any other value.
    pub fn members(&self) -> &[Member<'t>] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The node at a pointer.
    pub fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.tokens().try_fold(self, |node, token| node.step(&token).map(|(_, below)| below))
    }

    /// The bytes a pointer names: of the value, or of its key (a list item has none: then of the item).
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

    /// Bytes of a string's value as bytes of the text it was written in; for any other value, its own bytes.
    pub fn inside(&self, within: Span, text: &str) -> Span {
        match self.value {
            Value::String(_) => inside::inside(&text[self.span.range()], within, self.span),
            _ => self.span,
        }
    }

    /// The same value as `serde_json` has it.
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
