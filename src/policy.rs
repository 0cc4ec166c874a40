//! The one place where severity is decided: from a rule's own level, the dataset's policy, and the records' exceptions.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use comity_document::at;
use comity_document::document::DEPTH;
use hashbrown::HashMap;

use crate::dataset::{Dataset, EntryId, RuleLevel};
use crate::lint::{Change, Check, FINDING_LIMIT, Finding, Findings, Place, REPORT_LIMIT, Rule, Severity};
use crate::record::Allow;
use crate::rules::dataset::unused_allow;
use crate::rules::file::{non_canonical, too_large};
use crate::rules::{self, Scope};
use crate::value::{Truth, nearest};

/// What a dataset, and whoever runs the check, make of the rules.
#[derive(Debug, Default, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of whoever runs the check, and none rules out another"
)]
pub struct Policy {
    /// Levels that differ from the rules' own.
    pub levels: BTreeMap<String, RuleLevel>,
    /// The rules to run; all when empty.
    pub select: BTreeSet<String>,
    /// Rules not to run.
    pub ignore: BTreeSet<String>,
    /// Whether to run the rules that run only when asked for.
    pub audit: bool,
    /// Whether to tell also what is only possibly so.
    pub possible: bool,
    /// Whether to report only what a change brings: findings that the earlier state did not have.
    pub changed_only: bool,
    /// Whether warnings block a merge too.
    pub warnings_as_errors: bool,
    /// Whether every finding is told one by one, however many there are: whoever applies fixes has to know all.
    pub unlimited: bool,
}

impl Policy {
    /// The policy that `dataset.json` states.
    pub fn of(dataset: &Dataset) -> Self {
        let levels = dataset.about.rules.iter().map(|(code, level)| (code.as_ref().to_owned(), *level)).collect();
        Self { levels, ..Self::default() }
    }

    /// How much a rule's findings matter; `None` when the rule is switched off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let left_out = !self.select.is_empty() && !self.select.contains(rule.code);
        let unasked = rule.audit && !self.audit && !self.select.contains(rule.code);
        if left_out || unasked || self.ignore.contains(rule.code) {
            return None;
        }
        let level = self.levels.get(rule.code).filter(|_| !rule.mandatory);
        let severity = match level {
            None => rule.severity,
            Some(RuleLevel::Error) => Severity::Error,
            Some(RuleLevel::Warning) => Severity::Warning,
            Some(RuleLevel::Note) => Severity::Note,
            // Whoever names it wants to see what it finds.
            Some(RuleLevel::Off) if self.select.contains(rule.code) => rule.severity,
            Some(RuleLevel::Off) => return None,
        };
        Some(if self.warnings_as_errors && severity == Severity::Warning { Severity::Error } else { severity })
    }

    /// How much a finding matters; what is only possibly so blocks nothing.
    fn severity_of(&self, finding: &Finding) -> Option<Severity> {
        let severity = self.severity(finding.rule)?;
        match finding.truth {
            Truth::Definitely => Some(severity),
            _ => self.possible.then_some(Severity::Note),
        }
    }

    /// The rules that have to run.
    pub fn scope(&self) -> Scope {
        Scope::of(|rule| self.severity(rule).is_some(), self.possible)
    }

    /// The rules that do not run, in the order of work. Rules over history need an earlier state of the dataset.
    pub fn off(&self, has_base: bool) -> Vec<&'static Rule> {
        let off = |(rule, check): &&(&Rule, Check)| {
            self.severity(rule).is_none() || matches!(check, Check::History(_)) && !has_base
        };
        rules::RULES.iter().filter(off).map(|(rule, _)| *rule).collect()
    }
}

/// A finding with its severity.
#[derive(Debug, Clone)]
pub struct RatedFinding {
    /// How much it matters.
    pub severity: Severity,
    /// The finding.
    pub finding: Finding,
}

/// Drops what records are excepted from, adds what exceptions are unused, and gives each finding its severity.
pub fn apply_policy(findings: Vec<Finding>, dataset: &Dataset, policy: &Policy) -> Vec<RatedFinding> {
    let mut used = BTreeSet::new();
    let exceptions = Exceptions::of(dataset);
    let mut kept: Vec<Finding> =
        findings.into_iter().filter(|finding| !exceptions.excuse(finding, &mut used)).collect();
    let complete = dataset.is_complete();
    // An exception that is itself at fault has been told of.
    used.extend(kept.iter().filter_map(|finding| Some((finding.entry, exception(&finding.place)?))));
    for (entry, record) in dataset.records() {
        for (index, allow) in record.allow().iter().enumerate() {
            if !used.contains(&(entry.id, index)) {
                say_unused(entry.id, index, allow, (policy, complete), &mut kept);
            }
        }
    }
    let judged = |finding: Finding| {
        policy.severity_of(&finding).map(|severity| RatedFinding { severity, finding: hedged(finding) })
    };
    kept.into_iter().filter_map(judged).collect()
}

