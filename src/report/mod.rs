//! What a run found and what it checked, with places as lines and columns and fixes as edits. [`locate`] makes the report
//! out of findings, and is the only stage that needs texts again.

mod edits;
mod locate;
mod source_text;

use std::collections::BTreeMap;

use comity_document::input::Position;
use comity_document::pointer::{Pointer, Span};

use crate::dataset::{Coverage, Dataset};
use crate::lint::{Rule, RuleRole, Severity};
use crate::policy::{NotRun, Unreported};
use crate::value::Key;

pub use edits::{Edit, Edits, apply};
pub use locate::locate;

/// Everything a renderer may know.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// What was found, sorted by path, place and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that are quoted.
    pub excerpts: Vec<Excerpt>,
    /// What was checked, and what was not.
    pub summary: Summary,
}

/// The text of one record, to quote from.
#[derive(Debug)]
#[non_exhaustive]
pub struct Excerpt {
    /// The file that holds the record.
    pub path: String,
    /// The line of the file at which the record begins.
    pub first_line: u32,
    /// The text.
    pub text: String,
}

/// A finding with its severity and its place in a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// The severity.
    pub severity: Severity,
    /// Whether the finding is true only on some readings of the dates.
    pub possible: bool,
    /// The record, where its kind and id are known.
    pub record: Option<Key>,
    /// What is wrong.
    pub message: String,
    /// What was expected or meant.
    pub help: Option<String>,
    /// The place.
    pub location: Location,
    /// Related places that explain the finding.
    pub related: Vec<(Location, String)>,
    /// How to fix the fault.
    pub fix: Option<Edits>,
    /// Whether the file differs from the earlier state that the dataset was compared with.
    pub changed: bool,
    /// Whether the record could not be decoded, so that it may have more faults than are reported.
    pub undecoded: bool,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The file.
    pub path: String,
    /// The place in the record, where it has a pointer.
    pub pointer: Option<Pointer>,
    /// The bytes of an excerpt; `None` for the file as a whole.
    pub quoted: Option<Quoted>,
}

/// Bytes of an excerpt, and where they stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quoted {
    /// The index of the excerpt.
    pub excerpt: usize,
    /// The bytes of the excerpt.
    pub span: Span,
    /// The position of the first byte in the file.
    pub start: Position,
    /// The position after the last byte in the file.
    pub end: Position,
}

/// What was checked, and what was not.
#[derive(Debug, Default, Clone)]
#[non_exhaustive]
pub struct Summary {
    /// Files that were read.
    pub files: usize,
    /// Records, decoded or not.
    pub records: usize,
    /// Kinds among them.
    pub kinds: usize,
    /// Rules that ran.
    pub rules: usize,
    /// Findings at level error.
    pub errors: usize,
    /// Findings at level warning.
    pub warnings: usize,
    /// Findings at level note.
    pub notes: usize,
    /// Findings that the tool can fix or has a suggestion for.
    pub fixable: usize,
    /// Findings among them whose fix is safe.
    pub safely_fixable: usize,
    /// Files that were not checked to the end, and why.
    pub skipped: Vec<(String, &'static str)>,
    /// Whether a file that the report covers was not checked to the end.
    pub unfinished: bool,
    /// Exceptions from rules (`allow`) that the earlier state of the dataset does not have.
    pub new_exceptions: usize,
    /// Rules that did not run, and why.
    pub not_checked: Vec<(&'static Rule, NotRun)>,
    /// Facts with and without evidence.
    pub coverage: Coverage,
    /// Findings that are counted above and have no diagnostic, because there are too many.
    pub unreported: Unreported,
}

impl Summary {
    /// Whether nothing blocks a merge: there is no error, and every file was checked to the end. A fault that keeps a
    /// file from being checked blocks a merge even where its rule is switched off.
    pub fn is_clean(&self) -> bool {
        self.errors == 0 && !self.unfinished && self.records > 0
    }

    /// Why a run without an error is not clean, and what to do.
    pub fn failure(&self) -> Option<&'static str> {
        match self {
            Self { errors: 1.., .. } => None,
            Self { records: 0, .. } => Some(
                "this run fails because no record was checked: add a record, or name a file or folder with records",
            ),
            Self { unfinished: true, .. } => Some(
                "this run fails because not every file was checked to the end: run it without --select and --ignore to see why",
            ),
            _ => None,
        }
    }
}

impl Report {
    /// Keeps the first diagnostics, and counts the others as unreported. Returns how many others there are.
    pub fn keep_first(&mut self, most: usize) -> usize {
        let rest = self.diagnostics.split_off(most.min(self.diagnostics.len()));
        let unreported = &mut self.summary.unreported;
        for Diagnostic { severity, rule, fix, .. } in &rest {
            // The diagnostic that gives the number of others is no finding itself.
            if rule.role == RuleRole::Limit && unreported.reported_as.take().is_some() {
                continue;
            }
            unreported.add(*severity, rule, fix.as_ref().map(|fix| fix.safe));
        }
        rest.len()
    }

    /// Marks the diagnostics in files that differ from an earlier state.
    pub fn compare(&mut self, base: &Dataset, head: &Dataset) {
        let (before, after) = (fingerprints(base), fingerprints(head));
        for diagnostic in &mut self.diagnostics {
            let path = diagnostic.location.path.as_str();
            diagnostic.changed = before.get(path) != after.get(path);
        }
    }
}

/// The fingerprints of the records of each file.
fn fingerprints(dataset: &Dataset) -> BTreeMap<&str, Vec<u64>> {
    let mut fingerprints: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for entry in dataset.entries() {
        fingerprints.entry(&dataset.file(entry).path).or_default().push(entry.origin.fingerprint);
    }
    fingerprints
}

impl Diagnostic {
    /// Whether the tool can fix the fault or has a suggestion. Layout is fixed as a whole, not by edits.
    pub fn is_fixable(&self) -> bool {
        self.fix.is_some() || self.is_layout()
    }

    /// Whether the tool can fix the fault without changing what the record means.
    pub fn is_safely_fixable(&self) -> bool {
        self.fix.as_ref().is_some_and(|fix| fix.safe) || self.is_layout()
    }

    /// Whether only the layout of a record is meant.
    pub fn is_layout(&self) -> bool {
        self.rule.role == RuleRole::Layout
    }

    /// A total order, so that two runs give identical reports. Layout comes last: everything else matters more.
    fn order(&self) -> impl Ord + '_ {
        let offset = self.location.quoted.map(|quoted| (quoted.start.offset, quoted.end.offset));
        (self.is_layout(), &self.location.path, offset, self.rule.code, &self.location.pointer, &self.message)
    }
}
