//! What somebody is at a body, in a field of the person: `"title": "Minister of Defence"`.

use comity_document::document::{Node, Value};
use serde_json::Value as Json;

use crate::kind::Kind;
use crate::value::folded;

/// What people call a field for an office.
const NAMES: [&str; 12] = [
    "title",
    "job title",
    "role",
    "position",
    "post",
    "rank",
    "office",
    "function",
    "job",
    "fonction",
    "poste",
    "منصب",
];

/// Where an office is written that stands in a field of the person.
pub(super) fn of_office(kind: Kind, root: &Node<'_>, name: &str) -> Option<String> {
    let is_person = kind == Kind::Actor && root.get("type").and_then(Node::as_str) == Some("person");
    if !is_person || !NAMES.iter().any(|known| folded(known) == folded(name)) {
        return None;
    }
    let title = match root.get(name).map(|node| &node.value) {
        Some(Value::String(text)) => format!("{{ \"en\": {} }}", Json::from(*text)),
        _ => "{ \"en\": \"…\" }".to_owned(),
    };
    Some(format!(
        "what a person is at a body stands in `offices`, under a short name of your own: \"offices\": {{ \"a-short-name\": {{ \"organisation\": \"…\", \"title\": {title}, \"level\": \"…\" }} }}"
    ))
}
