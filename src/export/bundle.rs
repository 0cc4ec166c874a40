//! Reads what [`export`](super) writes: the JSON document and NDJSON.
//!
//! [`read`] is lenient, so that a program survives the minor versions to come. What the types have no room for stays
//! beside the typed record, by its place: fields that a later version adds. A record that does not decode costs that
//! record only. Its JSON is kept as it is, with a [`BundleProblem`] that says where and why. So a code that a later
//! version adds stays a text, and the codes stay closed lists: every `match` on a code means a code that is documented.
//!
//! [`read_strict`] takes anything of the kind as an error.

mod error;
mod rest;

use std::collections::{BTreeMap, HashSet};

use comity_document::input::Origin;
use comity_document::pointer::Pointer;
use serde_json::{Map, Value};

pub use self::error::{BundleError, BundleProblem};
use crate::dataset::{Coverage, Dataset, Entry, EntryId, File, Manifest};
use crate::record::Record;
use crate::value::{Day, Id, Key, StringFormat};

/// What was read of a bundle, in its order.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Bundle {
    /// What the bundle says of itself; empty for NDJSON.
    pub meta: Map<String, Value>,
    /// The records.
    pub records: Vec<BundleRecord>,
    /// Objects that are no record as far as this version knows; each has a problem.
    pub undecoded: Vec<Map<String, Value>>,
    /// What is wrong, in the order of the text.
    pub problems: Vec<BundleProblem>,
}

/// A record of a bundle.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BundleRecord {
    /// Its kind and id.
    pub key: Key,
    /// The record.
    pub record: Record,
    /// What the bundle says beyond the typed record, by the place in the record.
    pub unknown: BTreeMap<Pointer, Value>,
}

/// Reads a bundle, and keeps what it does not know.
///
/// ```
/// let line = r#"{"kind":"place","id":"rabat","names":{"en":"Rabat"},"type":"city","mayors":3}"#;
/// let bundle = comity::bundle::read(line)?;
/// assert_eq!(bundle.records[0].key.to_string(), "place:rabat");
/// assert_eq!(bundle.records[0].unknown.keys().map(|place| place.as_str()).collect::<Vec<_>>(), ["/mayors"]);
///
/// let later = comity::bundle::read(&line.replace("city", "space-station"))?;
/// assert_eq!(later.undecoded[0]["type"], "space-station");
/// assert_eq!(later.problems[0].to_string(), "line 1, /type: not a code of this list");
/// # Ok::<(), comity::bundle::BundleError>(())
/// ```
///
/// # Errors
/// When the text is neither a JSON document with `records` nor lines of which one is a JSON object. A blank text is a
/// bundle without records.
pub fn read(text: &str) -> Result<Bundle, BundleError> {
    match serde_json::from_str(text) {
        Ok(Value::Object(mut document)) => match document.remove("records") {
            Some(Value::Object(records)) => Ok(Bundle::of_document(document, records)),
            Some(_) => Err(BundleError::NotABundle),
            None => Ok(Bundle::of_lines(text)),
        },
        Ok(_) => Err(BundleError::NotABundle),
        Err(_) if text.trim().is_empty() || text.lines().any(|line| object(line).is_ok()) => Ok(Bundle::of_lines(text)),
        Err(error) => Err(BundleError::NotJson(error.into())),
    }
}

/// Reads a bundle that this version knows in full.
///
/// # Errors
/// When [`read`] gives one, and for the first record that does not decode, is there twice, or has an unknown field.
pub fn read_strict(text: &str) -> Result<Bundle, BundleError> {
    let bundle = read(text)?;
    if let Some(problem) = bundle.problems.first() {
        return Err(BundleError::Record(problem.clone()));
    }
    let unknown = bundle.records.iter().find_map(|record| Some((&record.key, record.unknown.keys().next()?)));
    match unknown {
        Some((key, place)) => Err(BundleError::Unknown { key: key.clone(), place: place.clone() }),
        None => Ok(bundle),
    }
}

fn object(line: &str) -> Result<Map<String, Value>, serde_json::Error> {
    serde_json::from_str(line)
}

impl Bundle {
    fn of_document(mut document: Map<String, Value>, records: Map<String, Value>) -> Self {
        let meta = match document.remove("meta") {
            Some(Value::Object(meta)) => meta,
            _ => Map::new(),
        };
        let mut reader = Reader { bundle: Self { meta, ..Self::default() }, keys: HashSet::new() };
        for (kind, list) in records {
            let at = Pointer::root().key("records").key(&kind);
            let Value::Array(list) = list else {
                reader.problem(None, at, "expected a list of records");
                continue;
            };
            for (index, record) in list.into_iter().enumerate() {
                let at = at.clone().index(index);
                match record {
                    Value::Object(fields) if fields.get("kind").is_some_and(|own| *own != *kind) => {
                        reader.problem(None, at.key("kind"), "another kind than that of the list");
                        reader.bundle.undecoded.push(fields);
                    }
                    Value::Object(fields) => reader.add(None, &at, fields),
                    _ => reader.problem(None, at, "expected a record"),
                }
            }
        }
        reader.bundle
    }

