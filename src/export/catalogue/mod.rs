//! The release as catalogues of datasets describe it: Croissant for programs that learn from tables, schema.org and DCAT for
//! catalogues and search engines.

pub(super) mod croissant;
pub(super) mod dcat;
pub(super) mod scope;

use super::files::WrittenFile;
use crate::dataset::Dataset;

/// The media type of a file of a release, by its name.
fn media_type(file: &WrittenFile) -> &'static str {
    match file.path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "csv" => "text/csv",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "ndjson" => "application/x-ndjson",
        "sqlite" => "application/vnd.sqlite3",
        "parquet" => "application/vnd.apache.parquet",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "dta" => "application/x-stata-dta",
        "graphml" => "application/graphml+xml",
        "md" => "text/markdown",
        "cff" => "application/yaml",
        _ => "text/plain",
    }
}

/// The address of the licence.
pub(super) fn licence(dataset: &Dataset) -> Option<String> {
    let licence = dataset.manifest.licence.as_ref()?;
    Some(format!("https://spdx.org/licenses/{licence}"))
}
