//! Which fixes did harm.
//!
//! A finding counts for the record it is reported for, and for the suspects it points to: the records with a fix that
//! may change what the record says. A fix that closes a circle of links harms every record of the circle, and the
//! circle is reported for only one of them. A finding that may have several causes does not condemn all of them: half
//! of the suspects are postponed, until one is left.

use std::collections::{BTreeMap, BTreeSet};

use super::measure::Measure;
use super::round::Tasks;
use super::{RecordUnit, record_at};
use crate::report::{Diagnostic, Report};

/// A record by its file and the line at which it begins.
pub(super) type OwnedUnit = (String, u32);

/// The records whose fixes did harm.
#[derive(Debug, Default)]
pub(super) struct Blame {
    /// Records that are no better for what was done to them, or that made another one worse.
    pub(super) worse: BTreeSet<OwnedUnit>,
    /// Suspects of which one or more made a record worse.
    pub(super) shared: BTreeSet<BTreeSet<OwnedUnit>>,
}

impl Blame {
    /// Compares what a check found before and after the tasks.
    pub(super) fn of(tasks: &Tasks<'_>, before: &Report, after: &Report) -> Self {
        let active = || {
            let all =
                tasks.iter().flat_map(|(path, tasks)| tasks.iter().map(move |(line, task)| ((*path, *line), task)));
            all.filter(|(_, task)| task.is_active())
        };
        let suspects = active().filter(|(_, task)| !task.is_preserving()).map(|(unit, _)| unit).collect();
        let comparison = Comparison {
            before: measures(before, &suspects),
            after: measures(after, &suspects),
            suspects,
            reports: (before, after),
        };
        let is_worse = |unit: &RecordUnit<'_>, preserving| {
            let (before, after) = comparison.of(unit);
            !after.is_better(before, preserving)
        };
        let worse: BTreeSet<RecordUnit<'_>> =
            active().filter(|(unit, task)| is_worse(unit, task.is_preserving())).map(|(unit, _)| unit).collect();
        let mut blame = Self { shared: comparison.shared(&worse), ..Self::default() };
        let mut unexplained = comparison.suspects_of_unexplained();
        if unexplained.len() > 1 {
            blame.shared.insert(owned(std::mem::take(&mut unexplained)));
        }
        blame.worse = owned(worse.into_iter().chain(unexplained));
        blame
    }

    pub(super) fn is_empty(&self) -> bool {
        self.worse.is_empty() && self.shared.is_empty()
    }
}

fn owned<'a>(units: impl IntoIterator<Item = RecordUnit<'a>>) -> BTreeSet<OwnedUnit> {
    units.into_iter().map(|(path, line)| (path.to_owned(), line)).collect()
}

/// Two checks side by side, with a measure of each record that has findings.
struct Comparison<'a> {
    suspects: BTreeSet<RecordUnit<'a>>,
    before: BTreeMap<RecordUnit<'a>, Measure>,
    after: BTreeMap<RecordUnit<'a>, Measure>,
    reports: (&'a Report, &'a Report),
}

static NONE: Measure = Measure::NONE;

impl<'a> Comparison<'a> {
    fn of(&self, unit: &RecordUnit<'a>) -> (&Measure, &Measure) {
        (self.before.get(unit).unwrap_or(&NONE), self.after.get(unit).unwrap_or(&NONE))
    }

    /// The suspects among the records that a finding names.
    fn suspects_of(&self, found: &'a Diagnostic, report: &Report) -> BTreeSet<RecordUnit<'a>> {
        let related = found.related.iter().map(|(location, _)| record_at(location, report));
        let units = related.chain([record_at(&found.location, report)]);
        units.filter(|unit| self.suspects.contains(unit)).collect()
    }

    /// The sets of suspects that got worse by one new finding.
    fn shared(&self, worse: &BTreeSet<RecordUnit<'a>>) -> BTreeSet<BTreeSet<OwnedUnit>> {
        if worse.len() < 2 {
            return BTreeSet::new();
        }
        let (before, after) = self.reports;
        let known: BTreeSet<_> = before.diagnostics.iter().map(|found| identity(found, before)).collect();
        let new = after.diagnostics.iter().filter(|found| !known.contains(&identity(found, after)));
        let groups = new.map(|found| self.suspects_of(found, after).intersection(worse).copied().collect());
        groups.filter(|group: &BTreeSet<_>| group.len() > 1).map(owned).collect()
    }

    /// Where a record got worse and no new finding names a suspect: all suspects, but those whose record has lost
    /// faults that hid others. Their turn comes once nothing is hidden.
    fn suspects_of_unexplained(&self) -> BTreeSet<RecordUnit<'a>> {
        let report = self.reports.1;
        let mut unexplained: BTreeMap<_, usize> = BTreeMap::new();
        for found in &report.diagnostics {
            if self.suspects_of(found, report).is_empty() {
                *unexplained.entry((record_at(&found.location, report), found.rule.code)).or_default() += 1;
            }
        }
        let is_worse = |((unit, rule), count): (&(RecordUnit<'a>, &'static str), &usize)| {
            let (before, after) = self.of(unit);
            *count > before.own(rule) && !before.is_limited() && !after.reveals(before)
        };
        if !unexplained.iter().any(is_worse) {
            return BTreeSet::new();
        }
        let reveals = |unit: &RecordUnit<'a>| {
            let (before, after) = self.of(unit);
            after.reveals(before)
        };
        self.suspects.iter().filter(|unit| !reveals(unit)).copied().collect()
    }
}

/// What a check says of each record.
fn measures<'a>(report: &'a Report, suspects: &BTreeSet<RecordUnit<'a>>) -> BTreeMap<RecordUnit<'a>, Measure> {
    let mut measures: BTreeMap<RecordUnit<'_>, Measure> = BTreeMap::new();
    for found in &report.diagnostics {
        let own = record_at(&found.location, report);
        measures.entry(own).or_default().add(found);
        let related = found.related.iter().map(|(location, _)| record_at(location, report));
        let related: BTreeSet<_> = related.filter(|unit| *unit != own && suspects.contains(unit)).collect();
        related.into_iter().for_each(|unit| measures.entry(unit).or_default().add_related(found));
    }
    measures
}

/// What makes a finding the same in two checks: not its place in the text.
fn identity<'a>(found: &'a Diagnostic, report: &Report) -> impl Ord + use<'a> {
    (found.rule.code, record_at(&found.location, report), &found.location.pointer, &found.message)
}
