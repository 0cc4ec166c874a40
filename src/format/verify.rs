//! Whether a text is in canonical form already. Nearly every record is, so that the form itself is not made: the walk
//! steps over the text as it stands, token by token, and ends at the first that is written otherwise.

use comity_document::document::{Member, Node, Value};
use comity_document::pointer::Span;

use super::{Layout, is_nfc, nfc, number, placed, quoted};
use crate::kind::Kind;
use crate::schema::{self, Order, Shape};

/// Whether [`canonical`](super::canonical) would give this very text, of which `root` is the tree. `composed` says that
/// all values in it are known to be in composed normal form.
pub fn is_canonical(kind: Kind, root: &Node<'_>, layout: Layout<'_>, text: &str, composed: bool) -> bool {
    let indented = matches!(layout, Layout::File { .. });
    if let Layout::File { id, depth } = layout
        && !placed(kind, root, id, depth).is_empty()
    {
        return false;
    }
    let mut written = Written { text, at: 0, indented, depth: 0, composed };
    let end = if indented { "\n" } else { "" };
    written.object(root.members(), Some(schema::shape(kind))) && written.token(end) && written.at == text.len()
}

/// A text, up to which byte it is known to be in canonical form, and how deep inside brackets that byte stands.
struct Written<'t> {
    text: &'t str,
    at: usize,
    indented: bool,
    depth: usize,
    composed: bool,
}

impl Written<'_> {
    fn node(&mut self, node: &Node<'_>, shape: Option<&Shape>) -> bool {
        match &node.value {
            Value::Null => self.token("null"),
            Value::Bool(true) => self.token("true"),
            Value::Bool(false) => self.token("false"),
            Value::Number(raw) => self.token(&number(raw)),
            Value::String(text) => self.string(text, node.span, self.composed),
            Value::Array(items) => self.array(items, shape.and_then(|shape| shape.each.as_deref())),
            Value::Object(members) => self.object(members, shape),
        }
    }

    fn object(&mut self, members: &[Member<'_>], shape: Option<&Shape>) -> bool {
        if members.is_empty() {
            return self.token("{}");
        }
        let mut next = 0;
        let mut before: Option<&str> = None;
        self.depth += 1;
        for member in members {
            let opened = self.token(if before.is_some() { "," } else { "{" });
            let placed = opened && self.line() && self.string(member.key, member.key_span, false);
            if !placed || !self.token(if self.indented { ": " } else { ":" }) {
                return false;
            }
            let (ordered, below) = match shape {
                Some(shape) if shape.order == Order::Fields => {
                    let below = shape.field_behind(&mut next, member.key);
                    (below.is_some(), below)
                }
                Some(shape) => {
                    let ordered = before.is_none_or(|before| shape.rank(before) <= shape.rank(member.key));
                    (ordered, shape.field(member.key))
                }
                None => (true, None),
            };
            if !ordered || !self.node(&member.value, below) {
                return false;
            }
            before = Some(member.key);
        }
        self.depth -= 1;
        self.line() && self.token("}")
    }

    fn array(&mut self, items: &[Node<'_>], each: Option<&Shape>) -> bool {
        if items.is_empty() {
            return self.token("[]");
        }
        self.depth += 1;
        for (index, item) in items.iter().enumerate() {
            if !(self.token(if index > 0 { "," } else { "[" }) && self.line() && self.node(item, each)) {
                return false;
            }
        }
        self.depth -= 1;
        self.line() && self.token("]")
    }

    fn line(&mut self) -> bool {
        if !self.indented {
            return true;
        }
        let (start, end) = (self.at + 1, self.at + 1 + 2 * self.depth);
        let spaces = self.text.as_bytes().get(start..end).is_some_and(|spaces| spaces.iter().all(|byte| *byte == b' '));
        spaces && self.token("\n") && {
            self.at = end;
            true
        }
    }

    /// A string that was written without an escape is written as it should be, if it is composed.
    fn string(&mut self, text: &str, span: Span, composed: bool) -> bool {
        if span.start as usize != self.at {
            return false;
        }
        let plain = span.range().len() == text.len() + 2;
        if plain && (composed || is_nfc(text)) {
            self.at = span.end as usize;
            return true;
        }
        let mut canonical = String::with_capacity(text.len() + 8);
        quoted(&nfc(text), &mut canonical);
        self.token(&canonical)
    }

    fn token(&mut self, token: &str) -> bool {
        let here = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(token.as_bytes()));
        self.at += token.len();
        here
    }
}
