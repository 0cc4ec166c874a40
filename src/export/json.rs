//! `comity.json`, written record by record: the whole document is never in memory.

use std::io;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use super::{record, sorted};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::record::Record;
use crate::value::Key;

/// Writes `{ "meta": …, "records": { "actor": [ … ], … } }`. Every kind has a list, and `meta` gets its length.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write_json(dataset: &Dataset, meta: &Value, out: &mut dyn io::Write) -> io::Result<()> {
    let all = sorted(dataset);
    let of_kind = |kind: Kind| {
        let first = all.partition_point(|(key, _)| key.kind < kind);
        &all[first..first + all[first..].partition_point(|(key, _)| key.kind == kind)]
    };
    let by_kind = Kind::ALL.iter().map(|kind| (kind.name(), of_kind(*kind).len(), Of(of_kind(*kind))));
    write_document(meta.clone(), by_kind.collect(), out)
}

/// Writes a document of lists of records, each with the name of its kind and its length, which `meta` gets.
pub(super) fn write_document<L: Serialize>(
    mut meta: Value,
    by_kind: Vec<(&str, usize, L)>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let counts = by_kind.iter().map(|(kind, count, _)| ((*kind).to_owned(), (*count).into()));
    meta["records"] = counts.collect::<Map<String, Value>>().into();
    serde_json::to_writer_pretty(&mut *out, &Document { meta, records: Records(by_kind) })?;
    out.write_all(b"\n")
}

#[derive(serde::Serialize)]
struct Document<'a, L: Serialize> {
    meta: Value,
    records: Records<'a, L>,
}

struct Records<'a, L>(Vec<(&'a str, usize, L)>);

impl<L: Serialize> Serialize for Records<'_, L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (kind, _, records) in &self.0 {
            map.serialize_entry(kind, records)?;
        }
        map.end()
    }
}

/// The records of one kind, each made when it is written.
struct Of<'a>(&'a [(&'a Key, &'a Record)]);

impl Serialize for Of<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(key, fields)| record(key, fields)))
    }
}
