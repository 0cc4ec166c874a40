//! Fields that belong to another record, or to no record: fields of a source in evidence, fields of evidence in a source, notes.

use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use super::{Complaint, listed, resolved, unknown_field};
use crate::kind::Kind;
use crate::schema::{self, FieldSchema};
use crate::value::{Id, StringFormat as _, folded, words_of_name};

/// The unknown fields of an entry of `evidence` that belong to the record of its source, where at least one belongs nowhere
/// else. `part` is the schema of the entry.
pub(super) fn of_source(kind: Kind, part: &'static Json, unknown: &[String]) -> Vec<String> {
    if !is_evidence(part) {
        return Vec::new();
    }
    let (evidence, source) = (FieldSchema::of_part(kind, part), FieldSchema::of(Kind::Source));
    let has = |name: &String| source.field_named(name).is_some_and(is_own);
    if unknown.iter().any(|name| has(name) && evidence.field_named(name).is_none()) {
        unknown.iter().filter(|name| has(name)).cloned().collect()
    } else {
        Vec::new()
    }
}

fn is_evidence(part: &Json) -> bool {
    part["properties"]["stance"].is_object()
}

/// Whether a field of a source is none that records of several kinds share.
fn is_own(field: &str) -> bool {
    !matches!(field, "identifiers" | "distinct_from" | "allow" | "retired")
}

/// What is wrong with fields of a source in an entry of `evidence`.
pub(super) fn complaint(fields: &[String], at: &Pointer) -> Complaint {
    let (is, them) = if fields.len() == 1 { ("is a field", "it") } else { ("are fields", "them") };
    let named = listed(fields.iter().map(String::as_str));
    let id = at.tokens().last().filter(|id| Id::parse(id).is_ok());
    let file = id.map_or_else(|| "in source/".to_owned(), |id| format!("source/{id}.json"));
    Complaint::new(0, &unknown_field::RULE, format!("{named} {is} of the source")).help(format!(
        "write {them} in the record of the source, {file}; here stands how the source presents the facts, as in {{ \"stance\": \"reports\" }}"
    ))
}

/// What to do about a field of evidence in the record of a source.
pub(super) fn of_evidence(kind: Kind, at: &Pointer, name: &str) -> Option<String> {
    if kind != Kind::Source || !at.is_root() {
        return None;
    }
    let evidence = resolved(Kind::Event, &schema::structure(Kind::Event)["properties"]["evidence"]);
    let entry = resolved(Kind::Event, &evidence["additionalProperties"]);
    let is_field = is_evidence(entry) && entry["properties"].get(name).is_some();
    is_field.then(|| {
        format!(
            "`{name}` stands in the record that cites this source: there, in `evidence`, under the id of this source"
        )
    })
}

/// What people call a note to whoever reviews the record.
const NOTES: [&str; 13] = [
    "note",
    "notes",
    "comment",
    "comments",
    "remark",
    "remarks",
    "todo",
    "to do",
    "remarque",
    "remarques",
    "commentaire",
    "ملاحظة",
    "ملاحظات",
];

/// What to do about a note: a record is published, and a note may be meant for the reviewer alone.
pub(super) fn note(at: &Pointer, name: &str) -> Option<String> {
    let word = words_of_name(name);
    let is_note = at.is_root() && NOTES.iter().any(|note| folded(note) == word);
    is_note.then(|| {
        "a record is published, and has no notes: write this in the text of the pull request, and remove the field"
            .to_owned()
    })
}
