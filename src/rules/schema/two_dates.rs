//! The first and the last day in two fields, where one field takes both: `start` and `end` for `when`.

use comity_document::document::Node;
use comity_document::pointer::Pointer;

use super::{Complaint, unknown_field};
use crate::lint::{Change, Fix};
use crate::schema::FieldSchema;
use crate::value::{StringFormat as _, When, folded, words_of_name};

/// The field that takes both days.
pub(super) const FIELD: &str = "when";

/// What people call a field of the last day.
pub(super) const LAST: [&str; 14] = [
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
    "hasta",
    "حتى",
    "نهاية",
];

/// Two unknown fields that are one mistake.
pub(super) struct TwoDates {
    pub(super) first: String,
    pub(super) last: String,
    /// Both days, as the field has them.
    both: String,
}

impl TwoDates {
    /// The two fields, where the object has the field for both and does not use the field.
    pub(super) fn of(object: &Node<'_>, schema: FieldSchema, unknown: &[String]) -> Option<Self> {
        let takes_both = schema.field(FIELD).is_some_and(|field| field.format() == When::FORMAT);
        if !takes_both || object.get(FIELD).is_some() {
            return None;
        }
        let called = |is_it: &dyn Fn(&str) -> bool| unknown.iter().find(|name| is_it(&words_of_name(name)));
        let first = called(&|word| schema.calls(FIELD, word))?;
        let last = called(&|word| LAST.iter().any(|last| folded(last) == word))?;
        let day = |name: &str| object.get(name).and_then(Node::as_str);
        let both = format!("{}/{}", day(first)?, day(last)?);
        When::parse(&both).is_ok().then(|| Self { first: first.clone(), last: last.clone(), both })
    }

    pub(super) fn complaint(&self, at: &Pointer) -> Complaint {
        let Self { first, last, both } = self;
        let [first_at, last_at] = [first, last].map(|name| at.clone().key(name));
        let what = format!("write `\"{FIELD}\": \"{both}\"`");
        let changes = vec![
            Change::Replace { at: first_at.clone(), with: both.as_str().into() },
            Change::Rename { at: first_at, to: FIELD.to_owned() },
            Change::Remove { at: last_at.clone() },
        ];
        let message = format!("unknown fields `{first}` and `{last}`");
        let complaint = Complaint::new(0, &unknown_field::RULE, message)
            .help(format!("one field has the first and the last day: \"{FIELD}\": \"{both}\""));
        Complaint {
            fix: Some(Fix { what, changes, safe: false }),
            related: Some((last_at, "the last day")),
            ..complaint
        }
    }
}
