//! The kind that a record has by its fields, where the file lies in the folder of another kind.

use comity_document::document::Node;
use serde_json::Value as Json;

use super::id_file_mismatch;
use crate::dataset::EntryId;
use crate::kind::Kind;
use crate::lint::{Finding, Findings, Place};
use crate::schema::{self, FieldSchema};

/// Reports a record with the fields of another kind, and returns whether it is one. All that the schema of its folder says
/// of it would mislead.
pub fn over_likely_kind(root: &Node<'_>, folder: Kind, entry: EntryId, out: &mut Vec<Finding>) -> bool {
    let Some(kind) = likely(root, folder) else { return false };
    let message =
        format!("this record has the fields of {}, and the file lies in the folder `{folder}`", kind.with_article());
    let help = format!("move the file into the folder `{kind}`");
    Findings::new(&id_file_mismatch::RULE, out).at(entry, Place::File, message).help(help);
    true
}

/// The kind that a record certainly has, where that is another kind than the folder's.
fn likely(root: &Node<'_>, folder: Kind) -> Option<Kind> {
    // A record that names its kind is of that kind.
    if root.get("kind").is_some() || fits(folder, root) {
        return None;
    }
    let others = || Kind::ALL.into_iter().filter(|kind| *kind != folder);
    let mut fitting = others().filter(|kind| fits(*kind, root));
    if let Some(kind) = fitting.next() {
        return Some(kind).filter(|_| fitting.next().is_none());
    }
    // A record with faults of its own: its type and more of its fields are those of one other kind.
    if knows_type(folder, root) == Some(true) {
        return None;
    }
    let mut typed: Vec<(usize, Kind)> = others()
        .filter(|kind| knows_type(*kind, root) == Some(true))
        .map(|kind| (unknown_fields(kind, root), kind))
        .collect();
    typed.sort_unstable();
    let (fewest, kind) = *typed.first()?;
    let is_only = typed.get(1).is_none_or(|(unknown, _)| *unknown > fewest);
    (is_only && fewest + 2 <= unknown_fields(folder, root)).then_some(kind)
}

/// Whether a record has all fields that a kind requires and none that the kind lacks, and a type that the kind knows.
fn fits(kind: Kind, root: &Node<'_>) -> bool {
    let required = schema::structure(kind)["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let mut required = required.filter(|field| !schema::is_placed(field));
    unknown_fields(kind, root) == 0
        && knows_type(kind, root) != Some(false)
        && required.all(|field| root.get(field).is_some())
}

/// How many fields a record has that a kind lacks.
fn unknown_fields(kind: Kind, root: &Node<'_>) -> usize {
    let known = &schema::structure(kind)["properties"];
    root.members().iter().filter(|member| known.get(member.key).is_none()).count()
}

/// Whether the type of a record is one of a kind's types; `None` where the record has no type.
fn knows_type(kind: Kind, root: &Node<'_>) -> Option<bool> {
    let own = root.get("type").and_then(Node::as_str)?;
    let codes = FieldSchema::of(kind).field("type").map(FieldSchema::codes).unwrap_or_default();
    Some(codes.iter().any(|(code, _)| *code == own))
}
