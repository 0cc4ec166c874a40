//! The canonical form of a record: keys in the schema's order, two spaces, NFC, a newline at the end. Any tool can
//! write this layout: `JSON.stringify(record, null, 2)`, `jq` and Python's `json.dumps(indent=2)` do.

mod keys;
mod writer;

use std::borrow::Cow;
use std::fmt;

use comity_document::document::{self, Arena, Decimal, Node, Value};
use icu_normalizer::ComposingNormalizerBorrowed;

use self::keys::written_keys;
use self::writer::Writer;
use crate::dataset::File;
use crate::kind::Kind;
use crate::schema;
use crate::value::{Id, StringFormat, is_common, thousands};

/// The form in which a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordForm<'a> {
    /// A file of its own, with `$schema`, `kind` and `id`.
    File {
        /// The id that the file name gives.
        id: &'a str,
        /// The number of folders between the file and the dataset's root.
        depth: usize,
    },
    /// One line among others.
    Line,
}

impl<'a> RecordForm<'a> {
    /// The form of the records in a file.
    pub fn of(file: &'a File) -> Self {
        match (&file.stem, file.kind) {
            (Some(id), Some(_)) => Self::File { id, depth: file.depth },
            _ => Self::Line,
        }
    }
}

/// Why a record has no canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatError {
    /// The text is not JSON.
    NotJson,
    /// Neither the path nor the record says a kind.
    UnknownKind,
    /// The canonical form is larger than a record may be.
    TooLarge,
    /// Formatting would change a value.
    WouldChange,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "not JSON; `comity check` says more",
            Self::UnknownKind => "of no known kind; `comity check` says more",
            Self::TooLarge => "its canonical form is larger than what is read; split the record",
            Self::WouldChange => "formatting would change a value; nothing was written",
        })
    }
}

impl std::error::Error for FormatError {}

/// A record's text in canonical form.
///
/// # Errors
/// When the text is not JSON or of no known kind, when the canonical form would be larger than a record may be, and when
/// formatting would change a value.
pub fn laid_out(file: &File, text: &str) -> Result<String, FormatError> {
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let root = document.root.as_ref().filter(|_| document.faults.is_empty()).ok_or(FormatError::NotJson)?;
    let own = || root.get("kind").and_then(Node::as_str).and_then(Kind::parse);
    // A record on a line has its own kind, whatever the folder of its file.
    let kind = file.kind.filter(|_| !file.is_lines()).or_else(own).ok_or(FormatError::UnknownKind)?;
    let canonical = canonical(kind, root, RecordForm::of(file));
    let size = if file.is_lines() { canonical.trim_end().len() } else { canonical.len() };
    if size > file.limit() {
        return Err(FormatError::TooLarge);
    }
    let again = document::parse(&canonical, &arena);
    let kept = again.root.as_ref().is_some_and(|again| keeps(root, again, true));
    if kept { Ok(canonical) } else { Err(FormatError::WouldChange) }
}

/// Whether a value is the same after formatting: texts up to Unicode composition, numbers to the last digit. At the
/// root, formatting may add fields.
fn keeps(before: &Node<'_>, after: &Node<'_>, root: bool) -> bool {
    match (&before.value, &after.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => {
            a == b || Decimal::parse(a).is_some_and(|a| Some(a) == Decimal::parse(b))
        }
        (Value::String(a), Value::String(b)) => nfc(a) == *b,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(*b).all(|(a, b)| keeps(a, b, false)),
        (Value::Object(a), Value::Object(b)) => {
            let added = b
                .iter()
                .filter(|m| root && matches!(m.key, "$schema" | "kind" | "id") && before.get(m.key).is_none())
                .count();
            let kept = |key: &str, value| after.get(key).is_some_and(|after| keeps(value, after, false));
            a.len() + added == b.len() && a.iter().zip(written_keys(a)).all(|(m, key)| kept(&key, &m.value))
        }
        _ => false,
    }
}

/// The record's text in canonical form. Unknown fields are kept, after the known ones.
pub fn canonical(kind: Kind, root: &Node<'_>, layout: RecordForm<'_>) -> String {
    let mut writer =
        Writer { out: String::with_capacity(2048), indented: matches!(layout, RecordForm::File { .. }), depth: 0 };
    let head = match layout {
        RecordForm::File { id, depth } => placed(kind, root, id, depth),
        RecordForm::Line => Vec::new(),
    };
    writer.object(&head, root.members(), Some(schema::shape(kind)));
    writer.out.push('\n');
    writer.out
}

