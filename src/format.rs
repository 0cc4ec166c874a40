//! The canonical form of a record: keys in the schema's order, two spaces, NFC, a newline at the end. The same layout
//! that `JSON.stringify(record, null, 2)`, `jq` and Python's `json.dumps(indent=2)` write, so that any tool can make it.

use std::borrow::Cow;

use comity_document::document::{self, Arena, Member, Node, Value};
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::dataset::File;
use crate::kind::Kind;
use crate::schema::{self, Shape};
use crate::value::{Id, Shaped, is_common};

/// How a record is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout<'a> {
    /// A file of its own, with `$schema`, `kind` and `id`; the number of folders between it and the dataset's folder.
    File {
        /// The id its name gives.
        id: &'a str,
        /// How many folders lie between it and the dataset's root.
        depth: usize,
    },
    /// One line among others.
    Line,
}

impl<'a> Layout<'a> {
    /// The layout of the records in a file.
    pub fn of(file: &'a File) -> Self {
        match (&file.stem, file.kind) {
            (Some(id), Some(_)) => Self::File { id, depth: file.depth },
            _ => Self::Line,
        }
    }
}

/// A record's text in canonical form.
///
/// # Errors
/// Why it cannot be laid out: it is not JSON, or of no known kind, or a value would be lost.
pub fn laid_out(file: &File, text: &str) -> Result<String, &'static str> {
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let root =
        document.root.as_ref().filter(|_| document.faults.is_empty()).ok_or("not JSON; `comity check` says more")?;
    let own = root.get("kind").and_then(Node::as_str).and_then(Kind::parse);
    let kind = file.kind.or(own).ok_or("of no known kind; `comity check` says more")?;
    let canonical = canonical(kind, root, Layout::of(file));
    let again = document::parse(&canonical, &arena);
    let kept = again.root.as_ref().is_some_and(|again| keeps(root, again, true));
    if kept { Ok(canonical) } else { Err("formatting would change a value; nothing was written") }
}

/// Whether a value is the same after formatting: texts up to composition, numbers up to their writing, and at the root
/// the fields that formatting adds.
fn keeps(before: &Node<'_>, after: &Node<'_>, root: bool) -> bool {
    match (&before.value, &after.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b || a.parse::<f64>().ok() == b.parse::<f64>().ok(),
        (Value::String(a), Value::String(b)) => nfc(a) == *b,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(*b).all(|(a, b)| keeps(a, b, false)),
        (Value::Object(a), Value::Object(b)) => {
            let added = b
                .iter()
                .filter(|m| root && matches!(m.key, "$schema" | "kind" | "id") && before.get(m.key).is_none())
                .count();
            a.len() + added == b.len()
                && a.iter().all(|m| after.get(&nfc(m.key)).is_some_and(|value| keeps(&m.value, value, false)))
        }
        _ => false,
    }
}

/// The record's text in canonical form. Unknown fields stay, behind the known ones.
pub fn canonical(kind: Kind, root: &Node<'_>, layout: Layout<'_>) -> String {
    let mut writer =
        Writer { out: String::with_capacity(2048), indented: matches!(layout, Layout::File { .. }), depth: 0 };
    let head = match layout {
        Layout::File { id, depth } => placed(kind, root, id, depth),
        Layout::Line => Vec::new(),
    };
    writer.object(&head, root.members(), Some(schema::shape(kind)));
    writer.out.push('\n');
    writer.out
}

/// Whether every field that follows from the path is there.
pub(crate) fn is_placed(kind: Kind, root: &Node<'_>, layout: Layout<'_>) -> bool {
    match layout {
        Layout::File { id, depth } => placed(kind, root, id, depth).is_empty(),
        Layout::Line => true,
    }
}

/// The fields that follow from the path, where the record does not have them yet. A name that is no id gives none.
fn placed(kind: Kind, root: &Node<'_>, id: &str, depth: usize) -> Vec<(&'static str, String)> {
    let value = |field| match field {
        "$schema" => Some(format!("{}schema/{kind}.schema.json", "../".repeat(depth + 1))),
        "kind" => Some(kind.name().to_owned()),
        _ => Id::parse(id).is_ok().then(|| id.to_owned()),
    };
    let absent = ["$schema", "kind", "id"].into_iter().filter(|field| root.get(field).is_none());
    absent.filter_map(|field| Some((field, value(field)?))).collect()
}

