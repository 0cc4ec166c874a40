//! Names in a text or in a list, where entries named after records belong.

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use super::entries::Blank;
use super::pages::pages;
use super::sample::resolved;
use crate::kind::Kind;
use crate::lint::{Wanted, WantedForm};

/// The records that are meant by a value of the wrong type. `part` is the schema of the place.
pub(super) fn wanted(kind: Kind, part: &'static Json, node: &Node<'_>, at: &Pointer) -> Option<Wanted> {
    let keys = &part["propertyNames"];
    let of_kind = resolved(kind, keys)["x-ref"].as_str().and_then(Kind::parse).filter(|_| keys.is_object())?;
    let pages = pages(kind, part, &node.value);
    if !pages.is_empty() {
        return Some(Wanted { text: pages.join(" "), kind: Some(of_kind), at: at.clone(), form: WantedForm::Pages });
    }
    let names: Vec<&str> = match &node.value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().map(Node::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    let Blank { text: value, codes } = Blank::of(kind, resolved(kind, &part["additionalProperties"]));
    let form = WantedForm::Entries { value, codes };
    Some(Wanted { text: names.join("\n"), kind: Some(of_kind), at: at.clone(), form })
}
