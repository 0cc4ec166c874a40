//! The shape of version 1. The types have the names that the JSON Schema of the report shows.

use comity_document::input;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::report;
use crate::schema::VERSION;

/// What `comity check --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Report<'a> {
    /// The version of this shape: 1.
    version: u32,
    /// The program that wrote the report.
    tool: Tool,
    /// The findings, sorted by path, place and rule. Findings about layout come last.
    #[schemars(with = "Vec<Diagnostic<'a>>")]
    diagnostics: Diagnostics<'a>,
    /// What was checked, and what was not.
    summary: Summary<'a>,
}

/// The findings. Each diagnostic is built only when it is written, because a report may be long.
#[derive(Debug)]
struct Diagnostics<'a>(&'a [report::Diagnostic]);

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Diagnostic::of))
    }
}

/// The program that wrote the report.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::render) struct Tool {
    /// The name of the program.
    name: &'static str,
    /// The version of the program.
    version: &'static str,
    /// The version of the schemas that the program knows.
    schema_version: &'static str,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::render) struct Diagnostic<'a> {
    /// The rule's code.
    rule: &'a str,
    /// `error`, `warning` or `note`.
    severity: &'static str,
    /// Whether the finding is true only on some readings of the dates; reported on request.
    possible: bool,
    /// The record as `kind:id`, or null where it has no name.
    record: Option<String>,
    /// The file, with `/`.
    path: &'a str,
    /// The place in the record as a JSON Pointer (RFC 6901), or null for the file or a text that is no record.
    pointer: Option<&'a str>,
    /// The first character of the place, or null for the file as a whole.
    start: Option<Position>,
    /// One past the last character of the place.
    end: Option<Position>,
    /// What is wrong.
    message: &'a str,
    /// What was expected or meant.
    help: Option<&'a str>,
    /// Related places that explain the finding.
    related: Vec<Related<'a>>,
    /// How to fix the finding, or null.
    fix: Option<Fix<'a>>,
}

/// A position in a file.
#[derive(Debug, Serialize, JsonSchema)]
struct Position {
    /// From 1.
    line: u32,
    /// From 1, in Unicode scalar values.
    column: u32,
    /// From 0, in UTF-8 bytes of the file.
    offset: u64,
}

/// A related place that explains a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Related<'a> {
    /// The file.
    path: &'a str,
    /// The place in the record.
    pointer: Option<&'a str>,
    /// The first character of the place.
    start: Option<Position>,
    /// One past the last character of the place.
    end: Option<Position>,
    /// What is at the place.
    message: &'a str,
}

/// How to fix a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Fix<'a> {
    /// What the fix does.
    what: &'a str,
    /// Whether the fix preserves what the record says.
    safe: bool,
    /// The edits, to be applied all or none.
    edits: Vec<Edit<'a>>,
}

/// One edit of a file.
#[derive(Debug, Serialize, JsonSchema)]
struct Edit<'a> {
    /// First byte to replace.
    start: u64,
    /// One past the last byte to replace.
    end: u64,
    /// The replacement.
    text: &'a str,
}

/// What was checked, and what was not.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary<'a> {
    /// The number of files.
    files: usize,
    /// The number of records.
    records: usize,
    /// Rules that ran.
    rules: usize,
    /// Findings at level error.
    errors: usize,
    /// Findings at level warning.
    warnings: usize,
    /// Findings at level note.
    notes: usize,
    /// Findings with a fix.
    fixable: usize,
    /// Those of them whose fix keeps the meaning of the record.
    safely_fixable: usize,
    /// Findings that are counted here and are not among the diagnostics, since there are too many.
    not_shown: usize,
    /// Files whose content was not checked to the end.
    skipped: Vec<Skipped<'a>>,
    /// Rules that did not run.
    not_checked: Vec<&'a str>,
    /// The share of facts with evidence, 0 to 1; null where no fact is stated.
    evidence_coverage: Option<f64>,
    /// Whether nothing blocks a merge.
    clean: bool,
    /// Why a run without an error is not clean; null for all other runs.
    failure: Option<&'a str>,
}

/// A file whose content was not checked to the end.
#[derive(Debug, Serialize, JsonSchema)]
struct Skipped<'a> {
    /// The file.
    path: &'a str,
    /// Why.
    reason: &'a str,
}

impl<'a> Report<'a> {
    pub(super) fn of(report: &'a report::Report) -> Self {
        Self {
            version: super::REPORT_VERSION,
            tool: Tool::this(),
            diagnostics: Diagnostics(&report.diagnostics),
            summary: Summary::of(&report.summary),
        }
    }
}

impl Tool {
    /// This program.
    pub(in crate::render) fn this() -> Self {
        Self { name: "comity", version: env!("CARGO_PKG_VERSION"), schema_version: VERSION }
    }
}

impl From<input::Position> for Position {
    fn from(at: input::Position) -> Self {
        Self { line: at.line, column: at.column, offset: at.offset }
    }
}

impl<'a> Diagnostic<'a> {
    pub(in crate::render) fn of(diagnostic: &'a report::Diagnostic) -> Self {
        let report::Location { path, pointer, quoted } = &diagnostic.location;
        Self {
            rule: diagnostic.rule.code,
            severity: diagnostic.severity.name(),
            possible: diagnostic.possible,
            record: diagnostic.record.as_ref().map(ToString::to_string),
            path,
            pointer: pointer.as_ref().map(AsRef::as_ref),
            start: quoted.map(|quoted| quoted.start.into()),
            end: quoted.map(|quoted| quoted.end.into()),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            related: diagnostic.related.iter().map(|(location, message)| Related::of(location, message)).collect(),
            fix: diagnostic.fix.as_ref().map(|fix| Fix {
                what: &fix.what,
                safe: fix.safe,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| Edit { start: edit.start, end: edit.end, text: &edit.text })
                    .collect(),
            }),
        }
    }
}

impl<'a> Related<'a> {
    fn of(location: &'a report::Location, message: &'a str) -> Self {
        Self {
            path: &location.path,
            pointer: location.pointer.as_ref().map(AsRef::as_ref),
            start: location.quoted.map(|quoted| quoted.start.into()),
            end: location.quoted.map(|quoted| quoted.end.into()),
            message,
        }
    }
}

impl<'a> Summary<'a> {
    fn of(summary: &'a report::Summary) -> Self {
        Self {
            files: summary.files,
            records: summary.records,
            rules: summary.rules,
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            fixable: summary.fixable,
            safely_fixable: summary.safely_fixable,
            not_shown: summary.unreported.total(),
            skipped: summary.skipped.iter().map(|(path, reason)| Skipped { path, reason }).collect(),
            not_checked: summary.not_checked.iter().map(|(rule, _)| rule.code).collect(),
            // Four digits: enough for a reader, and the same on every machine.
            evidence_coverage: summary.coverage.share().map(|share| (share * 10_000.0).round() / 10_000.0),
            clean: summary.is_clean(),
            failure: summary.failure(),
        }
    }
}