/// Whether the record has every field that follows from its path.
pub(crate) fn is_placed(kind: Kind, root: &Node<'_>, layout: RecordForm<'_>) -> bool {
    match layout {
        RecordForm::File { id, depth } => placed(kind, root, id, depth).is_empty(),
        RecordForm::Line => true,
    }
}

/// The fields that follow from the path and that the record does not have yet. A file name that is no id gives no `id`.
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

/// Whether a text is in Unicode's composed normal form.
pub(crate) fn is_nfc(text: &str) -> bool {
    text.is_ascii() || is_common(text) || ComposingNormalizerBorrowed::new_nfc().is_normalized(text)
}

/// Whole numbers below this are written without fraction and exponent: every reader's double holds them exactly.
const WHOLE: u64 = 1_000_000_000_000_000;

/// A number in canonical form: a whole number below 10^15 has no fraction, no exponent, and no sign if it is zero; any
/// other number stays as it was typed, so that no digit is lost. `12.000` stays, too, since thousands may be meant.
pub(crate) fn number(raw: &str) -> Cow<'_, str> {
    if raw != "-0" && !raw.contains(['.', 'e', 'E']) {
        return raw.into();
    }
    let whole = Decimal::parse(raw).and_then(|number| number.to_integer()).filter(|whole| whole.unsigned_abs() < WHOLE);
    let whole = whole.filter(|_| thousands(raw).is_none());
    whole.map_or(raw.into(), |whole| whole.to_string().into())
}

#[cfg(test)]
mod tests {
    use comity_document::document::{Arena, parse};

    use super::*;

    fn written(text: &str, layout: RecordForm<'_>) -> String {
        canonical(Kind::Event, parse(text, &Arena::default()).root.as_ref().expect("JSON"), layout)
    }

    #[test]
    fn fields_and_steps_and_languages_stand_in_order() {
        let text = r#"{"zzz":1,"status":"held","when":"2019","names":{"ar":"x","en":"y"},"type":"visit"}"#;
        let expected = r#"{"names":{"en":"y","ar":"x"},"type":"visit","when":"2019","status":"held","zzz":1}"#;
        assert_eq!(written(text, RecordForm::Line), format!("{expected}\n"));
        let arena = Arena::default();
        let history = parse(r#"{"history":{"completed":"2014","ongoing":"1999"}}"#, &arena);
        let root = history.root.as_ref().expect("JSON");
        assert_eq!(
            canonical(Kind::Activity, root, RecordForm::Line),
            "{\"history\":{\"ongoing\":\"1999\",\"completed\":\"2014\"}}\n"
        );
    }

    #[test]
    fn a_file_gets_what_its_path_says() {
        let text = written(r#"{"names":{"en":"A"}}"#, RecordForm::File { id: "abc", depth: 2 });
        let expected = "{\n  \"$schema\": \"../../../schema/event.schema.json\",\n  \"kind\": \"event\",\n  \"id\": \"abc\",\n  \"names\": {\n    \"en\": \"A\"\n  }\n}\n";
        assert_eq!(text, expected);
        assert_eq!(
            written(&text, RecordForm::File { id: "abc", depth: 2 }),
            text,
            "canonical form is its own canonical form"
        );
    }

    #[test]
    fn a_name_that_is_no_id_is_not_written_into_the_record() {
        assert!(!written("{}", RecordForm::File { id: "No Id", depth: 1 }).contains("\"id\""));
    }

    #[test]
    fn texts_are_composed_and_whole_numbers_plain() {
        let text = written("{\"a\":[\"e\\u0301 \\\"x\\\"\\n\",1.0,1e2,-0.0,-0,2.50],\"b\":{}}", RecordForm::Line);
        assert_eq!(text, "{\"a\":[\"é \\\"x\\\"\\n\",1,100,0,0,2.50],\"b\":{}}\n");
    }

    #[test]
    fn a_number_keeps_its_digits() {
        for (typed, formatted) in [
            ("1.0000000000000001", "1.0000000000000001"),
            ("0.99999999999999999999", "0.99999999999999999999"),
            ("9007199254740993.0", "9007199254740993.0"),
            ("1e15", "1e15"),
            ("1e14", "100000000000000"),
            ("1e-400", "1e-400"),
            ("1e-99999999999999999999", "1e-99999999999999999999"),
            ("0e99999999999999999999", "0"),
            ("-12.50e1", "-125"),
            ("-0.5", "-0.5"),
            ("12.000", "12.000"),
        ] {
            assert_eq!(number(typed), formatted);
        }
    }
}
