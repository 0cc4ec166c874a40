//! The one walk over every string of a record. A code, an id or a tag has no character that a rule wants, or else the
//! record would not have been decoded. Each other string is scanned once, byte by byte, and only those rules are called
//! that want a character class it has.

use std::sync::LazyLock;

use comity_document::document::{Member, Node, Value};
use comity_document::pointer::{Path, Pointer};

use crate::dataset::EntryId;
use crate::format;
use crate::kind::Kind;
use crate::lint::{CharClasses, Check, DocumentContext, Finding, Findings, Rule, TextContext, TextRule};
use crate::schema::{self, Order, Shape};

subject! { each_text_rule {
    Text: placeholder_text invisible_character tracking_parameter markup_in_text contact_data long_quote;
    Document: wrong_script;
} }

/// The rules that see strings, collected once.
static TEXT_RULES: LazyLock<Vec<(&Rule, CharClasses, TextRule)>> = LazyLock::new(|| {
    let text = |(rule, check): &(&'static Rule, Check)| {
        if let Check::Text(wanted, check) = check { Some((*rule, *wanted, *check)) } else { None }
    };
    super::RULES.iter().filter_map(text).collect()
});

/// Calls the text rules for every string of a record. Returns whether all entries, keys, texts and numbers are known to
/// be in the order and the form that `comity fmt` writes.
pub(crate) fn walk(context: &DocumentContext<'_>, out: &mut Vec<Finding>) -> bool {
    let kind = context.record.kind();
    let root = schema::shape(kind);
    let mut walk = StringWalk { entry: context.entry, kind, root, rules: &TEXT_RULES, ordered: true, said: false, out };
    walk.node(context.root, Some(root), &Path::Root);
    walk.ordered
}

struct StringWalk<'o> {
    entry: EntryId,
    kind: Kind,
    root: &'static Shape,
    rules: &'static [(&'static Rule, CharClasses, TextRule)],
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
        for (rule, wanted, check) in self.rules {
            if classes.have(*wanted) {
                check(&text, &mut Findings::new(rule, self.out));
            }
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
    fn no_rule_wants_a_character_of_a_plain_text() {
        // These want the characters of plain texts, but only in a text for readers, in a quotation and in a date.
        let wanting = super::TEXT_RULES.iter().filter(|(_, wanted, _)| wanted.have(PLAIN));
        let wanting: Vec<&str> = wanting.map(|(rule, ..)| rule.code).collect();
        assert_eq!(wanting, ["placeholder-text", "long-quote", "sentinel-date"]);
        for code in Kind::ALL.into_iter().flat_map(|kind| codes(schema::structure(kind))) {
            assert!(is_plain(code), "{code}");
        }
        let mut formats = Vec::new();
        for kind in Kind::ALL {
            each_shape(schema::shape(kind), &mut |shape| formats.extend(shape.is_plain.then_some(shape.format)));
        }
        formats.retain(|format| !format.is_empty());
        formats.sort_unstable();
        formats.dedup();
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
