//! A [`Diff`] for a person, a program or a pull request. Each format is one file with one function.

mod excerpt;
mod human;
mod json;
mod markdown;

use std::io;

use hashbrown::HashSet;
use serde_json::Value;

use super::{Display, RunnerWriter, Syntax};
use crate::diff::{ChangeStatus, Diff, FieldChange, RecordChange, ReleaseNeeds, SourceEvidence};
use crate::lint::Rule;
use crate::query::claims;
use crate::report::{Diagnostic, Report};
use crate::rules::evidence::changed_without_evidence;
use crate::rules::identity::probable_duplicate;
use crate::value::Key;

pub use json::{DIFF_VERSION, schema as diff_schema};

/// A diff with the findings that the change brings.
#[derive(Debug, Clone, Copy)]
pub struct DiffView<'a> {
    /// What changed.
    pub diff: &'a Diff<'a>,
    /// The findings that the earlier state does not have.
    pub report: &'a Report,
    /// The name of the earlier state.
    pub old: &'a str,
    /// The name of the later state.
    pub new: &'a str,
}

/// An output format of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffFormat {
    /// For a person at a terminal.
    Human,
    /// For programs, in a versioned shape.
    Json,
    /// For a pull request.
    Markdown,
}

impl DiffFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Human, Self::Json, Self::Markdown];

    /// The name of the format, as `--format` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Markdown => "markdown",
        }
    }

    /// A few words for the help: what the format is, or what it is for.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Human => "Each value before and after, with its sources",
            Self::Json => "The whole diff as JSON, version 1",
            Self::Markdown => "Markdown of at most 60 KB, for a pull request",
        }
    }

    /// Writes a diff in this format.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn render(self, view: DiffView<'_>, display: Display, out: &mut dyn io::Write) -> io::Result<()> {
        if display.in_actions {
            return self.write(view, display, &mut RunnerWriter::new(out, self.syntax()));
        }
        self.write(view, display, out)
    }

    fn write(self, view: DiffView<'_>, display: Display, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Human => human::human(view, display.colour, out),
            Self::Json => json::json(view, out),
            Self::Markdown => markdown::markdown(view, out),
        }
    }

    const fn syntax(self) -> Syntax {
        match self {
            Self::Human => Syntax::Text,
            Self::Json => Syntax::Json,
            Self::Markdown => Syntax::Xml,
        }
    }
}

/// The mark of a fact that changed although its evidence did not.
const UNEVIDENCED: &str = "changed, but the evidence did not";

impl<'a> DiffView<'a> {
    /// The records by status, in the order in which a person reads them; those with a mark first.
    fn records(self) -> Vec<&'a RecordChange<'a>> {
        let mut records: Vec<_> = self.diff.records.iter().collect();
        let place = |status| ChangeStatus::ALL.iter().position(|other| *other == status);
        records.sort_by_key(|change| (place(change.status), !change.fields.iter().any(|field| field.unevidenced)));
        records
    }

    /// How many records have each status that occurs.
    fn counts(self) -> Vec<String> {
        let counted = ChangeStatus::ALL.iter().rev().map(|status| (self.diff.count(*status), status.name()));
        counted.filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect()
    }

    /// The probable duplicates of a record.
    fn duplicates(self, change: &RecordChange<'_>) -> impl Iterator<Item = &'a Diagnostic> {
        let key = change.key.clone();
        self.report.diagnostics.iter().filter(move |found| is_duplicate(found) && found.record.as_ref() == Some(&key))
    }

    /// The findings that do not stand beside a record of the diff.
    fn findings(self) -> Vec<&'a Diagnostic> {
        let changed: HashSet<&Key> = self.diff.records.iter().map(|change| change.key).collect();
        let is_beside = |found: &Diagnostic| {
            (is_duplicate(found) || is(found, &changed_without_evidence::RULE))
                && found.record.as_ref().is_some_and(|key| changed.contains(key))
        };
        self.report.diagnostics.iter().filter(|found| !is_beside(found)).collect()
    }

    /// How many findings have no diagnostic, because there are too many.
    fn not_shown(self) -> usize {
        self.report.summary.unreported.total()
    }

    /// How many findings there are in all that do not stand beside a record. The diagnostic that gives the number of the
    /// others is no finding itself.
    fn count_of(self, shown: &[&Diagnostic]) -> usize {
        let is_number = self.report.summary.unreported.reported_as.is_some();
        shown.len() + self.not_shown() - usize::from(is_number)
    }
}

fn is_duplicate(found: &Diagnostic) -> bool {
    is(found, &probable_duplicate::RULE)
}

fn is(found: &Diagnostic, rule: &'static Rule) -> bool {
    std::ptr::eq(found.rule, rule)
}

/// The sources behind one side of a change, in a few words each. A fact without a source says so.
fn sources(change: &FieldChange<'_>, side: Option<&Value>, evidence: &[SourceEvidence<'_>]) -> Vec<String> {
    let field = change.at.tokens().next().unwrap_or_default();
    if evidence.is_empty() && side.is_some() && claims::needs_evidence(&field, Some(change.class)) {
        return vec!["no source".to_owned()];
    }
    evidence.iter().map(source).collect()
}

/// What one source shows or says, in a few words.
fn source(evidence: &SourceEvidence<'_>) -> String {
    let says = evidence.says.map_or_else(String::new, |says| format!(" `{}`", excerpt::value(says)));
    let locator = evidence.locator.map_or_else(String::new, |locator| format!(" ({locator})"));
    format!("{} {}{says}{locator}", evidence.source, evidence.stance)
}

/// Which version of the data a change needs.
fn version(needs: &ReleaseNeeds<'_>) -> String {
    match &needs.version {
        Some(version) if needs.raised => format!("nothing more for version {} of the data", version.as_ref()),
        Some(version) => {
            format!("version {} of the data, in `dataset.json`, once the change is released", version.as_ref())
        }
        None => "a new version of the data".to_owned(),
    }
}
