//! From the types to JSON Schema 2020-12. The authoring schema is what a contributor must write; the reader schema is
//! derived from it, so that the two cannot drift apart.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::kind::Kind;
use crate::record::{Envelope, Presence, TAIL, body_schema, presence};

/// Version of the schemas (`SemVer`); a part of each schema's `$id`.
pub const VERSION: &str = "0.1.0";

/// The contract for contributors: closed objects, closed lists of codes. `$schema`, `kind` and `id` may be left out,
/// because they follow from the file's path.
pub fn authoring(kind: Kind) -> Value {
    let mut schema = merge(kind, envelope().clone(), body_schema(kind, generator()).to_value());
    schema["properties"]["kind"] = json!({
        "description": "The kind of record, the same as its folder. Written by `comity fmt`.", "const": kind.name(), "x-class": "meta"
    });
    each(&mut schema, &mut |part| {
        let open = part.contains_key("properties") && !part.contains_key("additionalProperties");
        if open {
            part.insert("additionalProperties".to_owned(), false.into());
        }
    });
    schema
}

/// What all kinds have in common, made once.
fn envelope() -> &'static Value {
    static ENVELOPE: LazyLock<Value> = LazyLock::new(|| generator().into_root_schema_for::<Envelope>().to_value());
    &ENVELOPE
}

/// The contract for readers, who must survive a minor version: unknown fields are ignored, unknown codes are strings,
/// and the shape of texts is left to the author's side. `kind` and `id` are always there.
pub fn reader(kind: Kind) -> Value {
    let mut schema = authoring(kind);
    each(&mut schema, &mut |part| {
        if part.get("additionalProperties") == Some(&Value::Bool(false)) {
            part.remove("additionalProperties");
        }
        if let Some(codes) = part.remove("enum") {
            part.insert("x-known".to_owned(), codes);
        }
        for keyword in ["pattern", "format", "propertyNames", "minLength", "maxLength", "maxItems", "enumDescriptions"]
        {
            if part.get("type").is_some() {
                part.remove(keyword);
            }
        }
    });
    schema["$id"] = id(&format!("reader:{kind}")).into();
    if let Some(required) = schema["required"].as_array_mut() {
        required.splice(0..0, ["kind".into(), "id".into()]);
    }
    schema
}

/// The schema of a type that is no record, under the same conventions.
pub(super) fn of<T: schemars::JsonSchema>(name: &str) -> Value {
    let mut schema = generator().into_root_schema_for::<T>().to_value();
    schema["$id"] = id(name).into();
    schema
}

fn id(name: &str) -> String {
    format!("urn:comity:schema:{name}:{VERSION}")
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().for_deserialize().with_transform(Tidy).into_generator()
}

/// The envelope's first fields, the kind's own, the envelope's others: the canonical order of a record.
fn merge(kind: Kind, mut envelope: Value, mut body: Value) -> Value {
    let mut shared = take(&mut envelope, "properties");
    shared.retain(|field, _| presence(kind, field) != Presence::Absent);
    let required: Vec<Value> = shared
        .keys()
        .filter(|field| presence(kind, field) == Presence::Required && !is_placed(field))
        .cloned()
        .map(Value::from)
        .collect();
    let tail: Map<String, Value> = TAIL.iter().filter_map(|field| shared.remove_entry(*field)).collect();
    let mut properties = shared;
    properties.extend(take(&mut body, "properties"));
    properties.extend(tail);
    let mut definitions = take(&mut envelope, "$defs");
    definitions.extend(take(&mut body, "$defs"));
    definitions.sort_keys();
    let required: Vec<Value> =
        required.into_iter().chain(body["required"].as_array().cloned().unwrap_or_default()).collect();
    let reachable = reachable(&properties, &definitions);
    definitions.retain(|name, _| reachable.contains(name));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id(kind.name()),
        "title": capitalised(kind.name()),
        "description": body["description"],
        "type": "object",
        "properties": properties,
        "required": required,
        "$defs": definitions,
    })
}

/// `$schema`, `kind` and `id` follow from the file's path.
fn is_placed(field: &str) -> bool {
    matches!(field, "$schema" | "kind" | "id")
}

/// The definitions that are used, directly or by one another.
fn reachable(from: &Map<String, Value>, definitions: &Map<String, Value>) -> std::collections::BTreeSet<String> {
    let mut found = std::collections::BTreeSet::new();
    let mut waiting: Vec<String> = from.values().flat_map(references).collect();
    while let Some(name) = waiting.pop() {
        if let Some(definition) = definitions.get(&name)
            && found.insert(name)
        {
            waiting.extend(references(definition));
        }
    }
    found
}

fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix("#/$defs/"));
            own.map(str::to_owned).into_iter().chain(members.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn take(schema: &mut Value, part: &str) -> Map<String, Value> {
    match schema[part].take() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn capitalised(word: &str) -> String {
    let (head, tail) = word.split_at(1);
    format!("{}{tail}", head.to_uppercase())
}

/// Calls `change` on every schema object, innermost first; data inside a schema (codes, examples) is no schema.
fn each(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match schema {
        Value::Object(members) => {
            for (keyword, part) in members.iter_mut() {
                match keyword.as_str() {
                    "enum" | "const" | "examples" => {}
                    "properties" | "patternProperties" | "$defs" => {
                        part.as_object_mut().into_iter().flatten().for_each(|(_, part)| each(part, change))
                    }
                    _ => each(part, change),
                }
            }
            change(members);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        _ => {}
    }
}

/// What the generator writes, as we want it: an optional field is absent, never `null`; integers have no format.
#[derive(Clone, Debug)]
struct Tidy;

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(members) = schema.as_object_mut() else { return };
        if let Some(types) = members.get_mut("type").and_then(Value::as_array_mut) {
            types.retain(|one| one != "null");
            if let [one] = types.as_slice() {
                let one = one.clone();
                members.insert("type".to_owned(), one);
            }
        }
        if let Some(branches) = members.get_mut("anyOf").and_then(Value::as_array_mut) {
            branches.retain(|branch| branch.get("type") != Some(&"null".into()));
            if let [Value::Object(one)] = branches.as_slice() {
                let one = one.clone();
                members.remove("anyOf");
                for (keyword, value) in one {
                    members.entry(keyword).or_insert(value);
                }
            }
        }
        if members.get("enum").and_then(Value::as_array).is_some_and(|codes| codes.contains(&Value::Null)) {
            let codes = members.get_mut("enum").and_then(Value::as_array_mut);
            codes.into_iter().for_each(|codes| codes.retain(|code| !code.is_null()));
        }
        if members.get("type") != Some(&"string".into()) {
            members.remove("format");
        }
    }
}
