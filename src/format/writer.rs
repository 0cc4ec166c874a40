//! Writes values as JSON text, indented or on one line.

use comity_document::document::{Member, Node, Value};

use super::keys::written_keys;
use super::{nfc, number};
use crate::schema::Shape;

pub(super) struct Writer {
    pub(super) out: String,
    pub(super) indented: bool,
    pub(super) depth: usize,
}

impl Writer {
    fn node(&mut self, node: &Node<'_>, shape: Option<&Shape>) {
        match &node.value {
            Value::Null => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Number(raw) => self.out.push_str(&number(raw)),
            Value::String(text) => self.string(text),
            Value::Array([]) => self.out.push_str("[]"),
            Value::Array(items) => self.array(items, shape.and_then(|shape| shape.each.as_deref())),
            Value::Object(members) => self.object(&[], members, shape),
        }
    }

    pub(super) fn object(&mut self, head: &[(&str, String)], members: &[Member<'_>], shape: Option<&Shape>) {
        if head.is_empty() && members.is_empty() {
            self.out.push_str("{}");
            return;
        }
        self.out.push('{');
        self.depth += 1;
        let mut first = true;
        let keys = written_keys(members);
        let mut entries: Vec<FieldEntry<'_, '_>> = Vec::with_capacity(head.len() + members.len());
        entries.extend(head.iter().map(|(key, text)| FieldEntry {
            rank: rank(shape, key),
            key,
            value: Written::Text(text),
        }));
        entries.extend(members.iter().zip(&keys).map(|(member, key)| FieldEntry {
            rank: rank(shape, key),
            key,
            value: Written::Node(&member.value),
        }));
        if !entries.is_sorted_by_key(|entry| entry.rank) {
            entries.sort_by_key(|entry| entry.rank);
        }
        for entry in &entries {
            self.between(&mut first);
            quoted(entry.key, &mut self.out);
            self.out.push_str(if self.indented { ": " } else { ":" });
            match entry.value {
                Written::Text(text) => self.string(text),
                Written::Node(node) => self.node(node, shape.and_then(|shape| shape.field(entry.key))),
            }
        }
        self.depth -= 1;
        self.line();
        self.out.push('}');
    }

    fn array(&mut self, items: &[Node<'_>], each: Option<&Shape>) {
        self.out.push('[');
        self.depth += 1;
        let mut first = true;
        for item in items {
            self.between(&mut first);
            self.node(item, each);
        }
        self.depth -= 1;
        self.line();
        self.out.push(']');
    }

    fn between(&mut self, first: &mut bool) {
        if !std::mem::replace(first, false) {
            self.out.push(',');
        }
        self.line();
    }

    fn line(&mut self) {
        const SPACES: &str = "\n                                ";
        if self.indented {
            let width = 1 + 2 * self.depth;
            self.out.push_str(&SPACES[..width.min(SPACES.len())]);
            self.out.extend(std::iter::repeat_n(' ', width.saturating_sub(SPACES.len())));
        }
    }

    fn string(&mut self, text: &str) {
        quoted(&nfc(text), &mut self.out);
    }
}

enum Written<'n, 't> {
    Text(&'n str),
    Node(&'n Node<'t>),
}

struct FieldEntry<'n, 't> {
    rank: (usize, &'n str),
    key: &'n str,
    value: Written<'n, 't>,
}

fn rank<'k>(shape: Option<&Shape>, key: &'k str) -> (usize, &'k str) {
    shape.map_or((0, ""), |shape| shape.rank(key))
}

/// Writes a text as a JSON string.
fn quoted(text: &str, out: &mut String) {
    let plain = !text.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    if plain {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}
