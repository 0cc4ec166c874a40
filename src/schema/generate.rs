//! JSON Schema 2020-12 from the types. Both published schemas, [`authoring`](super::authoring()) and
//! [`reader`](super::reader()), derive from [`structure`], so that they cannot drift apart.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::kind::Kind;
use crate::record::{Envelope, Presence, TAIL, body_schema, presence};

/// Version of the schemas (`SemVer`); a part of each schema's `$id`.
pub const VERSION: &str = "0.1.0";

/// The schema that the types of a kind state: closed objects, closed lists of codes. `$schema`, `kind` and `id` are
/// optional, because they follow from the file's path. A record decodes exactly when this schema admits it.
pub(super) fn structure(kind: Kind) -> Value {
    let mut schema = merge(kind, envelope(), body_schema(kind, generator()).to_value());
    schema["properties"]["kind"] = json!({
        "description": "The kind of the record: the name of its folder. `comity fmt` writes this field.", "const": kind.name(), "x-class": "meta"
    });
    each(&mut schema, &mut |part| {
        let open = part.contains_key("properties") && !part.contains_key("additionalProperties");
        if open {
            part.insert("additionalProperties".to_owned(), false.into());
        }
    });
    schema
}

/// The schema of the envelope, generated once.
fn envelope() -> &'static Value {
    static ENVELOPE: LazyLock<Value> = LazyLock::new(|| generator().into_root_schema_for::<Envelope>().to_value());
    &ENVELOPE
}

/// The schema of a type that is not a record. The title comes from the name of the schema, so that renaming a Rust type
/// changes no published schema.
pub(super) fn of<T: schemars::JsonSchema>(name: &str) -> Value {
    let mut schema = generator().into_root_schema_for::<T>().to_value();
    schema["$id"] = id(name).into();
    schema["title"] = capitalised(name).into();
    schema
}

/// The `$id` of a schema.
pub(super) fn id(name: &str) -> String {
    format!("urn:comity:schema:{name}:{VERSION}")
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().for_deserialize().with_transform(Tidy).into_generator()
}

/// Joins the schemas of the envelope and of the kind, with the fields in canonical order: the first fields of the
/// envelope, the fields of the kind, the fields in [`TAIL`]. Only what the kind has of the envelope is copied.
fn merge(kind: Kind, envelope: &Value, mut body: Value) -> Value {
    let shared = |field: &&String| presence(kind, field) != Presence::Absent;
    let shared = || members(&envelope["properties"]).filter(move |(field, _)| shared(field));
    let is_tail = |field: &str| TAIL.contains(&field);
    let copy = |(field, part): (&String, &Value)| (field.clone(), part.clone());
    let mut properties: Map<String, Value> = shared().filter(|(field, _)| !is_tail(field)).map(copy).collect();
    properties.extend(take(&mut body, "properties"));
    let tail = TAIL.iter().filter_map(|tail| shared().find(|(field, _)| field == tail));
    properties.extend(tail.map(copy));
    let is_required = |field: &str| presence(kind, field) == Presence::Required && !is_placed(field);
    let required = shared().map(|(field, _)| field).filter(|field| is_required(field));
    let own = body["required"].as_array().into_iter().flatten();
    let required: Vec<Value> = required.cloned().map(Value::from).chain(own.cloned()).collect();
    let definitions = definitions(&properties, envelope, take(&mut body, "$defs"));
    Value::Object(Map::from_iter([
        ("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into()),
        ("$id".to_owned(), id(kind.name()).into()),
        ("title".to_owned(), capitalised(kind.name()).into()),
        ("description".to_owned(), body["description"].take()),
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties.into()),
        ("required".to_owned(), required.into()),
        ("$defs".to_owned(), definitions.into()),
    ]))
}

/// The definitions that the properties use, directly or through other definitions, by name. Where the envelope and the
/// body have one of the same name, the two are the same.
fn definitions(properties: &Map<String, Value>, envelope: &Value, mut own: Map<String, Value>) -> Map<String, Value> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&str> = Vec::new();
    properties.values().for_each(|part| references(part, &mut waiting));
    while let Some(name) = waiting.pop() {
        if let Some(definition) = own.get(name).or_else(|| envelope["$defs"].get(name))
            && found.insert(name)
        {
            references(definition, &mut waiting);
        }
    }
    let found: Vec<String> = found.into_iter().map(str::to_owned).collect();
    let definition = |name: String| {
        let definition = own.swap_remove(&name).unwrap_or_else(|| envelope["$defs"][&name].clone());
        (name, definition)
    };
    found.into_iter().map(definition).collect()
}

/// Whether a field follows from the file's path.
pub(crate) fn is_placed(field: &str) -> bool {
    matches!(field, "$schema" | "kind" | "id")
}

/// Adds the names of the definitions that a schema refers to.
fn references<'s>(schema: &'s Value, found: &mut Vec<&'s str>) {
    match schema {
        Value::Object(members) => {
            for (keyword, part) in members {
                match part {
                    Value::String(to) if keyword == "$ref" => found.extend(to.strip_prefix("#/$defs/")),
                    _ => references(part, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

fn members(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.as_object().into_iter().flatten()
}

fn take(schema: &mut Value, part: &str) -> Map<String, Value> {
    match schema[part].take() {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let (head, tail) = word.split_at(1);
    format!("{}{tail}", head.to_uppercase())
}

/// Calls `change` on every schema object, innermost first. Data inside a schema (codes, examples) is skipped.
pub(super) fn each(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match schema {
        Value::Object(members) => {
            for (keyword, part) in members.iter_mut() {
                match keyword.as_str() {
                    "enum" | "const" | "examples" | "x-synonyms" => {}
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

/// Adapts what schemars generates to our conventions: an optional field is absent, never `null`; only strings have a
/// format.
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