/// What is only possibly so says that it is, and is not mended by the tool.
fn hedged(finding: Finding) -> Finding {
    if finding.truth.is_definite() {
        return finding;
    }
    Finding { message: format!("possibly wrong: {}", finding.message), fix: None, ..finding }
}

/// Of thousands of findings in one file the first are told, those that matter most before others and what is certain
/// before what is possible, and the rest counted as one that matters as much as they do; unless the count is switched off.
pub fn limited(judged: Vec<RatedFinding>, dataset: &Dataset, policy: &Policy) -> Vec<RatedFinding> {
    let file = |finding: &Finding| dataset.get_entry(finding.entry).map(|entry| entry.origin.file);
    let mut by_file: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, RatedFinding { finding, .. }) in judged.iter().enumerate() {
        if let Some(file) = file(finding).filter(|_| finding.rule.code != too_large::RULE.code) {
            by_file.entry(file).or_default().push(index);
        }
    }
    by_file.retain(|_, indices| indices.len() > FINDING_LIMIT);
    if by_file.is_empty() || policy.severity(&too_large::RULE).is_none() {
        return judged;
    }
    let mut more = Vec::new();
    let mut dropped = BTreeSet::new();
    for (file, mut indices) in by_file {
        indices.sort_by_key(|index| (Reverse(judged[*index].severity), !judged[*index].finding.truth.is_definite()));
        let rest = indices.split_off(FINDING_LIMIT);
        let first = &judged[rest[0]];
        let what = if dataset.files[file as usize].is_lines() { "file" } else { "record" };
        let message = format!("{} more faults in this {what} are not shown", rest.len());
        let mut count = Vec::new();
        Findings::new(&too_large::RULE, &mut count)
            .at(first.finding.entry, Place::File, message)
            .help("mend these first, then check again");
        more.extend(count.into_iter().map(|finding| RatedFinding { severity: first.severity, finding }));
        dropped.extend(rest);
    }
    let kept = judged.into_iter().enumerate().filter(|(index, _)| !dropped.contains(index)).map(|(_, judged)| judged);
    kept.chain(more).collect()
}

/// Findings that are counted and not told one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Untold {
    /// How many there are by severity.
    pub by_severity: BTreeMap<Severity, usize>,
    /// How many there are by the code of the rule.
    pub by_rule: BTreeMap<&'static str, usize>,
    /// How many of them have a fix.
    pub fixable: usize,
    /// The severity of the finding that tells of them, where there is one.
    pub told_as: Option<Severity>,
}

impl Untold {
    /// How many there are.
    pub fn total(&self) -> usize {
        self.by_severity.values().sum()
    }

    /// How many findings of a severity there are beside the diagnostics: the one that tells of the others is no finding.
    pub fn of(&self, severity: Severity) -> usize {
        self.by_severity.get(&severity).unwrap_or(&0) - usize::from(self.told_as == Some(severity))
    }

    fn add(&mut self, RatedFinding { severity, finding }: &RatedFinding) {
        *self.by_severity.entry(*severity).or_default() += 1;
        *self.by_rule.entry(finding.rule.code).or_default() += 1;
        self.fixable += usize::from(finding.fix.is_some() || finding.rule.code == non_canonical::RULE.code);
    }
}

/// Of the findings in all files those are told that matter most, in the order of the files, and the rest are counted: a
/// report costs a thousand times what a fault costs to make. One finding tells of the rest, so that every format does.
pub fn limited_in_all(mut judged: Vec<RatedFinding>, policy: &Policy) -> (Vec<RatedFinding>, Untold) {
    let mut untold = Untold::default();
    if policy.unlimited || judged.len() <= REPORT_LIMIT {
        return (judged, untold);
    }
    judged.sort_by_cached_key(|one| (Reverse(one.severity), !one.finding.truth.is_definite(), one.finding.entry));
    let rest = judged.split_off(REPORT_LIMIT);
    rest.iter().for_each(|one| untold.add(one));
    if policy.severity(&too_large::RULE).is_some() {
        let message = format!("{} more findings in these and other files are not shown", rest.len());
        let mut count = Vec::new();
        Findings::new(&too_large::RULE, &mut count)
            .at(rest[0].finding.entry, Place::File, message)
            .help("mend these first, then check again");
        untold.told_as = Some(rest[0].severity);
        judged.extend(count.into_iter().map(|finding| RatedFinding { severity: rest[0].severity, finding }));
    }
    (judged, untold)
}

