//! The records in the forms that readers load: sorted by kind and id, the same bytes for the same records.

use serde_json::{Map, Value, json};

use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::record::Record;
use crate::schema;
use crate::value::Key;

/// A record as readers get it: with its kind and id, without the address of the authoring schema, in canonical order.
pub fn record(key: &Key, record: &Record) -> Value {
    let part = |value: Result<Value, serde_json::Error>| match value {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let mut fields = part(serde_json::to_value(&record.envelope));
    fields.extend(part(serde_json::to_value(&record.body)));
    fields.remove("$schema");
    fields.insert("kind".to_owned(), key.kind.name().into());
    fields.insert("id".to_owned(), key.id.as_ref().into());
    let shape = schema::shape(key.kind);
    let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
    fields.sort_by(|a, b| shape.rank(&a.0).cmp(&shape.rank(&b.0)));
    Value::Object(fields.into_iter().collect())
}

/// Every decoded record, by kind and id.
fn sorted(dataset: &Dataset) -> Vec<(&Key, &Record)> {
    let mut records: Vec<_> =
        dataset.records().filter_map(|(entry, record)| entry.key.as_ref().map(|key| (key, record))).collect();
    records.sort_by_key(|(key, _)| *key);
    records
}

/// One document: `{ meta, records: { <kind>: [ … ] } }`.
pub fn json(dataset: &Dataset) -> String {
    let mut by_kind: Map<String, Value> = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), json!([]))).collect();
    for (key, fields) in sorted(dataset) {
        if let Some(list) = by_kind.get_mut(key.kind.name()).and_then(Value::as_array_mut) {
            list.push(record(key, fields));
        }
    }
    let counts: Map<String, Value> =
        by_kind.iter().map(|(kind, list)| (kind.clone(), list.as_array().map_or(0, Vec::len).into())).collect();
    let about = &dataset.about;
    let meta =
        json!({ "title": about.title, "licence": about.licence, "schema_version": schema::VERSION, "records": counts });
    format!("{:#}\n", json!({ "meta": meta, "records": by_kind }))
}

/// One record a line.
pub fn ndjson(dataset: &Dataset) -> String {
    let mut out = String::new();
    for (key, fields) in sorted(dataset) {
        out += &record(key, fields).to_string();
        out.push('\n');
    }
    out
}
