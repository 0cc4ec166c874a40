//! Records in the forms that readers load: whole, as flat [`tables`], and counted in [`panels`]. All are sorted, and the same
//! records give the same bytes.

pub mod bundle;
mod catalogue;
mod changes;
mod closing_day;
mod codebook;
mod counts;
mod csv;
mod data_package;
mod files;
pub mod format;
mod graphml;
mod json;
mod json_ld;
mod left_out;
mod list;
pub mod panels;
#[cfg(feature = "formats")]
mod parquet;
mod release;
mod schemas;
mod show;
pub mod sql;
#[cfg(feature = "formats")]
mod stata;
pub mod tables;
mod typescript;
pub mod write;
#[cfg(feature = "formats")]
mod xlsx;

pub use closing_day::after_closing;
pub use counts::{counts, counts_schema};
pub use files::{RELEASE_MANIFEST, ReleaseFile, WrittenFile, listed, pages, seal};
pub use graphml::graphml;
pub use json_ld::{Term, TermType, json_ld, vocabulary};
pub use left_out::{LeftOut, leave_out};
pub use list::{FoundBy, ListedRecord, list, list_schema};
pub use release::{Release, sha256};
pub use schemas::record_schemas;
pub use show::{show, show_schema};
pub use typescript::typescript;

use std::io;

use serde_json::{Map, Value, json};

use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::record::Record;
use crate::value::Key;

/// A record as readers get it: with its kind and id, without the address of the authoring schema, in canonical order.
pub fn record(key: &Key, record: &Record) -> Value {
    Value::Object(record.to_json(Some(&key.id)).unwrap_or_default())
}

/// Every decoded record that has a name, by kind and id.
fn sorted(dataset: &Dataset) -> Vec<(&Key, &Record)> {
    let mut records: Vec<_> =
        dataset.records().filter_map(|(entry, record)| entry.key.as_ref().map(|key| (key, record))).collect();
    records.sort_by_key(|(key, _)| *key);
    records
}

/// One document: `{ "meta": …, "records": { "actor": [ … ], … } }`.
pub fn json(dataset: &Dataset, release: &Release) -> String {
    in_memory(|out| json::write_json(dataset, &release.meta, out))
}

/// One record a line.
pub fn ndjson(dataset: &Dataset) -> String {
    in_memory(|out| write_ndjson(dataset, out))
}

/// Writes one record a line.
fn write_ndjson(dataset: &Dataset, out: &mut dyn io::Write) -> io::Result<()> {
    write_lines(sorted(dataset).into_iter().map(|(key, fields)| record(key, fields)), out)
}

fn write_lines(records: impl Iterator<Item = Value>, out: &mut dyn io::Write) -> io::Result<()> {
    for record in records {
        let mut line = record.to_string();
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// The document of records, each with the name of its kind. Every kind has a list.
fn document(meta: Value, records: impl Iterator<Item = (String, Value)>) -> String {
    let mut by_kind: Map<String, Value> = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), json!([]))).collect();
    for (kind, record) in records {
        if let Some(list) = by_kind.entry(kind).or_insert_with(|| json!([])).as_array_mut() {
            list.push(record);
        }
    }
    let by_kind = by_kind.iter().map(|(kind, list)| (kind.as_str(), list.as_array().map_or(0, Vec::len), list));
    in_memory(|out| json::write_document(meta, by_kind.collect(), out))
}

fn lines(records: impl Iterator<Item = Value>) -> String {
    in_memory(|out| write_lines(records, out))
}

/// The text that a function writes.
fn in_memory(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    // Memory takes every byte, and the text of records is UTF-8.
    let _ = write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}
