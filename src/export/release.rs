//! The identity of an export: which dataset, which version, of which day, made by which program from which commit.

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{ndjson, sorted};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::schema;

/// What the dataset does not know of its own export.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Release {
    /// The name and the version of the program that writes the export.
    pub tool: Option<String>,
    /// The commit whose records these are.
    pub commit: Option<String>,
}

impl Release {
    /// An export by a program, of the records of a commit where that is known.
    pub fn new(tool: impl Into<String>, commit: Option<String>) -> Self {
        Self { tool: Some(tool.into()), commit }
    }
}

/// The hash of bytes as SHA-256, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a bundle says of itself. A field without a value is absent.
pub(super) fn meta(dataset: &Dataset, release: &Release) -> Value {
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
        "tool": release.tool,
        "commit": release.commit,
        "content_sha256": sha256(ndjson(dataset).as_bytes()),
        "records": counts,
    });
    meta.as_object_mut().into_iter().for_each(|meta| meta.retain(|_, value| !value.is_null()));
    meta
}