/// A text in Unicode's composed normal form.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { text.into() } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// Whether a text is in that form.
pub(crate) fn is_nfc(text: &str) -> bool {
    text.is_ascii() || is_common(text) || ComposingNormalizerBorrowed::new_nfc().is_normalized(text)
}

/// A text in quotation marks, as JSON writes it.
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

/// A whole number has no fraction and no exponent; all others stay as they are.
pub(crate) fn number(raw: &str) -> Cow<'_, str> {
    let whole = raw.contains(['.', 'e', 'E']).then(|| raw.parse::<f64>().ok()).flatten();
    match whole.filter(|n| n.fract() == 0.0 && n.abs() < 1e15) {
        Some(whole) => format!("{whole:.0}").replace("-0", "0").into(),
        None => raw.into(),
    }
}

struct Writer {
    out: String,
    indented: bool,
    depth: usize,
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

    fn object(&mut self, head: &[(&str, String)], members: &[Member<'_>], shape: Option<&Shape>) {
        if head.is_empty() && members.is_empty() {
            self.out.push_str("{}");
            return;
        }
        self.out.push('{');
        self.depth += 1;
        let mut first = true;
        let mut entries: Vec<Entry<'_, '_>> = Vec::with_capacity(head.len() + members.len());
        entries.extend(head.iter().map(|(key, text)| Entry {
            rank: rank(shape, key),
            key,
            value: Written::Text(text),
        }));
        entries.extend(members.iter().map(|m| Entry {
            rank: rank(shape, m.key),
            key: m.key,
            value: Written::Node(&m.value),
        }));
        if !entries.is_sorted_by_key(|entry| entry.rank) {
            entries.sort_by_key(|entry| entry.rank);
        }
        for entry in &entries {
            self.between(&mut first);
            self.string(entry.key);
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

struct Entry<'n, 't> {
    rank: (usize, &'n str),
    key: &'n str,
    value: Written<'n, 't>,
}

fn rank<'k>(shape: Option<&Shape>, key: &'k str) -> (usize, &'k str) {
    shape.map_or((0, ""), |shape| shape.rank(key))
}

#[cfg(test)]
mod tests {
    use comity_document::document::{Arena, parse};

    use super::*;

    fn written(text: &str, layout: Layout<'_>) -> String {
        canonical(Kind::Event, parse(text, &Arena::default()).root.as_ref().expect("JSON"), layout)
    }

    #[test]
    fn fields_and_steps_and_languages_stand_in_order() {
        let text = r#"{"zzz":1,"status":"held","when":"2019","names":{"ar":"x","en":"y"},"type":"visit"}"#;
        let expected = r#"{"names":{"en":"y","ar":"x"},"type":"visit","when":"2019","status":"held","zzz":1}"#;
        assert_eq!(written(text, Layout::Line), format!("{expected}\n"));
        let arena = Arena::default();
        let history = parse(r#"{"history":{"completed":"2014","ongoing":"1999"}}"#, &arena);
        let root = history.root.as_ref().expect("JSON");
        assert_eq!(
            canonical(Kind::Activity, root, Layout::Line),
            "{\"history\":{\"ongoing\":\"1999\",\"completed\":\"2014\"}}\n"
        );
    }

    #[test]
    fn a_file_gets_what_its_path_says() {
        let text = written(r#"{"names":{"en":"A"}}"#, Layout::File { id: "abc", depth: 2 });
        let expected = "{\n  \"$schema\": \"../../../schema/event.schema.json\",\n  \"kind\": \"event\",\n  \"id\": \"abc\",\n  \"names\": {\n    \"en\": \"A\"\n  }\n}\n";
        assert_eq!(text, expected);
        assert_eq!(
            written(&text, Layout::File { id: "abc", depth: 2 }),
            text,
            "canonical form is its own canonical form"
        );
    }

    #[test]
    fn a_name_that_is_no_id_is_not_written_into_the_record() {
        assert!(!written("{}", Layout::File { id: "No Id", depth: 1 }).contains("\"id\""));
    }

    #[test]
    fn texts_are_composed_and_whole_numbers_plain() {
        let text = written(
            "{\"a\":[\"e\\u0301 \\\"x\\\"\\n\",1.0,1e2,-0.0,2.50,1e400000],\"b\":{}}".replace(",1e400000", "").as_str(),
            Layout::Line,
        );
        assert_eq!(text, "{\"a\":[\"é \\\"x\\\"\\n\",1,100,0,2.50],\"b\":{}}\n");
    }
}
