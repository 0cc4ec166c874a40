//! One record with what it refers to, what refers to it, and its sources: what `comity show --format json` writes, in
//! version 1. Within a version, fields are only added.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::record;
use crate::dataset::Dataset;
use crate::query::links;
use crate::query::shown::Shown;
use crate::record::{Evidence, Record, Source};
use crate::render::{versioned_schema, write_json};
use crate::value::{Key, Ref};

/// The version of the shape.
const VERSION: u32 = 1;

/// Writes a record as one JSON document, indented, with a newline at the end.
///
/// # Errors
/// When `out` cannot be written to.
pub fn show(dataset: &Dataset, key: &Key, record: &Record, out: &mut dyn io::Write) -> io::Result<()> {
    write_json(&ShownRecord::of(dataset, key, record), out)
}

/// The JSON Schema of what [`show`] writes.
pub fn show_schema() -> Value {
    versioned_schema::<ShownRecord<'_>>("show", VERSION)
}

/// What `comity show --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
struct ShownRecord<'a> {
    /// The version of this shape: 1.
    version: u32,
    /// The record as readers get it, valid against the reader schema of its kind.
    record: Map<String, Value>,
    /// What the record refers to, in the order of its fields.
    refers_to: Vec<Outgoing>,
    /// What refers to the record, by kind and id.
    referred_to_by: Vec<Incoming<'a>>,
    /// The sources of the record.
    sources: Vec<CitedAs<'a>>,
}

/// A reference to another record.
#[derive(Debug, Serialize, JsonSchema)]
struct Outgoing {
    /// The place of the reference in the record, as a JSON Pointer (RFC 6901).
    pointer: String,
    /// Whether the key at the place refers; otherwise the value does.
    on_key: bool,
    /// The other record, as `kind:id`.
    record: String,
    /// The title of the other record, or null where the dataset does not have that record.
    title: Option<String>,
}

/// A record that refers to this one.
#[derive(Debug, Serialize, JsonSchema)]
struct Incoming<'a> {
    /// The other record, as `kind:id`.
    record: String,
    /// The title of the other record.
    title: Option<&'a str>,
    /// In which ways: the relation, the roles, or else the name of the field.
    relations: Vec<String>,
}

/// A source of the record. What the source supports and says stands under `evidence` in the record.
#[derive(Debug, Serialize, JsonSchema)]
struct CitedAs<'a> {
    /// The id of the source.
    id: &'a str,
    /// How the source speaks of the record.
    stance: String,
    /// Whether the source shows anything of the record.
    shows: bool,
    /// Who published the source, or null where the dataset does not have the source.
    publisher: Option<&'a str>,
    /// When, in EDTF, or null where that is not known.
    published: Option<&'a str>,
    /// The address of the source.
    url: Option<&'a str>,
}

impl<'a> ShownRecord<'a> {
    fn of(dataset: &'a Dataset, key: &Key, shown: &'a Record) -> Self {
        let refers_to = links::outgoing(dataset, shown).into_iter().map(|link| Outgoing {
            pointer: link.at.as_ref().to_owned(),
            on_key: link.on_key,
            record: link.to,
            title: link.title,
        });
        let referred_to_by = links::incoming(dataset, key).into_iter().map(|link| Incoming {
            record: link.from.to_string(),
            title: link.title,
            relations: link.relations.into_iter().collect(),
        });
        let record = match record(key, shown) {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        Self {
            version: VERSION,
            record,
            refers_to: refers_to.collect(),
            referred_to_by: referred_to_by.collect(),
            sources: shown.evidence().map(|(id, evidence)| CitedAs::of(dataset, shown, (id, evidence))).collect(),
        }
    }
}

impl<'a> CitedAs<'a> {
    fn of(dataset: &'a Dataset, record: &Record, (id, evidence): (&'a Ref<Source>, &Evidence)) -> Self {
        let source = dataset.get(id).map(|(_, _, source)| source);
        Self {
            id: id.as_ref(),
            stance: evidence.stance.to_string(),
            shows: Shown::of(record, evidence).is_any(),
            publisher: source.map(|source| source.publisher.as_ref()),
            published: source.and_then(|source| source.published.as_ref()).map(AsRef::as_ref),
            url: source.and_then(|source| source.url.as_ref()).map(AsRef::as_ref),
        }
    }
}
