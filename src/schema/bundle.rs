//! The schemas of whole files for readers: of `comity.json`, and of any line of `comity.ndjson`. Definitions that kinds share
//! stand once, so that a generator of code makes each type once.

use serde_json::{Map, Value, json};

use super::generate::{capitalised, id};
use super::reader::reader;
use crate::kind::Kind;

/// The name of the definition of a record of any kind.
const ANY_RECORD: &str = "AnyRecord";

/// The schema of `comity.json`: what the release says of itself, and the records by kind.
pub fn bundle() -> Value {
    let lists: Map<String, Value> = Kind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), json!({ "type": "array", "items": { "$ref": reference(*kind) } })))
        .collect();
    let mut definitions = definitions();
    definitions.insert("Meta".to_owned(), meta());
    schema(
        "bundle",
        &json!({
            "title": "Bundle",
            "description": "A release of the dataset in one document: comity.json.",
            "type": "object",
            "properties": {
                "meta": { "$ref": "#/$defs/Meta" },
                "records": {
                    "description": "The records by kind, sorted by id.",
                    "type": "object",
                    "properties": lists,
                    "required": Kind::ALL.map(Kind::name),
                },
            },
            "required": ["meta", "records"],
        }),
        definitions,
    )
}

/// The schema of any record: of a line of `comity.ndjson`.
pub fn any_record() -> Value {
    let mut definitions = definitions();
    let any = definitions.shift_remove(ANY_RECORD).unwrap_or_default();
    schema("record", &any, definitions)
}

/// A schema of a whole file, with shared definitions behind its own keywords.
fn schema(name: &str, own: &Value, definitions: Map<String, Value>) -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id(&format!("reader:{name}")),
    });
    let whole = schema.as_object_mut().into_iter().zip(own.as_object());
    whole.for_each(|(schema, own)| schema.extend(own.clone()));
    schema["$defs"] = definitions.into();
    schema
}

fn reference(kind: Kind) -> String {
    format!("#/$defs/{}", capitalised(kind.name()))
}

/// A definition for every kind, for a record of any kind, and for what kinds share. [`reader`] gives a name one meaning in
/// all kinds, which a test holds.
fn definitions() -> Map<String, Value> {
    let any = json!({
        "title": ANY_RECORD,
        "description": "A record of any kind; `kind` says of which.",
        "oneOf": Kind::ALL.map(|kind| json!({ "$ref": reference(kind) })),
    });
    let (mut kinds, mut shared) = (Map::from_iter([(ANY_RECORD.to_owned(), any)]), Map::new());
    for kind in Kind::ALL {
        let mut schema = reader(kind);
        let own = schema.as_object_mut().into_iter().filter_map(|schema| {
            ["$schema", "$id"].iter().for_each(|keyword| drop(schema.shift_remove(*keyword)));
            schema.shift_remove("$defs")
        });
        let own: Vec<Value> = own.collect();
        shared.extend(own.into_iter().filter_map(|own| own.as_object().cloned()).flatten());
        kinds.insert(capitalised(kind.name()), schema);
    }
    shared.sort_keys();
    kinds.extend(shared);
    kinds
}

/// What a release says of itself.
fn meta() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "description": "What the release says of itself.",
        "type": "object",
        "properties": {
            "title": {
                "type": "object",
                "additionalProperties": { "type": "string" },
                "description": "The title of the dataset, by language.",
            },
            "licence": text("The licence of the records, an SPDX identifier."),
            "data_version": text("The version of the data, a calendar version such as `2026.12`."),
            "as_of": text("The day on which the research was closed."),
            "schema_version": text("The version of the schemas."),
            "tool": text("The program that wrote the release, with its version."),
            "commit": text("The commit whose records these are."),
            "content_sha256": text("The hash of the records, one a line, as SHA-256."),
            "records": {
                "type": "object",
                "additionalProperties": { "type": "integer" },
                "description": "The number of records, by kind.",
            },
            "left_out": {
                "type": "integer",
                "description": "The number of records that are not in the release, because they have errors. Absent where there is none.",
            },
        },
        "required": ["schema_version", "tool", "content_sha256", "records"],
    })
}
