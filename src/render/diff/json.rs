//! JSON, for programs: the diff in a versioned shape of its own. Within a version, fields are only added. The types have the
//! names that the JSON Schema of the diff shows.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::DiffView;
use crate::diff::{self, ChangeStatus, ReleaseNeeds};
use crate::render::escape::JsonWriter;
use crate::render::json::{Diagnostic, Tool};
use crate::schema::Class;

/// The version of the diff's shape.
pub const DIFF_VERSION: u32 = 1;

/// Writes the diff as one JSON document, indented, with a newline at the end.
pub(super) fn json(view: DiffView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(JsonWriter(out), &Diff::of(view))?;
    writeln!(out)
}

/// The JSON Schema of the diff.
pub fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Diff<'_>>().to_value();
    schema["$id"] = format!("urn:comity:schema:diff:{DIFF_VERSION}").into();
    schema
}

/// What `comity diff --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
struct Diff<'a> {
    /// The version of this shape: 1.
    version: u32,
    /// The program that wrote the diff.
    tool: Tool,
    /// The name of the earlier state.
    old: &'a str,
    /// The name of the later state.
    new: &'a str,
    /// How many records differ, by what happened to them.
    summary: Counts,
    /// The fields of `dataset.json` that differ.
    dataset: Vec<Field<'a>>,
    /// The records that differ, sorted by kind and id.
    records: Vec<Record<'a>>,
    /// The findings that the earlier state does not have, sorted by path, place and rule.
    findings: Vec<Diagnostic<'a>>,
    /// What the change needs before it can be released.
    needs: Needs,
}

/// How many records differ, by what happened to them.
#[derive(Debug, Serialize, JsonSchema)]
struct Counts {
    /// New records.
    added: usize,
    /// Records with other values.
    changed: usize,
    /// Records that were withdrawn, and whose files are still there.
    retired: usize,
    /// Records with another id.
    renamed: usize,
    /// Records that are gone without a tombstone.
    gone: usize,
    /// Records with another layout and the same values; they are not listed.
    reformatted: usize,
    /// Facts that changed although their evidence did not.
    unevidenced: usize,
    /// Findings that are counted here and are not listed, since there are too many.
    findings_not_shown: usize,
}

/// One record that differs.
#[derive(Debug, Serialize, JsonSchema)]
struct Record<'a> {
    /// `added`, `changed`, `retired`, `renamed` or `gone`.
    status: &'static str,
    /// The record as `kind:id`.
    #[serde(rename = "record")]
    key: String,
    /// The record as `kind:id` in the earlier state, or null where that is the same.
    renamed_from: Option<String>,
    /// The title, or null.
    title: Option<&'a str>,
    /// The file, with `/`.
    path: &'a str,
    /// Whether both states could be read; otherwise no fields are compared.
    readable: bool,
    /// The fields that differ; of a record that is new or gone, all fields.
    fields: Vec<Field<'a>>,
}

/// One value that differs.
#[derive(Debug, Serialize, JsonSchema)]
struct Field<'a> {
    /// The place in the record as a JSON Pointer (RFC 6901).
    pointer: &'a str,
    /// `fact`, `coded` (a judgement under the codebook) or `meta`.
    class: &'static str,
    /// The value before; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a Value>,
    /// The value now; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a Value>,
    /// The sources that stood behind the value before; of many, the first twenty.
    evidence_before: Vec<SourceEvidence<'a>>,
    /// The sources that stand behind the value now; of many, the first twenty.
    evidence_after: Vec<SourceEvidence<'a>>,
    /// Whether a fact says something new although its evidence is the same.
    unevidenced: bool,
}

/// What one source shows or says of a value.
#[derive(Debug, Serialize, JsonSchema)]
struct SourceEvidence<'a> {
    /// The id of the source.
    source: &'a str,
    /// How the source presents the value.
    stance: String,
    /// The value that the source has instead; absent where the source shows the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<&'a Value>,
    /// The place in the source, or null.
    locator: Option<&'a str>,
    /// The words of the source, or null.
    quote: Option<&'a str>,
}

