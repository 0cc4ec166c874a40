//! The tables `contested` and `unknown`.

use super::Context;
use super::column::table;
use crate::value::NonEmptyMap;

table! {
    /// One row for every place with a dispute: values that cannot all hold. The values stand in `claim`. What a source only
    /// planned otherwise, and a value that may hold with that of the record, such as a year beside a day, stand in `claim` alone,
    /// with `agrees` false.
    ContestedRow "contested" key ["ref", "path"] {
        /// The record.
        r#ref: String => "record",
        /// The place in the record (JSON Pointer).
        path: String,
        /// `preferred` where the value of the record is better shown, `open` where no value is.
        outcome: String where ["Outcome"],
        /// The reason for the outcome.
        why: String,
    }
}

table! {
    /// One row for every place for which a value was looked for and not found.
    UnknownRow "unknown" key ["ref", "path"] {
        /// The record.
        r#ref: String => "record",
        /// The place in the record (JSON Pointer).
        path: String,
        /// `not-found`, `not-disclosed` or `not-applicable`.
        reason: String where ["Unknown"],
    }
}

pub(super) fn contested(context: &Context<'_>) -> Vec<ContestedRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        for (path, contested) in record.envelope.contested.iter().flat_map(NonEmptyMap::iter) {
            let (r#ref, path, outcome) = (key.to_string(), path.to_string(), contested.outcome.to_string());
            rows.push(ContestedRow { r#ref, path, outcome, why: contested.why.to_string() });
        }
    }
    rows
}

pub(super) fn unknown(context: &Context<'_>) -> Vec<UnknownRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        for (path, reason) in record.envelope.unknown.iter().flat_map(NonEmptyMap::iter) {
            rows.push(UnknownRow { r#ref: key.to_string(), path: path.to_string(), reason: reason.to_string() });
        }
    }
    rows
}
