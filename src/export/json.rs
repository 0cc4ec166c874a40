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
    let mut meta = meta.clone();
    let counts = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), of_kind(*kind).len().into()));
    meta["records"] = counts.collect::<Map<String, Value>>().into();
    let records = Records(Kind::ALL.iter().map(|kind| (kind.name(), Of(of_kind(*kind)))).collect());
    serde_json::to_writer_pretty(&mut *out, &Document { meta, records })?;
    out.write_all(b"\n")
}

#[derive(serde::Serialize)]
struct Document<'a> {
    meta: Value,
    records: Records<'a>,
}

struct Records<'a>(Vec<(&'static str, Of<'a>)>);

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (kind, records) in &self.0 {
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
