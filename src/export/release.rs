//! The identity of an export: which dataset, which version, of which day, made by which program from which commit.

use std::fmt::Write as _;
use std::io;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::left_out::LeftOut;
use super::{sorted, write_ndjson};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::schema;

/// What an export says of itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Release {
    /// The name and the version of the program that writes the export.
    pub tool: String,
    /// The commit whose records these are.
    pub commit: Option<String>,
    /// All of it, as `comity.json`, the data package and the manifest have it. A field without a value is absent.
    pub(super) meta: Value,
    /// The records that are not in the export, because they have errors.
    pub left_out: Vec<LeftOut>,
}

impl Release {
    /// The export of a dataset by a program, from a commit where that is known.
    pub fn of(dataset: &Dataset, tool: &str, commit: Option<String>) -> Self {
        let manifest = &dataset.manifest;
        let mut counts: Map<String, Value> = Kind::ALL.iter().map(|kind| (kind.name().to_owned(), json!(0))).collect();
        for (key, _) in sorted(dataset) {
            let count = &mut counts[key.kind.name()];
            *count = json!(count.as_u64().unwrap_or_default() + 1);
        }
        let mut meta = json!({
            "title": manifest.title,
            "licence": manifest.licence,
            "data_version": manifest.version,
            "as_of": manifest.as_of,
            "schema_version": schema::VERSION,
            "tool": tool,
            "commit": commit,
            "content_sha256": content_hash(dataset),
            "records": counts,
        });
        meta.as_object_mut().into_iter().for_each(|meta| meta.retain(|_, value| !value.is_null()));
        Self { tool: tool.to_owned(), commit, meta, left_out: Vec::new() }
    }

    /// The export without records that have errors, which the manifest names.
    #[must_use]
    pub fn without(mut self, left_out: Vec<LeftOut>) -> Self {
        if !left_out.is_empty() {
            self.meta["left_out"] = left_out.len().into();
        }
        Self { left_out, ..self }
    }
}

/// The hash of bytes as SHA-256, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The number of the bytes that a reader gives, and their hash.
pub(super) fn sha256_of(content: &mut dyn io::Read) -> io::Result<(u64, String)> {
    let mut hashing = Hashing(Sha256::new());
    let count = io::copy(content, &mut hashing)?;
    Ok((count, hexadecimal(&hashing.0.finalize())))
}

/// Hashes what is written to it.
struct Hashing(Sha256);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The hash of the records as NDJSON, without the whole text in memory.
pub(super) fn content_hash(dataset: &Dataset) -> String {
    let mut hashing = Hashing(Sha256::new());
    // A hash takes every byte.
    let _ = write_ndjson(dataset, &mut hashing);
    hexadecimal(&hashing.0.finalize())
}

fn hexadecimal(digest: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * digest.len());
    digest.iter().for_each(|byte| {
        let _ = write!(digits, "{byte:02x}");
    });
    digits
}