    fn of_lines(text: &str) -> Self {
        let mut reader = Reader { bundle: Self::default(), keys: HashSet::new() };
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            match object(line) {
                Ok(fields) => reader.add(Some(number), &Pointer::root(), fields),
                Err(error) => reader.problem(Some(number), Pointer::root(), &error.to_string()),
            }
        }
        reader.bundle
    }

    /// The bundle as one document, as [`export::json`](super::json()) writes it: unknown fields at their places, and the
    /// records that did not decode behind the others of their kind.
    pub fn to_json(&self) -> String {
        let kind =
            |fields: &Map<String, Value>| fields.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        let undecoded = self.undecoded.iter().map(|fields| (kind(fields), Value::Object(fields.clone())));
        let records = self.sorted().map(|record| (record.key.kind.name().to_owned(), record.to_json()));
        super::document(Value::Object(self.meta.clone()), records.chain(undecoded))
    }

    /// The bundle as [`export::ndjson`](super::ndjson()) writes it, with the records that did not decode at the end.
    pub fn to_ndjson(&self) -> String {
        let undecoded = self.undecoded.iter().cloned().map(Value::Object);
        super::lines(self.sorted().map(BundleRecord::to_json).chain(undecoded))
    }

    fn sorted(&self) -> impl Iterator<Item = &BundleRecord> {
        let mut records: Vec<_> = self.records.iter().collect();
        records.sort_by_key(|record| &record.key);
        records.into_iter()
    }

    /// The typed records as a dataset, to ask questions of. `as_of` is the day that counts as today.
    pub fn into_dataset(self, as_of: Day) -> Dataset {
        let mut manifest = Manifest::default();
        let part = |name: &str| self.meta.get(name).cloned().unwrap_or_default();
        manifest.title = serde_json::from_value(part("title")).unwrap_or_default();
        manifest.licence = serde_json::from_value(part("licence")).unwrap_or_default();
        manifest.version = serde_json::from_value(part("data_version")).unwrap_or_default();
        manifest.as_of = serde_json::from_value(part("as_of")).unwrap_or_default();
        let entries = (0..).zip(self.records).map(|(index, BundleRecord { key, record, .. })| Entry {
            summary: None,
            id: EntryId(index),
            origin: Origin { file: 0, line: index + 1, offset: 0, len: 0, fingerprint: 0 },
            key: Some(key),
            record: Some(Box::new(record)),
            coverage: Coverage::default(),
            skipped: None,
            references: Box::default(),
        });
        Dataset::new(as_of, manifest, vec![File::new("bundle.ndjson", "bundle.ndjson")], entries.collect())
    }
}

impl BundleRecord {
    /// The record as it stands in a bundle, unknown fields at their places.
    pub fn to_json(&self) -> Value {
        let mut value = super::record(&self.key, &self.record);
        self.unknown.iter().for_each(|(place, unknown)| rest::put(&mut value, place, unknown));
        value
    }
}

struct Reader {
    bundle: Bundle,
    keys: HashSet<Key>,
}

impl Reader {
    fn problem(&mut self, line: Option<usize>, place: Pointer, message: &str) {
        self.bundle.problems.push(BundleProblem { line, place, message: message.to_owned() });
    }

    fn add(&mut self, line: Option<usize>, at: &Pointer, fields: Map<String, Value>) {
        let id = fields.get("id").and_then(Value::as_str).and_then(|id| Id::parse(id).ok());
        let record = Record::from_json(&fields);
        match (record, id) {
            (Ok(record), Some(id)) => {
                let key = Key { kind: record.kind(), id };
                if !self.keys.insert(key.clone()) {
                    self.problem(line, at.clone(), &format!("`{key}` is there twice"));
                }
                let typed = super::record(&key, &record);
                let unknown = rest::of(&Value::Object(fields), &typed);
                self.bundle.records.push(BundleRecord { key, record, unknown });
            }
            (Ok(_), None) => {
                self.problem(line, at.clone().key("id"), "expected the id of the record");
                self.bundle.undecoded.push(fields);
            }
            (Err(error), _) => {
                let place = error.place.tokens().fold(at.clone(), |place, token| place.key(&token));
                self.problem(line, place, &error.message);
                self.bundle.undecoded.push(fields);
            }
        }
    }
}
