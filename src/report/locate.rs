//! Turns places into bytes, lines and columns, and changes into edits, and sorts the result. Each text is asked for once; those
//! that are quoted are kept.

use std::collections::BTreeSet;

use comity_document::document::Arena;
use comity_document::input::fingerprint;

use super::source_text::SourceText;
use super::{Diagnostic, Excerpt, Location, Report, Summary};
use crate::dataset::{Coverage, Dataset, Entry, EntryId};
use crate::kind::Kind;
use crate::lint::{Fix, Place, Rule, Severity};
use crate::policy::{NotRun, Policy, RatedFinding, Unreported, limited, limited_in_all};
use crate::rules::InputError;
use crate::rules::reference::suggest;

/// Makes the report. `base` is the earlier state with which the dataset was compared. A diagnostic quotes
/// nothing where the text of its entry cannot be read again, or is no longer the text that was checked.
pub fn locate(rated: Vec<RatedFinding>, dataset: &Dataset, policy: &Policy, base: Option<&Dataset>) -> Report {
    let is_reported = |entry: &Entry| dataset.is_reported(entry);
    let rated = rated.into_iter();
    let rated = rated.filter(|rated| dataset.get_entry(rated.finding.entry).is_none_or(is_reported));
    let (mut rated, unreported) = limited_in_all(limited(rated.collect(), dataset, policy), policy);
    suggest(rated.iter_mut().map(|rated| &mut rated.finding), dataset, base);
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
    let summary = summarise(&diagnostics, unreported, dataset, policy.off(base.is_some()));
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
    let count = |severity| {
        let shown = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        shown + unreported.of(severity)
    };
    let covered = Covered::of(dataset);
    Summary {
        files: covered.files,
        records: covered.records,
        kinds: covered.kinds.into_iter().filter(|is_there| *is_there).count(),
        rules: crate::rules::RULES.len() - off.len(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        fixable: diagnostics.iter().filter(|diagnostic| diagnostic.is_fixable()).count() + unreported.fixable,
        safely_fixable: diagnostics.iter().filter(|diagnostic| diagnostic.is_safely_fixable()).count()
            + unreported.safely_fixable,
        unfinished: !covered.skipped.is_empty(),
        new_exceptions: 0,
        skipped: covered.skipped.into_iter().collect(),
        not_checked: off,
        coverage: covered.coverage,
        unreported,
    }
}

/// What a report covers, counted in one walk: there may be millions of entries.
#[derive(Default)]
struct Covered {
    files: usize,
    records: usize,
    kinds: [bool; Kind::ALL.len()],
    coverage: Coverage,
    /// Each file once for each reason why it was not checked to the end, however many of its lines have the reason.
    skipped: BTreeSet<(String, &'static str)>,
}

impl Covered {
    fn of(dataset: &Dataset) -> Self {
        let (mut all, mut last) = (Self::default(), None);
        for entry in dataset.entries().iter().filter(|entry| dataset.is_reported(entry)) {
            all.files += usize::from(last.replace(entry.origin.file) != Some(entry.origin.file));
            all.coverage += entry.coverage;
            if let Some(key) = &entry.key {
                all.kinds[key.kind as usize] = true;
            }
            let reason = entry.unfinished();
            all.records += usize::from(!reason.is_some_and(is_of_path));
            all.skipped.extend(reason.map(|reason| (dataset.file(entry).path.to_string(), reason)));
        }
        all
    }
}

/// Whether what stands at a path is no record, or cannot be seen.
fn is_of_path(reason: &str) -> bool {
    InputError::REASONS_OF_PATHS.contains(&reason)
}
