//! `schema/`: the schemas of the records, for authors and for readers.

use serde_json::Value;

use super::files::ReleaseFile;
use crate::kind::Kind;
use crate::schema;

/// The schemas of records, each with its path below the folder of the schemas.
pub fn record_schemas() -> Vec<(String, Value)> {
    let of_kind = |kind: Kind| {
        [
            (format!("{kind}.schema.json"), schema::authoring(kind)),
            (format!("reader/{kind}.schema.json"), schema::reader(kind)),
        ]
    };
    let whole = [
        ("reader/bundle.schema.json".to_owned(), schema::bundle()),
        ("reader/record.schema.json".to_owned(), schema::any_record()),
    ];
    Kind::ALL.into_iter().flat_map(of_kind).chain(whole).collect()
}

/// The schemas as files of a release.
pub(super) fn schema_files() -> Vec<ReleaseFile> {
    let file = |(path, schema)| ReleaseFile::new(format!("schema/{path}"), format!("{schema:#}\n"));
    record_schemas().into_iter().map(file).collect()
}
