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
    let mut written = Written { text, bytes: text.as_bytes(), at: 0, indented, depth: 0, composed };
    let end = if indented { "\n" } else { "" };
    let whole = root.span.start == 0 && written.node(root, Some(schema::shape(kind)));
    whole && text[written.at..] == *end
}

/// A text, up to which byte it is known to be in canonical form, and how deep inside brackets that byte stands.
struct Written<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    indented: bool,
    depth: usize,
    composed: bool,
}

impl Written<'_> {
    /// Whether a value is written as it should be, from its first byte to its last.
    fn node(&mut self, node: &Node<'_>, shape: Option<&Shape>) -> bool {
        let written = match &node.value {
            Value::Null | Value::Bool(_) => true,
            Value::Number(raw) => number(raw) == *raw,
            Value::String(text) => self.string(text, node.span, self.composed),
            Value::Array(items) => self.array(node, items, shape.and_then(|shape| shape.each.as_deref())),
            Value::Object(members) => self.object(node, members, shape),
        };
        self.at = node.span.end as usize;
        written
    }

    fn object(&mut self, node: &Node<'_>, members: &[Member<'_>], shape: Option<&Shape>) -> bool {
        self.at = node.span.start as usize + 1;
        let mut next = 0;
        let mut before = None;
        self.depth += 1;
        for (index, member) in members.iter().enumerate() {
            let fields = shape.filter(|shape| shape.order == Order::Fields);
            let below = match fields {
                Some(fields) => fields.field_behind(&mut next, member.key),
                None => shape.and_then(|shape| shape.field(member.key)),
            };
            let rank = shape.filter(|_| fields.is_none()).map(|shape| shape.rank(member.key));
            let ordered = if fields.is_some() { below.is_some() } else { before <= rank };
            // The names of fields are composed.
            let written = ordered
                && self.entry(index == 0, member.key_span.start)
                && self.string(member.key, member.key_span, fields.is_some())
                && self.colon(member.key_span.end, member.value.span.start)
                && self.node(&member.value, below);
            if !written {
                return false;
            }
            before = rank;
        }
        self.depth -= 1;
        self.closed(members.is_empty(), node.span)
    }

    fn array(&mut self, node: &Node<'_>, items: &[Node<'_>], each: Option<&Shape>) -> bool {
        self.at = node.span.start as usize + 1;
        self.depth += 1;
        for (index, item) in items.iter().enumerate() {
            if !(self.entry(index == 0, item.span.start) && self.node(item, each)) {
                return false;
            }
        }
        self.depth -= 1;
        self.closed(items.is_empty(), node.span)
    }

    /// Whether an entry that begins there follows the one before, or the opening bracket, as it should.
    fn entry(&self, first: bool, start: u32) -> bool {
        if first {
            return self.line(self.at, start as usize);
        }
        self.bytes.get(self.at) == Some(&b',') && self.line(self.at + 1, start as usize)
    }

    /// Whether a value follows its key as it should. Between the two the parser has met one colon, and white space.
    fn colon(&self, from: u32, to: u32) -> bool {
        let (from, to) = (from as usize, to as usize);
        if self.indented { to == from + 2 && self.bytes[from + 1] == b' ' } else { to == from + 1 }
    }

    /// Whether the closing bracket, the last byte of a value, follows the last entry as it should.
    fn closed(&self, empty: bool, span: Span) -> bool {
        let end = span.end as usize - 1;
        if empty { self.at == end } else { self.line(self.at, end) }
    }

    /// Whether these bytes are what stands between two lines of this depth.
    fn line(&self, from: usize, to: usize) -> bool {
        if !self.indented {
            return from == to;
        }
        let spaces = || self.bytes[from + 1..to].iter().all(|byte| *byte == b' ');
        to == from + 1 + 2 * self.depth && self.bytes[from] == b'\n' && spaces()
    }

    /// A string that was written without an escape is written as it should be, if it is composed.
    fn string(&self, text: &str, span: Span, composed: bool) -> bool {
        let plain = span.range().len() == text.len() + 2;
        if plain && (composed || is_nfc(text)) {
            return true;
        }
        let mut canonical = String::with_capacity(text.len() + 8);
        quoted(&nfc(text), &mut canonical);
        self.text[span.range()] == canonical
    }
}
