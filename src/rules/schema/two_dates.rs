//! The first and the last day in two fields, where one field takes both: `start` and `end` for `when`.

use comity_document::document::Node;
use comity_document::pointer::Pointer;

use super::{Complaint, unknown_field};
use crate::lint::{Change, Fix};
use crate::schema::FieldSchema;
use crate::value::{Edtf, StringFormat as _, When, folded, only_reading, words_of_name};

/// The field that takes both days.
pub(super) const FIELD: &str = "when";

/// What people call a field of the first day, beside what the schema knows.
const FIRST: [&str; 12] = [
    "from",
    "since",
    "begin",
    "begins",
    "beginning",
    "first day",
    "début",
    "date début",
    "date de début",
    "desde",
    "من",
    "بداية",
];

/// What people call a field of the last day.
pub(super) const LAST: [&str; 15] = [
    "end",
    "ends",
    "end date",
    "ended",
    "finish",
    "until",
    "till",
    "to",
    "last day",
    "fin",
    "date fin",
    "date de fin",
    "hasta",
    "حتى",
    "نهاية",
];

/// Two fields that are one mistake: the first day may stand in the right field already.
pub(super) struct TwoDates {
    pub(super) first: String,
    pub(super) last: String,
    /// Both days, as the field has them, where each can be read in one way only.
    both: Option<String>,
}

impl TwoDates {
    /// The two fields, where the object has the field for both and does not use it for both.
    pub(super) fn of(object: &Node<'_>, schema: FieldSchema, unknown: &[String]) -> Option<Self> {
        if schema.field(FIELD).is_none_or(|field| field.format() != When::FORMAT) {
            return None;
        }
        let called = |is_it: &dyn Fn(&str) -> bool| unknown.iter().find(|name| is_it(&words_of_name(name)));
        let is_among = |names: &[&str], word: &str| names.iter().any(|name| folded(name) == word);
        let last = called(&|word| is_among(&LAST, word))?.clone();
        let first = match object.get(FIELD) {
            Some(_) => FIELD.to_owned(),
            None => called(&|word| schema.calls(FIELD, word) || is_among(&FIRST, word))?.clone(),
        };
        let text = |name: &str| object.get(name).and_then(Node::as_str);
        let (from, to) = (text(&first)?, text(&last)?);
        if first == FIELD && Edtf::parse(from).is_err() && When::parse(from).is_ok() {
            return None;
        }
        let both = day(from).zip(day(to)).filter(|(from, to)| is_in_order(from, to));
        let both = both.map(|(from, to)| if from == to { from } else { format!("{from}/{to}") });
        Some(Self { first, last, both: both.filter(|both| When::parse(both).is_ok()) })
    }

    /// The field at which the mistake is reported.
    pub(super) fn place(&self) -> &str {
        if self.first == FIELD { &self.last } else { &self.first }
    }

    pub(super) fn complaint(&self, at: &Pointer) -> Complaint {
        let Self { first, last, both } = self;
        let last_at = at.clone().key(last);
        let (message, related) = if first == FIELD {
            (format!("unknown field `{last}`"), None)
        } else {
            (format!("unknown fields `{first}` and `{last}`"), Some((last_at, "the last day")))
        };
        let example = both.as_deref().map_or_else(
            || {
                format!(
                    ", the first before the last, with a slash between and the year in front, as in \"{FIELD}\": \"2024-06-18/2024-06-20\""
                )
            },
            |both| format!(": \"{FIELD}\": \"{both}\""),
        );
        let complaint = Complaint::new(0, &unknown_field::RULE, message)
            .help(format!("one field has the first and the last day{example}"));
        Complaint { fix: both.as_deref().map(|both| self.fix(at, both)), related, ..complaint }
    }

    /// The fix that writes both days into the one field.
    fn fix(&self, at: &Pointer, both: &str) -> Fix {
        let [first, last] = [&self.first, &self.last].map(|name| at.clone().key(name));
        let mut changes = vec![Change::Replace { at: first.clone(), with: both.into() }];
        if self.first != FIELD {
            changes.push(Change::Rename { at: first, to: FIELD.to_owned() });
        }
        changes.push(Change::Remove { at: last });
        Fix { what: format!("write `\"{FIELD}\": \"{both}\"`"), changes, safe: false }
    }
}

/// The day that a text is, or the only day that it can mean.
fn day(text: &str) -> Option<String> {
    if Edtf::parse(text).is_ok() { Some(text.to_owned()) } else { only_reading(text, false) }
}

/// Whether one day may come before another, or be the same day.
fn is_in_order(from: &str, to: &str) -> bool {
    let bounds = |day: &str| Edtf::parse(day).map(|day| day.bounds());
    matches!((bounds(from), bounds(to)), (Ok(from), Ok(to)) if from.earliest <= to.latest)
}
