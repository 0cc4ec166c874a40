//! The text of one record, read again to locate findings and the bytes that fixes change.

use comity_document::document::{self, Arena, Node, Part, Value};
use comity_document::input::{LineIndex, Origin};
use comity_document::pointer::{Pointer, Span};

use super::{Edit, Edits, Quoted};
use crate::dataset::Entry;
use crate::lint::{Change, Fix, Place};

/// The parsed text of one record.
pub(super) struct SourceText<'t> {
    text: &'t str,
    origin: Origin,
    is_line: bool,
    tree: Option<Node<'t>>,
    places: LineIndex<'t>,
}

impl<'t> SourceText<'t> {
    pub(super) fn of(text: &'t str, arena: &'t Arena, entry: &Entry, is_line: bool) -> Self {
        let tree = document::parse(text, arena).root;
        Self { text, origin: entry.origin, is_line, tree, places: LineIndex::of(text) }
    }

    pub(super) fn quoted(&self, place: &Place, excerpt: usize) -> Option<Quoted> {
        let span = on_characters(self.text, self.span(place)?);
        let position = |byte| self.places.position(&self.origin, byte);
        Some(Quoted { excerpt, span, start: position(span.start), end: position(span.end) })
    }

    fn span(&self, place: &Place) -> Option<Span> {
        match place {
            Place::Gone(_) => None,
            // For a record on a line, the beginning of the line stands for the file.
            Place::File => self.is_line.then(|| Span::new(0, 0)),
            Place::Bytes(span) => Some(*span),
            Place::Key(pointer) => self.tree.as_ref()?.locate(pointer, Part::Key),
            Place::Value(pointer) => self.tree.as_ref()?.at(pointer).map(opening),
            Place::Within(pointer, within) => {
                self.tree.as_ref()?.at(pointer).map(|node| node.inside(*within, self.text))
            }
        }
    }

    pub(super) fn edits(&self, fix: Fix) -> Option<Edits> {
        let edits = fix.changes.iter().map(|change| self.edit(change)).collect::<Option<Vec<_>>>()?;
        Some(Edits { what: fix.what, safe: fix.safe, edits })
    }

    fn edit(&self, change: &Change) -> Option<Edit> {
        let tree = self.tree.as_ref();
        let (span, text) = match change {
            Change::Bytes { at, with } => (*at, with.clone()),
            // Two entries under one key would be worse than a wrong key.
            Change::Rename { at, to } if tree?.at(&at.parent()?)?.get(to).is_some() => return None,
            Change::Rename { at, to } => {
                (tree?.locate(at, Part::Key)?, serde_json::Value::from(to.as_str()).to_string())
            }
            Change::Replace { at, with } => (tree?.at(at)?.span, with.to_string()),
            Change::Remove { at } => (removal(tree?, at)?, String::new()),
        };
        let offset = self.origin.offset;
        Some(Edit { start: offset + u64::from(span.start), end: offset + u64::from(span.end), text })
    }
}

/// The span to show for a value: of an object or a list, the opening bracket.
fn opening(node: &Node<'_>) -> Span {
    match node.value {
        Value::Array(_) | Value::Object(_) => Span { end: node.span.start + 1, ..node.span },
        _ => node.span,
    }
}

/// Widens a span to whole characters inside the text, as the renderer of excerpts requires.
fn on_characters(text: &str, span: Span) -> Span {
    let down =
        |byte: u32| (0..=(byte as usize).min(text.len())).rev().find(|byte| text.is_char_boundary(*byte)).unwrap_or(0);
    let start = down(span.start);
    let end = (span.end as usize..=text.len()).find(|byte| text.is_char_boundary(*byte)).unwrap_or(text.len());
    Span::new(start, end.max(start))
}

/// The bytes to remove with an entry, including its comma. The last entry of a collection takes the field with it,
/// since an empty collection means nothing.
fn removal(tree: &Node<'_>, at: &Pointer) -> Option<Span> {
    let parent = at.parent()?;
    let last = at.tokens().last()?;
    // Spans are computed only for the entry and its neighbour: thousands of entries may be removed from one list.
    let (length, index, span): (usize, usize, &dyn Fn(usize) -> Span) = match &tree.at(&parent)?.value {
        Value::Object(members) => {
            let index = members.iter().position(|member| member.key == last)?;
            (members.len(), index, &|i| Span { start: members[i].key_span.start, end: members[i].value.span.end })
        }
        Value::Array(items) => (items.len(), last.parse().ok().filter(|i| *i < items.len())?, &|i| items[i].span),
        _ => return None,
    };
    Some(match (length, index + 1 < length) {
        (1, _) => return removal(tree, &parent),
        (_, true) => Span { start: span(index).start, end: span(index + 1).start },
        (_, false) => Span { start: span(index - 1).end, end: span(index).end },
    })
}

#[cfg(test)]
mod tests {
    use comity_document::at;

    use super::*;

    fn without(text: &str, at: &Pointer) -> String {
        let arena = Arena::default();
        let document = document::parse(text, &arena);
        let span = removal(document.root.as_ref().expect("JSON"), at).expect("an entry");
        let mut out = text.to_owned();
        out.replace_range(span.range(), "");
        out
    }

    #[test]
    fn an_entry_leaves_with_its_comma_and_an_empty_collection_with_its_field() {
        let text = r#"{ "a": [1, 2, 3], "b": { "c": 1 }, "d": 0 }"#;
        assert_eq!(without(text, &at!["a", "1"]), r#"{ "a": [1, 3], "b": { "c": 1 }, "d": 0 }"#);
        assert_eq!(without(text, &at!["a", "2"]), r#"{ "a": [1, 2], "b": { "c": 1 }, "d": 0 }"#);
        assert_eq!(without(text, &at!["b", "c"]), r#"{ "a": [1, 2, 3], "d": 0 }"#);
        assert_eq!(without(text, &at!["d"]), r#"{ "a": [1, 2, 3], "b": { "c": 1 } }"#);
    }

    #[test]
    fn spans_are_made_to_lie_on_characters() {
        let text = "aé𝒳";
        for (start, end) in [(0, 2), (2, 3), (4, 99), (99, 100), (0, 0)] {
            let span = on_characters(text, Span { start, end });
            assert!(text.get(span.range()).is_some(), "{start}..{end} became {span:?}");
        }
    }
}
