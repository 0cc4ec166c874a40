//! The one place that decides severity: from a rule's own level, the dataset's policy, and the exceptions in records.

mod exceptions;
mod limits;

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::{Dataset, Manifest, RuleLevel};
use crate::lint::{Check, Finding, Rule, Severity};
use crate::rules::{self, Scope};
use crate::value::Truth;

pub use limits::Unreported;
pub(crate) use limits::{limited, limited_in_all, remainder};

/// Which rules run, and how much their findings matter: what the dataset states, and what a run adds.
#[derive(Debug, Default, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the run, and none rules out another")]
#[non_exhaustive]
pub struct Policy {
    /// Levels that differ from the rules' own, by the code of the rule.
    pub levels: BTreeMap<String, RuleLevel>,
    /// The codes of the rules to run; empty for all.
    pub select: BTreeSet<String>,
    /// The codes of the rules not to run.
    pub ignore: BTreeSet<String>,
    /// Whether to run audit rules.
    pub audit: bool,
    /// Whether to report what is only possibly wrong, as notes.
    pub possible: bool,
    /// Whether to report only what a change brings: findings that the earlier state did not have.
    pub changed_only: bool,
    /// Whether warnings block a merge too.
    pub warnings_as_errors: bool,
    /// Whether to report every finding, however many there are. The fixer needs all of them.
    pub unlimited: bool,
}

impl Policy {
    /// The policy that the `dataset.json` of a dataset states.
    pub fn of(dataset: &Dataset) -> Self {
        Self::stated_by(&dataset.manifest)
    }

    /// The policy that a `dataset.json` states.
    pub fn stated_by(manifest: &Manifest) -> Self {
        let levels = manifest.rules.iter().map(|(code, level)| (code.as_ref().to_owned(), *level)).collect();
        Self { levels, ..Self::default() }
    }

    /// The severity of a rule's findings; `None` when the rule is switched off.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.level(rule).ok()
    }

    /// The severity of a rule's findings, or why the rule is switched off.
    fn level(&self, rule: &Rule) -> Result<Severity, NotRun> {
        let is_selected = self.select.contains(rule.code);
        if !self.select.is_empty() && !is_selected {
            return Err(NotRun::NotSelected);
        }
        if rule.audit && !self.audit && !is_selected {
            return Err(NotRun::Audit);
        }
        if self.ignore.contains(rule.code) {
            return Err(NotRun::Ignored);
        }
        let level = self.levels.get(rule.code).filter(|_| !rule.mandatory);
        let severity = match level {
            None => rule.severity,
            Some(RuleLevel::Error) => Severity::Error,
            Some(RuleLevel::Warning) => Severity::Warning,
            Some(RuleLevel::Note) => Severity::Note,
            // To select a rule by its code switches it on.
            Some(RuleLevel::Off) if is_selected => rule.severity,
            Some(RuleLevel::Off) => return Err(NotRun::Off),
        };
        Ok(if self.warnings_as_errors && severity == Severity::Warning { Severity::Error } else { severity })
    }

    /// The severity of a finding. A finding that is only possibly so blocks nothing.
    fn severity_of(&self, finding: &Finding) -> Option<Severity> {
        let severity = self.severity(finding.rule)?;
        match finding.truth {
            Truth::Definitely => Some(severity),
            _ => self.possible.then_some(Severity::Note),
        }
    }

    /// The rules that run.
    pub fn scope(&self) -> Scope {
        Scope::of(|rule| self.severity(rule).is_some(), self.possible)
    }

    /// The rules that do not run, in the order of the list, and why. Rules over history need an earlier state of the
    /// dataset.
    pub fn off(&self, has_base: bool) -> Vec<(&'static Rule, NotRun)> {
        let off = |(rule, check): &(&'static Rule, Check)| match self.level(rule) {
            Err(why) => Some((*rule, why)),
            Ok(_) if matches!(check, Check::History(_)) && !has_base => Some((*rule, NotRun::NoBase)),
            Ok(_) => None,
        };
        rules::RULES.iter().filter_map(off).collect()
    }
}

/// Why a rule does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRun {
    /// Other rules were selected.
    NotSelected,
    /// An audit rule, and no audit was asked for.
    Audit,
    /// The run ignores the rule.
    Ignored,
    /// `dataset.json` switches the rule off.
    Off,
    /// The rule compares with an earlier state of the dataset, and there is none.
    NoBase,
}

/// A finding with its severity.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RatedFinding {
    /// The severity.
    pub severity: Severity,
    /// The finding.
    pub finding: Finding,
}

/// Drops the findings that records except, adds a finding for each exception that is unused, and rates what is left.
pub fn apply_policy(findings: Vec<Finding>, dataset: &Dataset, policy: &Policy) -> Vec<RatedFinding> {
    let rate = |finding: Finding| {
        policy.severity_of(&finding).map(|severity| RatedFinding { severity, finding: hedged(finding) })
    };
    exceptions::apply(findings, dataset, policy).into_iter().filter_map(rate).collect()
}

/// Says of a finding that is only possibly so that it is, and takes its fix away.
fn hedged(finding: Finding) -> Finding {
    if finding.truth.is_definite() {
        return finding;
    }
    Finding { message: format!("possibly wrong: {}", finding.message), fix: None, ..finding }
}