/// The exceptions of all records, by the rule and the place each is for: a record may have thousands, and findings for
/// each. The whole record is the place "".
struct Exceptions<'a>(HashMap<(EntryId, &'a str, &'a str), Vec<usize>>);

impl<'a> Exceptions<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        let mut all: HashMap<_, Vec<usize>> = HashMap::new();
        for (entry, record) in dataset.records() {
            for (index, allow) in record.allow().iter().enumerate() {
                let at = allow.at.as_ref().map_or("", AsRef::as_ref);
                all.entry((entry.id, allow.rule.as_ref(), at)).or_default().push(index);
            }
        }
        Self(all)
    }

    /// An exception may stand in any record the finding names, so that it does not matter which of them comes first.
    fn excuse(&self, finding: &Finding, used: &mut BTreeSet<(EntryId, usize)>) -> bool {
        if !finding.rule.allowable || self.0.is_empty() {
            return false;
        }
        let related = finding.related.iter().map(|related| (related.entry, &related.place));
        let mut excused = false;
        for (entry, place) in std::iter::once((finding.entry, &finding.place)).chain(related) {
            let pointer = place.pointer();
            let places = pointer.into_iter().flat_map(|at| at.above().take(DEPTH).chain([at.as_str()]));
            for at in pointer.is_none().then_some("").into_iter().chain(places) {
                let Some(indices) = self.0.get(&(entry, finding.rule.code, at)) else { continue };
                // What is only possibly so needs no exception, and is no reason for one.
                if finding.truth.is_definite() {
                    used.extend(indices.iter().map(|index| (entry, *index)));
                }
                excused = true;
            }
        }
        excused
    }
}

/// The exception a place lies in, by its index.
fn exception(place: &Place) -> Option<usize> {
    let mut tokens = place.pointer()?.tokens();
    (tokens.next()? == "allow").then(|| tokens.next()?.parse().ok()).flatten()
}

/// Whether a rule looks at more than one record by itself.
fn looks_at_others(rule: &Rule) -> bool {
    let check = rules::RULES.iter().find(|(other, _)| other.code == rule.code).map(|(_, check)| check);
    matches!(check, Some(Check::Record(_) | Check::Dataset(_) | Check::History(_)))
}

/// What looks at other records may be silent because one of them could not be read: then nothing is said of its exceptions.
fn say_unused(
    entry: EntryId,
    index: usize,
    allow: &Allow,
    (policy, complete): (&Policy, bool),
    out: &mut Vec<Finding>,
) {
    let code = allow.rule.as_ref();
    let mut meant = None;
    let (message, help) = match rules::find(code) {
        // A rule that did not run cannot have fired.
        Some(rule) if policy.severity(rule).is_none() => return,
        Some(rule) if rule.allowable && !complete && looks_at_others(rule) => return,
        Some(rule) if rule.allowable => {
            let help = "remove the exception; it is not needed, or not any more";
            (format!("`{code}` finds nothing at that place"), help.to_owned())
        }
        Some(_) => {
            let help = "remove the exception, and mend what the rule finds; such a record cannot be published";
            (format!("`{code}` cannot be excepted"), help.to_owned())
        }
        None => {
            meant = nearest(code, rules::RULES.iter().map(|(rule, _)| rule.code));
            let codes = "write the code that a message has in brackets, such as `dangling-reference`";
            let help = meant.map_or_else(|| codes.to_owned(), |near| format!("did you mean `{near}`?"));
            (format!("there is no rule `{code}`"), help)
        }
    };
    let at = at!["allow"].index(index);
    let code = at.clone().key("rule");
    let mut findings = Findings::new(&unused_allow::RULE, out);
    let finding = findings.at(entry, code.clone(), message).help(help);
    match meant {
        Some(near) => finding.suggest(format!("write `{near}`"), Change::Replace { at: code, with: near.into() }),
        None => finding.suggest("remove the exception", Change::Remove { at }),
    };
}
