//! The one walk over every string of a record. The schema admits only plain characters in a code, an id or a tag, and no
//! rule wants them there. Each other string is scanned once, byte by byte, and only the rules are called whose filter lets
//! its characters and its format through.

mod by_language;
mod dispatch;

use comity_document::document::{Member, Node, Value};
use comity_document::pointer::{Path, Pointer};

use crate::dataset::EntryId;
use crate::format;
use crate::kind::Kind;
use crate::lint::{CharClasses, DocumentContext, Finding, Findings, Severity, TextContext};
use crate::schema::{self, Order, Shape};
use crate::value::{StringFormat as _, Text};
use dispatch::{TEXT_RULES, TextRules};

subject! { each_text_rule {
    Text: placeholder_text garbled_text invisible_character tracking_parameter dead_end_address;
    Text: markup_in_text contact_data;
    Document: long_quote wrong_script wrong_language;
} }

/// Calls the text rules for every string of a record. Returns whether all entries, keys, texts and numbers are known to
/// be in the order and the form that `comity fmt` writes.
pub(crate) fn walk(context: &DocumentContext<'_>, out: &mut Vec<Finding>) -> bool {
    let kind = context.record.kind();
    let root = schema::shape(kind);
    let mut walk = StringWalk { entry: context.entry, kind, root, rules: &TEXT_RULES, ordered: true, said: false, out };
    walk.node(context.root, Some(root), &Path::Root);
    walk.ordered
}

/// Reports what no text of a record may have, in a text that stands beside the records and is for the same readers. Gives
/// the findings of the rules that are errors; their places are none of a record.
pub fn over_text(text: &str, out: &mut Vec<Finding>) {
    let classes = CharClasses::of(text);
    let at = Path::Root.key("title");
    let text = TextContext { entry: EntryId::GONE, kind: Kind::Source, at: &at, text, classes, format: Text::FORMAT };
    for (rule, check) in TEXT_RULES.of(classes, Text::FORMAT).filter(|(rule, _)| rule.severity == Severity::Error) {
        check(&text, &mut Findings::new(rule, out));
    }
}

struct StringWalk<'o> {
    entry: EntryId,
    kind: Kind,
    root: &'static Shape,
    rules: &'static TextRules,
    ordered: bool,
    /// Whether the walk is inside `says`, where keys may stand in any order.
    said: bool,
    out: &'o mut Vec<Finding>,
}

