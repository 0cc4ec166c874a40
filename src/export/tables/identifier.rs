//! The table `identifier`.

use super::Context;
use super::column::table;

table! {
    /// One row for every identifier that another catalogue gives to a recorded thing.
    IdentifierRow "identifier" key ["ref", "scheme"] {
        /// The record.
        r#ref: String => "record",
        /// The catalogue, a code.
        scheme: String where ["Scheme"],
        /// The identifier within the catalogue.
        value: String,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<IdentifierRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        for (scheme, value) in record.envelope.identifiers.iter().flat_map(|identifiers| identifiers.iter()) {
            rows.push(IdentifierRow { r#ref: key.to_string(), scheme: scheme.to_string(), value: value.to_string() });
        }
    }
    rows
}
