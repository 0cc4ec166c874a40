//! Turns places into bytes, lines and columns, and changes into edits, and sorts the result. The only stage that needs
//! texts again: it asks for each text once, and keeps those that are quoted.

mod edits;
mod source_text;

use std::collections::{BTreeMap, BTreeSet};

use comity_document::document::Arena;
use comity_document::input::{Position, fingerprint};
use comity_document::pointer::{Pointer, Span};

use crate::dataset::{Coverage, Dataset, Entry, EntryId};
use crate::lint::{Fix, Place, Rule, RuleRole, Severity};
use crate::policy::{NotRun, Policy, RatedFinding, Unreported, limited, limited_in_all};
use crate::rules::reference::suggest;

use crate::value::Key;

pub use edits::{Edit, Edits, apply};
use source_text::SourceText;

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
}

impl Report {
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

/// Makes the report. `has_base` says whether the dataset was compared with an earlier state. A diagnostic quotes
/// nothing where the text of its entry cannot be read again, or is no longer the text that was checked.
pub fn locate(rated: Vec<RatedFinding>, dataset: &Dataset, policy: &Policy, has_base: bool) -> Report {
    let is_reported = |entry: &Entry| dataset.is_reported(entry);
    let rated = rated.into_iter();
    let rated = rated.filter(|rated| dataset.get_entry(rated.finding.entry).is_none_or(is_reported));
    let (mut rated, unreported) = limited_in_all(limited(rated.collect(), dataset, policy), policy);
    suggest(rated.iter_mut().map(|rated| &mut rated.finding), dataset);
    let (mut diagnostics, mut unplaced): (Vec<Diagnostic>, Vec<Unplaced>) =
        rated.into_iter().map(|rated| unplaced(rated, dataset)).unzip();
    let mut excerpts = Vec::new();
    for requests in requests(&unplaced).chunk_by(|a, b| a.entry == b.entry) {
        let Some(entry) = dataset.get_entry(requests[0].entry) else { continue };
        let Some(text) = dataset.text(entry).filter(|text| fingerprint(text) == entry.origin.fingerprint) else {
            continue;
        };
        let arena = Arena::default();
        let record = SourceText::of(&text, &arena, entry, dataset.file(entry).is_lines());
        for SpanRequest { finding, which, .. } in requests {
            let (diagnostic, unplaced) = (&mut diagnostics[*finding], &mut unplaced[*finding]);
            let quoted = record.quoted(&unplaced.places[*which].1, excerpts.len());
            match which {
                0 => {
                    diagnostic.location.quoted = quoted;
                    diagnostic.fix = unplaced.fix.take().and_then(|fix| record.edits(fix));
                }
                _ => diagnostic.related[which - 1].0.quoted = quoted,
            }
        }
        let path = dataset.file(entry).path.to_string();
        excerpts.push(Excerpt { path, first_line: entry.origin.line, text });
    }
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let summary = summarise(&diagnostics, unreported, dataset, policy.off(has_base));
    Report { diagnostics, excerpts, summary }
}

/// What a diagnostic lacks until its text is read again: its own place, the related places, and the edits of its fix.
struct Unplaced {
    places: Vec<(EntryId, Place)>,
    fix: Option<Fix>,
}

fn unplaced(rated: RatedFinding, dataset: &Dataset) -> (Diagnostic, Unplaced) {
    let RatedFinding { severity, finding } = rated;
    let location = |id: EntryId, place: &Place| {
        let path = match (dataset.get_entry(id), place) {
            (Some(entry), _) => dataset.file(entry).path.to_string(),
            (None, Place::Gone(path)) => path.to_string(),
            (None, _) => String::new(),
        };
        let pointer = place.pointer().filter(|_| dataset.get_entry(id).is_some()).cloned();
        Location { path, pointer, quoted: None }
    };
    let diagnostic = Diagnostic {
        rule: finding.rule,
        severity,
        possible: !finding.truth.is_definite(),
        record: dataset.get_entry(finding.entry).and_then(|entry| entry.key.clone()),
        message: finding.message,
        help: finding.help,
        location: location(finding.entry, &finding.place),
        related: finding
            .related
            .iter()
            .map(|related| (location(related.entry, &related.place), related.message.clone()))
            .collect(),
        fix: None,
        changed: false,
        undecoded: dataset.get_entry(finding.entry).is_some_and(|entry| !entry.is_decoded()),
    };
    let related = finding.related.into_iter().map(|related| (related.entry, related.place));
    let places = std::iter::once((finding.entry, finding.place)).chain(related).collect();
    (diagnostic, Unplaced { places, fix: finding.fix })
}

/// A request for the bytes of one place in one record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SpanRequest {
    entry: EntryId,
    finding: usize,
    which: usize,
}

/// All places, sorted by record, so that each text is read and parsed once, and dropped before the next.
fn requests(unplaced: &[Unplaced]) -> Vec<SpanRequest> {
    let of = |(finding, unplaced): (usize, &Unplaced)| {
        let entries = unplaced.places.iter().map(|(entry, _)| *entry).collect::<Vec<_>>();
        entries.into_iter().enumerate().map(move |(which, entry)| SpanRequest { entry, finding, which })
    };
    let mut requests: Vec<SpanRequest> = unplaced.iter().enumerate().flat_map(of).collect();
    requests.sort_unstable();
    requests
}

fn summarise(
    diagnostics: &[Diagnostic],
    unreported: Unreported,
    dataset: &Dataset,
    off: Vec<(&'static Rule, NotRun)>,
) -> Summary {
    let entries: Vec<&Entry> = dataset.entries().iter().filter(|entry| dataset.is_reported(entry)).collect();
    let count = |severity| {
        let shown = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        shown + unreported.of(severity)
    };
    let mut files: Vec<u32> = entries.iter().map(|entry| entry.origin.file).collect();
    files.dedup();
    let kinds: BTreeSet<_> = entries.iter().filter_map(|entry| entry.key.as_ref().map(|key| key.kind)).collect();
    let mut coverage = Coverage::default();
    entries.iter().for_each(|entry| coverage += entry.coverage);
    Summary {
        files: files.len(),
        records: entries.len(),
        kinds: kinds.len(),
        rules: crate::rules::RULES.len() - off.len(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        fixable: diagnostics.iter().filter(|diagnostic| diagnostic.is_fixable()).count() + unreported.fixable,
        safely_fixable: diagnostics.iter().filter(|diagnostic| diagnostic.is_safely_fixable()).count()
            + unreported.safely_fixable,
        unfinished: entries.iter().any(|entry| entry.unfinished().is_some()),
        new_exceptions: 0,
        skipped: skipped(&entries, dataset),
        not_checked: off,
        coverage,
        unreported,
    }
}

/// Each file once for each reason, however many of its lines have the reason.
fn skipped(entries: &[&Entry], dataset: &Dataset) -> Vec<(String, &'static str)> {
    let reason = |entry: &&Entry| entry.unfinished().map(|reason| (dataset.file(entry).path.to_string(), reason));
    let all: BTreeSet<_> = entries.iter().filter_map(reason).collect();
    all.into_iter().collect()
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