/// What the change needs before it can be released.
#[derive(Debug, Serialize, JsonSchema)]
struct Needs {
    /// What the next release does to users: `none`, `editorial`, `addition`, `correction` or `break`.
    effect: &'static str,
    /// The version of the next release (`CalVer`), or null where there is nothing to release.
    version: Option<String>,
    /// The ids that are gone and must come back as tombstones.
    tombstones: Vec<Tombstone>,
}

/// An id that is gone.
#[derive(Debug, Serialize, JsonSchema)]
struct Tombstone {
    /// The record as `kind:id`.
    record: String,
    /// The record to use instead, or null where none is known.
    replaced_by: Option<String>,
}

impl<'a> Diff<'a> {
    fn of(view: DiffView<'a>) -> Self {
        Self {
            version: DIFF_VERSION,
            tool: Tool::this(),
            old: view.old,
            new: view.new,
            summary: Counts::of(view),
            dataset: view.diff.manifest.iter().map(Field::of).collect(),
            records: view.diff.records.iter().map(Record::of).collect(),
            findings: view.report.diagnostics.iter().map(Diagnostic::of).collect(),
            needs: Needs::of(&view.diff.needs),
        }
    }
}

impl Counts {
    fn of(view: DiffView<'_>) -> Self {
        let count = |status| view.diff.count(status);
        Self {
            added: count(ChangeStatus::Added),
            changed: count(ChangeStatus::Changed),
            retired: count(ChangeStatus::Retired),
            renamed: count(ChangeStatus::Renamed),
            gone: count(ChangeStatus::Gone),
            reformatted: view.diff.reformatted,
            unevidenced: view.diff.unevidenced(),
            findings_not_shown: view.report.summary.unreported.total(),
        }
    }
}

impl<'a> Record<'a> {
    fn of(change: &'a diff::RecordChange<'a>) -> Self {
        Self {
            status: change.status.name(),
            key: change.key.to_string(),
            renamed_from: change.renamed_from.map(ToString::to_string),
            title: change.title,
            path: change.path,
            readable: change.readable,
            fields: change.fields.iter().map(Field::of).collect(),
        }
    }
}

impl<'a> Field<'a> {
    fn of(change: &'a diff::FieldChange<'a>) -> Self {
        let sources = |evidence: &'a [diff::SourceEvidence<'a>]| evidence.iter().map(SourceEvidence::of).collect();
        Self {
            pointer: change.at.as_str(),
            class: match change.class {
                Class::Fact => "fact",
                Class::Coded => "coded",
                Class::Meta => "meta",
            },
            before: change.before.as_ref(),
            after: change.after.as_ref(),
            evidence_before: sources(&change.evidence_before),
            evidence_after: sources(&change.evidence_after),
            unevidenced: change.unevidenced,
        }
    }
}

impl<'a> SourceEvidence<'a> {
    fn of(evidence: &'a diff::SourceEvidence<'a>) -> Self {
        let diff::SourceEvidence { source, stance, says, locator, quote } = *evidence;
        Self { source, stance: stance.to_string(), says, locator, quote }
    }
}

impl Needs {
    fn of(needs: &ReleaseNeeds<'_>) -> Self {
        let tombstone = |(old, now): &(&crate::value::Key, Option<&crate::value::Key>)| Tombstone {
            record: old.to_string(),
            replaced_by: now.map(ToString::to_string),
        };
        Self {
            effect: needs.effect.name(),
            version: needs
                .version
                .as_ref()
                .filter(|_| needs.effect != diff::ReleaseEffect::None)
                .map(|version| version.as_ref().to_owned()),
            tombstones: needs.tombstones.iter().map(tombstone).collect(),
        }
    }
}
