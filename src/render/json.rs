//! JSON, for programs: the report in a versioned shape of its own, so that the promise to readers does not change with the
//! types inside. Within a version, fields are only added.

mod v1;

use std::io;

use super::escape::JsonWriter;
use crate::report::Report;
pub(super) use v1::{Diagnostic, Tool};

/// The version of the report's shape.
pub const REPORT_VERSION: u32 = 1;

/// Writes the report as one JSON document, indented, with a newline at the end.
pub fn json(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    write_json(&v1::Report::of(report), out)
}

/// Writes a value as one JSON document, indented, with a newline at the end.
pub(crate) fn write_json(value: &impl serde::Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(JsonWriter(out), value)?;
    writeln!(out)
}

/// The JSON Schema of the report.
pub fn schema() -> serde_json::Value {
    versioned_schema::<v1::Report<'_>>("report", REPORT_VERSION)
}

/// The JSON Schema of a type that the program writes. The name and the version are part of its `$id`.
pub(crate) fn versioned_schema<T: schemars::JsonSchema>(name: &str, version: u32) -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    schema["$id"] = format!("urn:comity:schema:{name}:{version}").into();
    schema
}
