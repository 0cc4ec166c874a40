//! Limits of a report: the first findings are shown, and the rest are counted. A report costs a thousand times what a
//! fault costs to make.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Policy, RatedFinding};
use crate::dataset::{Dataset, EntryId};
use crate::lint::{FINDING_LIMIT, Finding, Findings, Place, REPORT_LIMIT, Rule, RuleRole, Severity};
use crate::rules::file::too_large;

/// Findings that are counted and not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreported {
    /// How many there are by severity.
    pub by_severity: BTreeMap<Severity, usize>,
    /// How many there are by the code of the rule.
    pub by_rule: BTreeMap<&'static str, usize>,
    /// How many of them have a fix.
    pub fixable: usize,
    /// How many of them have a safe fix.
    pub safely_fixable: usize,
    /// The severity of the diagnostic that gives their number, where there is one.
    pub reported_as: Option<Severity>,
}

impl Unreported {
    /// How many there are.
    pub fn total(&self) -> usize {
        self.by_severity.values().sum()
    }

    /// What the diagnostic says that gives their number.
    pub(crate) fn sentence(&self) -> String {
        format!("{} more findings in these and other files are not shown", self.total())
    }

    /// How many findings of a severity there are besides the diagnostics. The diagnostic that gives their number is not
    /// a finding itself.
    pub fn of(&self, severity: Severity) -> usize {
        self.by_severity.get(&severity).unwrap_or(&0) - usize::from(self.reported_as == Some(severity))
    }

    /// Counts a finding. Layout is fixed as a whole, without a fix of its own.
    pub(crate) fn add(&mut self, severity: Severity, rule: &Rule, is_fix_safe: Option<bool>) {
        *self.by_severity.entry(severity).or_default() += 1;
        *self.by_rule.entry(rule.code).or_default() += 1;
        let is_layout = rule.role == RuleRole::Layout;
        self.fixable += usize::from(is_fix_safe.is_some() || is_layout);
        self.safely_fixable += usize::from(is_fix_safe == Some(true) || is_layout);
    }
}

/// Keeps the first [`FINDING_LIMIT`] findings of each file, the most severe and certain before others, and counts the
/// rest in one finding of their highest severity. With [`too_large`] switched off, all findings stay.
pub(crate) fn limited(rated: Vec<RatedFinding>, dataset: &Dataset, policy: &Policy) -> Vec<RatedFinding> {
    let file = |finding: &Finding| dataset.get_entry(finding.entry).map(|entry| entry.origin.file);
    let mut by_file: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, RatedFinding { finding, .. }) in rated.iter().enumerate() {
        if let Some(file) = file(finding).filter(|_| finding.rule.role != RuleRole::Limit) {
            by_file.entry(file).or_default().push(index);
        }
    }
    by_file.retain(|_, indices| indices.len() > FINDING_LIMIT);
    if by_file.is_empty() || policy.severity(&too_large::RULE).is_none() {
        return rated;
    }
    let mut more = Vec::new();
    let mut dropped = BTreeSet::new();
    for (file, mut indices) in by_file {
        indices.sort_by_key(|index| (Reverse(rated[*index].severity), !rated[*index].finding.truth.is_definite()));
        let rest = indices.split_off(FINDING_LIMIT);
        let first = &rated[rest[0]];
        let what = if dataset.files[file as usize].is_lines() { "file" } else { "record" };
        let message = format!("{} more faults in this {what} are not shown", rest.len());
        more.push(RatedFinding { severity: first.severity, finding: remainder(first.finding.entry, message) });
        dropped.extend(rest);
    }
    let kept = rated.into_iter().enumerate().filter(|(index, _)| !dropped.contains(index)).map(|(_, rated)| rated);
    kept.chain(more).collect()
}

/// Keeps the [`REPORT_LIMIT`] most severe findings of all files, in the order of the files, and counts the rest. One
/// finding gives their number, so that every output format shows it.
pub(crate) fn limited_in_all(mut rated: Vec<RatedFinding>, policy: &Policy) -> (Vec<RatedFinding>, Unreported) {
    let mut unreported = Unreported::default();
    if policy.unlimited || rated.len() <= REPORT_LIMIT {
        return (rated, unreported);
    }
    rated.sort_by_cached_key(|one| (Reverse(one.severity), !one.finding.truth.is_definite(), one.finding.entry));
    let rest = rated.split_off(REPORT_LIMIT);
    for RatedFinding { severity, finding } in &rest {
        unreported.add(*severity, finding.rule, finding.fix.as_ref().map(|fix| fix.safe));
    }
    if policy.severity(&too_large::RULE).is_some() {
        let message = unreported.sentence();
        let severity = rest[0].severity;
        unreported.reported_as = Some(severity);
        rated.push(RatedFinding { severity, finding: remainder(rest[0].finding.entry, message) });
    }
    (rated, unreported)
}

/// The finding that gives the number of findings that are not shown.
pub(crate) fn remainder(entry: EntryId, message: String) -> Finding {
    let mut out = Vec::with_capacity(1);
    Findings::new(&too_large::RULE, &mut out).at(entry, Place::File, message).help("fix these first, then check again");
    out.swap_remove(0)
}