impl StringWalk<'_> {
    fn node(&mut self, node: &Node<'_>, shape: Option<&'static Shape>, at: &Path<'_>) {
        match &node.value {
            // What a source says is not decoded, so that it may be anything.
            Value::String(_) if shape.is_some_and(|shape| shape.is_plain) && !self.said => {}
            Value::String(text) => self.text(text, shape, at),
            Value::Object(members) => self.object(members, shape, at),
            Value::Array(items) => {
                let each = shape.and_then(|shape| shape.each.as_deref());
                items.iter().enumerate().for_each(|(index, item)| self.node(item, each, &at.index(index)));
            }
            Value::Number(raw) => self.ordered &= format::number(raw) == *raw,
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn object(&mut self, members: &[Member<'_>], shape: Option<&'static Shape>, at: &Path<'_>) {
        let said = matches!(at, Path::Key(Path::Key(Path::Key(Path::Root, "evidence"), _), "says"));
        let mut keys = Keys { shape, next: 0, before: None };
        for member in members {
            let (below, ordered) = keys.step(member.key);
            self.ordered &= if self.said { format::is_nfc(member.key) } else { ordered };
            if said {
                self.said = true;
                let field = Pointer::parse(member.key).and_then(|field| self.root.at(&field));
                self.node(&member.value, field, &at.key(member.key));
                self.said = false;
            } else {
                self.node(&member.value, below, &at.key(member.key));
            }
        }
    }

    #[inline(never)]
    fn text(&mut self, text: &str, shape: Option<&'static Shape>, at: &Path<'_>) {
        let classes = CharClasses::of(text);
        self.ordered &= !classes.have(CharClasses::UNCOMMON) || format::is_nfc(text);
        let format = shape.map_or("", |shape| shape.format);
        let text = TextContext { entry: self.entry, kind: self.kind, at, text, classes, format };
        for (rule, check) in self.rules.of(classes, format) {
            check(&text, &mut Findings::new(rule, self.out));
        }
    }
}

/// The keys of one object, in the order of the walk.
struct Keys<'t> {
    shape: Option<&'static Shape>,
    next: usize,
    before: Option<(usize, &'t str)>,
}

impl<'t> Keys<'t> {
    /// The schema of the value under the next key, and whether the key is in order.
    fn step(&mut self, key: &'t str) -> (Option<&'static Shape>, bool) {
        let Some(shape) = self.shape else { return (None, format::is_nfc(key)) };
        if shape.order == Order::Fields {
            let behind = shape.field_behind(&mut self.next, key);
            return (behind.or_else(|| shape.field(key)), behind.is_some());
        }
        let rank = Some(shape.rank(key));
        let before = std::mem::replace(&mut self.before, rank);
        (shape.field(key), before <= rank && format::is_nfc(key))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::kind::Kind;
    use crate::lint::CharClasses;
    use crate::schema::{self, Shape};
    use crate::value;

    /// The characters of plain texts.
    const PLAIN: CharClasses = CharClasses::LETTER.or(CharClasses::DIGIT).or(CharClasses::OTHER);

    fn each_shape(shape: &'static Shape, visit: &mut impl FnMut(&'static Shape)) {
        visit(shape);
        let below = shape.fields.iter().map(|(_, field)| field).chain(shape.each.as_deref());
        below.for_each(|below| each_shape(below, visit));
    }

    fn is_plain(text: &str) -> bool {
        CharClasses::of(text) | PLAIN == PLAIN
    }

    fn codes(schema: &Value) -> Vec<&str> {
        let own = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let below: Vec<&Value> = match schema {
            Value::Object(members) => members.values().collect(),
            Value::Array(items) => items.iter().collect(),
            _ => Vec::new(),
        };
        own.chain(below.into_iter().flat_map(codes)).collect()
    }

    #[test]
    fn no_rule_sees_a_plain_text() {
        for code in Kind::ALL.into_iter().flat_map(|kind| codes(schema::structure(kind))) {
            assert!(is_plain(code), "{code}");
        }
        let mut formats = Vec::new();
        for kind in Kind::ALL {
            each_shape(schema::shape(kind), &mut |shape| formats.extend(shape.is_plain.then_some(shape.format)));
        }
        formats.sort_unstable();
        formats.dedup();
        for set in CharClasses::all().filter(|set| *set | PLAIN == PLAIN) {
            for format in &formats {
                let wanting: Vec<&str> = super::TEXT_RULES.of(set, format).map(|(rule, _)| rule.code).collect();
                assert!(wanting.is_empty(), "{wanting:?} want {set:?} in `{format}`");
            }
        }
        formats.retain(|format| !format.is_empty());
        assert!(formats.len() > 2, "{formats:?}");
        for format in formats {
            let examples = schema_examples(format);
            assert!(!examples.is_empty(), "{format}");
            let format = value::format(format).expect("a format");
            let odd = ('\0'..='\u{ff}').filter(|c| !is_plain(&c.to_string()));
            for c in odd {
                for text in &examples {
                    for at in 0..=text.len() {
                        let text = format!("{}{c}{}", &text[..at], &text[at..]);
                        assert!(!(format.admit)(&text), "{text:?} is a {}", format.name);
                    }
                }
            }
        }
    }

    /// The examples of a format in the schemas.
    fn schema_examples(format: &str) -> Vec<&'static str> {
        fn find(schema: &'static Value, format: &str, found: &mut Vec<&'static str>) {
            if schema["format"] == format {
                found.extend(schema["examples"].as_array().into_iter().flatten().filter_map(Value::as_str));
            }
            match schema {
                Value::Object(members) => members.values().for_each(|part| find(part, format, found)),
                Value::Array(items) => items.iter().for_each(|part| find(part, format, found)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        Kind::ALL.into_iter().for_each(|kind| find(schema::structure(kind), format, &mut found));
        found.sort_unstable();
        found.dedup();
        found
    }
}
