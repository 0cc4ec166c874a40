//! Example values from the schema: what to type.

use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use crate::kind::Kind;
use crate::schema::{self, FieldSchema};

/// A part of the schema, or the part it refers to.
pub(crate) fn resolved(kind: Kind, part: &'static Json) -> &'static Json {
    FieldSchema::of_part(kind, part).target()
}

/// The part of the schema of a kind at a place.
pub(crate) fn part_at(kind: Kind, at: &Pointer) -> Option<&'static Json> {
    at.tokens().try_fold(resolved(kind, schema::structure(kind)), |part, token| {
        let below = [&part["properties"][token.as_ref()], &part["additionalProperties"], &part["items"]];
        below.into_iter().find(|below| below.is_object()).map(|below| resolved(kind, below))
    })
}

/// An example value for a part of the schema, as JSON text.
pub(crate) fn sample(kind: Kind, part: &'static Json) -> String {
    let part = resolved(kind, part);
    match part["type"].as_str() {
        Some("string") => text(part),
        Some("array") => format!("[{}]", sample(kind, &part["items"])),
        Some("object") if part["propertyNames"].is_object() => {
            let is_office = resolved(kind, &part["additionalProperties"])["properties"]["level"].is_object();
            let key = if is_office { "\"minister\"".to_owned() } else { text(resolved(kind, &part["propertyNames"])) };
            entry(kind, &key, part)
        }
        Some("object") => object(kind, part),
        Some("boolean") => "true".to_owned(),
        Some(_) => part["examples"][0].as_f64().map_or_else(|| "40".to_owned(), |number| number.to_string()),
        None => "…".to_owned(),
    }
}

/// An example entry of a map, key and value.
fn entry(kind: Kind, key: &str, part: &'static Json) -> String {
    format!("{{ {key}: {} }}", sample(kind, &part["additionalProperties"]))
}

fn object(kind: Kind, part: &'static Json) -> String {
    let fields = part["properties"].as_object();
    let is_required =
        |name: &&str| part["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name));
    let required = fields.into_iter().flat_map(|fields| fields.keys().map(String::as_str)).filter(is_required);
    // The schema requires no number of a figure and no step of a history, but an example needs one.
    let best = fields.filter(|fields| fields.contains_key("best")).map(|_| "best");
    let step = step(part).filter(|_| part["minProperties"].is_u64());
    let shown = required.chain(best).chain(step).filter_map(|name| fields?.get_key_value(name));
    let shown: Vec<_> = shown.map(|(name, part)| format!("\"{name}\": {}", sample(kind, part))).collect();
    if shown.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", shown.join(", ")) }
}

/// The status of a history whose date is most often known.
pub(crate) fn step(part: &'static Json) -> Option<&'static str> {
    let usual = || ["signed", "established", "ongoing", "joined"].into_iter();
    part["x-steps"].as_str().and_then(|_| usual().find(|status| part["properties"].get(status).is_some()))
}

fn text(part: &Json) -> String {
    let example = part["examples"][0].as_str().or_else(|| part["enum"][0].as_str());
    match (example, part["x-ref"].as_str()) {
        (Some(example), _) => format!("\"{example}\""),
        (None, Some(kind)) => format!("\"{}\"", id_of(kind)),
        (None, None) => "\"…\"".to_owned(),
    }
}

/// An example id for a record of the kind.
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
