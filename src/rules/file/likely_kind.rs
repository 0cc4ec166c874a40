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
    // A record that names its kind is of that kind.
    if root.get("kind").is_some() || fits(folder, root) {
        return false;
    }
    let mut others = Kind::ALL.into_iter().filter(|kind| *kind != folder && fits(*kind, root));
    let (Some(kind), None) = (others.next(), others.next()) else { return false };
    let message =
        format!("this record has the fields of {}, and the file lies in the folder `{folder}`", kind.with_article());
    let help = format!("move the file into the folder `{kind}`");
    Findings::new(&id_file_mismatch::RULE, out).at(entry, Place::File, message).help(help);
    true
}

/// Whether a record has all fields that a kind requires and none that the kind lacks, and a type that the kind knows.
fn fits(kind: Kind, root: &Node<'_>) -> bool {
    let schema = schema::structure(kind);
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let mut required = required.filter(|field| !schema::is_placed(field));
    let has_only_known = root.members().iter().all(|member| schema["properties"].get(member.key).is_some());
    let r#type = root.get("type").and_then(Node::as_str);
    let codes = FieldSchema::of(kind).field("type").map(FieldSchema::codes).unwrap_or_default();
    let has_known_type = r#type.is_none_or(|own| codes.iter().any(|(code, _)| *code == own));
    has_only_known && has_known_type && required.all(|field| root.get(field).is_some())
}
