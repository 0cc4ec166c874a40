//! The exceptions in records (`allow`): they drop findings, and an exception that drops none is itself a finding.

use std::collections::BTreeSet;

use comity_document::at;
use comity_document::document::DEPTH;
use hashbrown::HashMap;

use super::Policy;
use crate::dataset::{Dataset, Entry, EntryId};
use crate::lint::{Change, Check, Finding, Findings, Place};
use crate::record::{Allow, Record};
use crate::rules;
use crate::rules::dataset::unused_allow;
use crate::value::nearest;

/// An exception: the record, and the index of the exception in the record.
type ExceptionId = (EntryId, usize);

/// Drops the findings that records except, and adds a finding for each exception that is unused.
pub(super) fn apply(findings: Vec<Finding>, dataset: &Dataset, policy: &Policy) -> Vec<Finding> {
    let mut used = BTreeSet::new();
    let excepting: Vec<(&Entry, &Record)> = with_exceptions(dataset).collect();
    let exceptions = Exceptions::of(&excepting);
    let mut kept: Vec<Finding> =
        findings.into_iter().filter(|finding| !exceptions.excuse(finding, &mut used)).collect();
    if excepting.is_empty() {
        return kept;
    }
    let complete = dataset.is_complete();
    // A faulty exception has a finding of its own, and gets no second one.
    used.extend(kept.iter().filter_map(|finding| Some((finding.entry, exception_at(&finding.place)?))));
    for (entry, record) in excepting {
        for (index, allow) in record.allow().iter().enumerate() {
            if !used.contains(&(entry.id, index)) {
                report_unused((entry.id, index), allow, (policy, complete), &mut kept);
            }
        }
    }
    kept
}

/// Every record that has exceptions.
fn with_exceptions(dataset: &Dataset) -> impl Iterator<Item = (&Entry, &Record)> {
    let may_except = |entry: &&Entry| dataset.summary(entry).is_none_or(|summary| summary.excepts);
    let entries = dataset.entries().iter().filter(may_except);
    entries.filter_map(|entry| dataset.recall(entry).map(|record| (entry, record)))
}

/// The exceptions of all records, by rule and place: a record may have thousands, and findings for each. The place of
/// an exception for the whole record is "".
struct Exceptions<'a>(HashMap<(EntryId, &'a str, &'a str), Vec<usize>>);

impl<'a> Exceptions<'a> {
    fn of(excepting: &[(&'a Entry, &'a Record)]) -> Self {
        let mut all: HashMap<_, Vec<usize>> = HashMap::new();
        for (entry, record) in excepting {
            for (index, allow) in record.allow().iter().enumerate() {
                let at = allow.at.as_ref().map_or("", AsRef::as_ref);
                all.entry((entry.id, allow.rule.as_ref(), at)).or_default().push(index);
            }
        }
        Self(all)
    }

    /// Whether a record that the finding names has an exception from it. Related records count too, because it is the
    /// order of the records that decides which of them a finding is reported for.
    fn excuse(&self, finding: &Finding, used: &mut BTreeSet<ExceptionId>) -> bool {
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
                // A finding that is only possibly so needs no exception, and so uses none.
                if finding.truth.is_definite() {
                    used.extend(indices.iter().map(|index| (entry, *index)));
                }
                excused = true;
            }
        }
        excused
    }
}

/// The index of the exception that a place lies in.
fn exception_at(place: &Place) -> Option<usize> {
    let mut tokens = place.pointer()?.tokens();
    (tokens.next()? == "allow").then(|| tokens.next()?.parse().ok()).flatten()
}

/// Reports an unused exception. A rule that looks at other records may be silent because one of them could not be read:
/// in an incomplete dataset its exceptions are not reported.
fn report_unused(
    (entry, index): ExceptionId,
    allow: &Allow,
    (policy, complete): (&Policy, bool),
    out: &mut Vec<Finding>,
) {
    let code = allow.rule.as_ref();
    let mut meant = None;
    let (message, help) = match rules::find(code) {
        // A rule that did not run cannot have used the exception.
        Some(rule) if policy.severity(rule).is_none() => return,
        Some(rule) if rule.allowable && !complete && rules::check_of(rule).is_some_and(Check::reads_other_records) => {
            return;
        }
        Some(rule) if rule.allowable => {
            let help = "remove the exception; it is not needed, or not any more";
            (format!("`{code}` finds nothing at that place"), help.to_owned())
        }
        Some(_) => {
            let help = "remove the exception, and fix what the rule finds; such a record cannot be published";
            (format!("`{code}` cannot be excepted"), help.to_owned())
        }
        None => {
            meant = nearest(code, rules::RULES.iter().map(|(rule, _)| rule.code));
            let codes = "write the code that a message has in brackets, such as `sentinel-date`";
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
