//! Fixes and layout are applied in rounds, to texts in memory, until none is left that makes a record better.
//!
//! In: a check of all texts, and the texts. Out: the texts as they would be. Nothing is written here.
//!
//! A fix is kept only if the same check then finds the record better, see `Measure`, and no other
//! record worse, see `Blame`. Other fixes are rejected and named, so that a suggestion that leads from one fault to
//! the next does no harm. A fix that overlaps with another waits for the next round, and so does a fix that another
//! makes possible.

mod blame;
mod budget;
mod measure;
mod round;
mod task;

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::File;
use crate::report::{Diagnostic, Edits, Location, Report};
pub use budget::CHECKS;
use budget::Checks;
use round::{Round, Settled};

/// Texts by the path under which a report shows their files.
pub type FileTexts = BTreeMap<String, String>;

/// What a check found, and in which files.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The findings.
    pub report: Report,
    /// The files.
    pub files: Vec<File>,
}

impl Checked {
    /// What a check of `files` found.
    pub fn new(report: Report, files: Vec<File>) -> Self {
        Self { report, files }
    }
}

/// Texts as they would be after fixing.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct FixOutcome {
    /// The texts that are changed, as they were.
    pub before: FileTexts,
    /// The same texts, fixed.
    pub after: FileTexts,
    /// How many fixes were applied.
    pub fixed: usize,
    /// The fixes that were not applied.
    pub refused: Vec<RejectedFix>,
}

/// A fix that was not applied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RejectedFix {
    /// The file.
    pub path: String,
    /// The line at which the record begins.
    pub line: u32,
    /// The code of the rule that offers the fix.
    pub rule: &'static str,
    /// The place in the record.
    pub pointer: Option<String>,
    /// What the fix would have done.
    pub what: String,
    /// Why it was not applied.
    pub reason: Reason,
}

/// Why a fix was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It would not make the record better, or would make another one worse.
    Harmful,
    /// So many other fixes were found harmful that it is not known whether this one is.
    Untried,
}

/// Applies fixes until nothing is left to fix, or until [`CHECKS`] checks were made; then the fixes that proved good
/// are kept. `check` checks the dataset with other texts in the place of some files'; `read` gives the text of a
/// checked file, or `None` where the file cannot be written.
///
/// # Errors
/// When the check fails.
pub fn fix<E>(
    suggestions: bool,
    check: &dyn Fn(&FileTexts) -> Result<Checked, E>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Result<FixOutcome, E> {
    let mut outcome = FixOutcome::default();
    let mut checks = Checks::new(check);
    let Some(mut checked) = checks.check(&outcome.after)? else { return Ok(outcome) };
    let (mut rejected, mut rejected_before) = (BTreeSet::new(), BTreeSet::new());
    // A fix that was rejected beside one text may be good beside another. Rejected fixes are tried again until a whole
    // pass fixes nothing, so that to fix a fixed dataset changes nothing.
    let mut unsettled = false;
    loop {
        let known = rejected.len();
        let mut round = Round::of(&checked, suggestions, &rejected);
        match round.settle(&outcome.after, &mut rejected, &mut checks, read)? {
            Settled::Better(changes, next) => {
                outcome.fixed += round.applied();
                for (path, (before, after)) in changes {
                    outcome.before.entry(path.clone()).or_insert(before);
                    outcome.after.insert(path, after);
                }
                checked = *next;
                unsettled = true;
            }
            Settled::Unknown => {
                rejected.append(&mut rejected_before);
                rejected = rejected_or_untried(&checked, suggestions, &rejected);
                break;
            }
            Settled::Unchanged if rejected.len() > known => {}
            Settled::Unchanged if !std::mem::take(&mut unsettled) || rejected.is_empty() => break,
            Settled::Unchanged => rejected_before.append(&mut rejected),
        }
    }
    outcome.after.retain(|path, text| outcome.before[path] != *text);
    outcome.before.retain(|path, _| outcome.after.contains_key(path));
    outcome.refused = rejected.into_iter().collect();
    Ok(outcome)
}

/// Takes the fixes out of a report that were found harmful, so that nobody is told to apply them again.
pub fn withdraw(refused: &[RejectedFix], report: &mut Report) {
    let harmful: BTreeSet<&RejectedFix> = refused.iter().filter(|fix| fix.reason == Reason::Harmful).collect();
    let is_refused = |found: &Diagnostic| {
        let named = |fix| RejectedFix::of(found, fix, report);
        found.fix.as_ref().is_some_and(|fix| harmful.contains(&named(fix)))
    };
    let refused: Vec<bool> = report.diagnostics.iter().map(is_refused).collect();
    for (found, _) in report.diagnostics.iter_mut().zip(refused).filter(|(_, refused)| *refused) {
        report.summary.fixable -= usize::from(found.is_fixable());
        report.summary.safely_fixable -= usize::from(found.is_safely_fixable());
        found.fix = None;
    }
}

/// Every fix that a check still offers: those that are known to be harmful, and those that were not tried.
fn rejected_or_untried(
    checked: &Checked,
    suggestions: bool,
    rejected: &BTreeSet<RejectedFix>,
) -> BTreeSet<RejectedFix> {
    let offered = checked.report.diagnostics.iter().filter_map(|found| Some((found, found.fix.as_ref()?)));
    let wanted = offered.filter(|(_, fix)| fix.safe || suggestions);
    let named = wanted.map(|(found, fix)| RejectedFix::of(found, fix, &checked.report));
    named
        .map(|fix| if rejected.contains(&fix) { fix } else { RejectedFix { reason: Reason::Untried, ..fix } })
        .collect()
}

impl RejectedFix {
    fn of(found: &Diagnostic, fix: &Edits, report: &Report) -> Self {
        let (path, line) = record_at(&found.location, report);
        let pointer = found.location.pointer.as_ref().map(ToString::to_string);
        let (path, rule, what) = (path.to_owned(), found.rule.code, fix.what.clone());
        Self { path, line, rule, pointer, what, reason: Reason::Harmful }
    }
}

/// A record, by its file and the line at which it begins.
type RecordUnit<'a> = (&'a str, u32);

/// The record that a place is in.
fn record_at<'a>(location: &'a Location, report: &Report) -> RecordUnit<'a> {
    (&location.path, location.quoted.map_or(1, |quoted| report.excerpts[quoted.excerpt].first_line))
}
