//! Examples of values, out of the schema: what a person could type.

use serde_json::Value as Json;

use crate::kind::Kind;
use crate::schema;

/// A part of the schema, or what it refers to.
pub(super) fn resolved(kind: Kind, part: &'static Json) -> &'static Json {
    let target = part["$ref"].as_str().and_then(|to| schema::cached(kind).pointer(to.trim_start_matches('#')));
    target.unwrap_or(part)
}

/// A value of that part of the schema, as it is typed.
pub(super) fn sample(kind: Kind, part: &'static Json) -> String {
    let part = resolved(kind, part);
    match part["type"].as_str() {
        Some("string") => text(part),
        Some("array") => format!("[{}]", sample(kind, &part["items"])),
        Some("object") if part["propertyNames"].is_object() => {
            let key = text(resolved(kind, &part["propertyNames"]));
            entry(kind, &key, part)
        }
        Some("object") => object(kind, part),
        Some("boolean") => "true".to_owned(),
        Some(_) => "0".to_owned(),
        None => "…".to_owned(),
    }
}

/// One entry of a map, under a key as it is typed.
pub(super) fn entry(kind: Kind, key: &str, part: &'static Json) -> String {
    format!("{{ {key}: {} }}", sample(kind, &part["additionalProperties"]))
}

fn object(kind: Kind, part: &'static Json) -> String {
    let fields = part["properties"].as_object();
    let required = part["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let needed: Vec<_> = required.filter_map(|name| fields?.get_key_value(name)).collect();
    // A history has no field that must be there, but needs one of them.
    let first = || fields.and_then(|fields| fields.iter().next()).filter(|_| part["minProperties"].is_u64());
    let shown = if needed.is_empty() { first().into_iter().collect() } else { needed };
    let shown: Vec<_> = shown.into_iter().map(|(name, part)| format!("\"{name}\": {}", sample(kind, part))).collect();
    if shown.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", shown.join(", ")) }
}

fn text(part: &Json) -> String {
    let example = part["examples"][0].as_str().or_else(|| part["enum"][0].as_str());
    match (example, part["x-ref"].as_str()) {
        (Some(example), _) => format!("\"{example}\""),
        (None, Some(kind)) => format!("\"{}\"", id_of(kind)),
        (None, None) => "\"…\"".to_owned(),
    }
}

/// An id that a record of the kind may have.
fn id_of(kind: &str) -> &'static str {
    match Kind::parse(kind) {
        Some(Kind::Actor) => "morocco",
        Some(Kind::Place) => "rabat",
        Some(Kind::Theme) => "public-diplomacy",
        Some(Kind::Source) => "nato-2019-01-22",
        Some(Kind::Framework) => "mediterranean-dialogue",
        _ => "rabat-seminar-2019",
    }
}
