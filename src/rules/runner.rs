//! Runs the rules: over single records in batches, and over all records of a dataset.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

use super::scope::{RuleSet, Scope};
use super::{RULES, reference, summary, text};
use crate::dataset::{Dataset, Entry, EntryId, Summary};
use crate::lint::{AloneContext, Check, DocumentContext, Finding, Findings, RecordContext, Rule, SummaryContext};

/// How many records each step and each rule sees before the next one runs: so many that code is fetched rarely, and so few
/// that the records stay in the processor's caches. Measured: batches of 16 take a twentieth more time than batches of 64, and
/// batches of 8 a seventh.
pub const BATCH: usize = 64;

/// Runs the rules over single records as they were read: the text rules in a single walk over the strings of each record,
/// then the others, as far as they are in the scope.
pub(crate) fn over_documents(batch: &mut [(DocumentContext<'_>, &mut Vec<Finding>)], scope: Scope) {
    for (context, out) in &mut *batch {
        context.ordered = text::walk(context, out);
    }
    for index in scope.of_set(RuleSet::DOCUMENT) {
        let (rule, Check::Document(check)) = &RULES[index] else { continue };
        batch.iter_mut().for_each(|(context, out)| check(context, &mut Findings::new(rule, out)));
    }
}

/// Runs the rules over single records alone.
pub(crate) fn over_alone(batch: &mut [(AloneContext<'_>, &mut Vec<Finding>)], scope: Scope) {
    for index in scope.of_set(RuleSet::ALONE) {
        let (rule, Check::Alone(check)) = &RULES[index] else { continue };
        for (context, out) in &mut *batch {
            check(context, &mut Findings::new(rule, out).with_possible(scope.possible));
        }
    }
}

/// Runs the rules over several records: those over each record and its neighbours, and those over all records at once.
/// `new` are the entries that the earlier state does not have, in ascending order. The rules of both sorts run on all
/// cores at the same time, since one rule over all records may take longer than the others.
#[cfg(feature = "parallel")]
pub(crate) fn over_all(dataset: &Dataset, new: &[EntryId], scope: Scope) -> Vec<Finding> {
    dataset.summarise(|entries| {
        entries.par_chunks(BATCH).flat_map_iter(|batch| summary::of_entries(batch, dataset)).collect()
    });
    let of_all = || -> Vec<Finding> {
        let rules = (0..RULES.len()).into_par_iter().with_max_len(1);
        rules.flat_map_iter(|rule| over_dataset(rule, dataset, new, scope)).collect()
    };
    let needed = needed(dataset);
    let of_each = || -> Vec<Finding> {
        let batches = dataset.entries().par_chunks(BATCH);
        batches.flat_map_iter(|batch| over_records(batch, &needed, dataset, scope)).collect()
    };
    let (of_all, of_each) = rayon::join(of_all, of_each);
    let mut found = with_alone(of_each, dataset);
    found.extend(of_all);
    found
}

/// Runs the rules over several records: those over each record and its neighbours, and those over all records at once.
#[cfg(not(feature = "parallel"))]
pub(crate) fn over_all(dataset: &Dataset, new: &[EntryId], scope: Scope) -> Vec<Finding> {
    dataset.summarise(|entries| entries.chunks(BATCH).flat_map(|batch| summary::of_entries(batch, dataset)).collect());
    let needed = needed(dataset);
    let batches = dataset.entries().chunks(BATCH);
    let of_each = batches.flat_map(|batch| over_records(batch, &needed, dataset, scope)).collect();
    let mut found = with_alone(of_each, dataset);
    found.extend((0..RULES.len()).flat_map(|rule| over_dataset(rule, dataset, new, scope)));
    found
}

/// Which records need the rules over each record: those that the report covers. A finding in another record may use an
/// exception of such a record; where one has exceptions, all records are checked.
fn needed(dataset: &Dataset) -> impl Fn(&Entry) -> bool + Sync {
    let excepts = |entry: &Entry| dataset.summary(entry).is_some_and(|summary| summary.excepts);
    let all = dataset.entries().iter().any(|entry| dataset.is_reported(entry) && excepts(entry));
    move |entry| all || dataset.is_reported(entry)
}

/// The findings of the rules over each record, in the order of records and rules, with those that were made while
/// records were read.
fn with_alone(mut found: Vec<Finding>, dataset: &Dataset) -> Vec<Finding> {
    if !dataset.alone().is_empty() {
        found.extend_from_slice(dataset.alone());
        let index = |rule: &Rule| RULES.iter().position(|(other, _)| std::ptr::eq(*other, rule));
        found.sort_by_cached_key(|finding| (finding.entry, index(finding.rule)));
    }
    found
}

/// Runs the rules over each record and its neighbours, for those records that need them.
fn over_records(batch: &[Entry], needed: &impl Fn(&Entry) -> bool, dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let of_entry = |entry| (entry, dataset.summary(entry), Vec::new());
    let mut batch: Vec<(&Entry, _, Vec<Finding>)> = batch.iter().filter(|entry| needed(entry)).map(of_entry).collect();
    for index in scope.of_set(RuleSet::RECORD) {
        for (entry, summary, out) in &mut batch {
            let Some(summary) = summary else { continue };
            over_record(index, entry, summary, dataset, scope, out);
        }
    }
    for (entry, summary, out) in &mut batch {
        if summary.is_none() {
            over_undecoded(entry, dataset, scope, out);
        }
    }
    batch.into_iter().flat_map(|(_, _, found)| found).collect()
}

/// Runs the rule with that index over a record and its neighbours.
fn over_record(
    index: usize,
    entry: &Entry,
    summary: &Summary,
    dataset: &Dataset,
    scope: Scope,
    out: &mut Vec<Finding>,
) {
    let (rule, check) = &RULES[index];
    let findings = &mut Findings::new(rule, out).with_possible(scope.possible);
    match check {
        // A record that was let go has no rule over the record alone left to run: these rules ran when the record was
        // read.
        Check::Alone(check) => {
            let (manifest, as_of) = (&dataset.manifest, dataset.as_of);
            if let Some(record) = entry.record.as_deref() {
                check(&AloneContext { entry, record, manifest, as_of }, findings);
            }
        }
        Check::Linked(screen, check) => {
            if summary.in_doubt || (screen.doubts)(&SummaryContext { summary, dataset }) {
                over_recalled(*check, entry, dataset, findings);
            } else if cfg!(debug_assertions) && entry.record.is_some() {
                let mut missed = Vec::new();
                let findings = &mut Findings::new(rule, &mut missed).with_possible(scope.possible);
                over_recalled(*check, entry, dataset, findings);
                debug_assert!(missed.is_empty(), "the screen of `{}` misses {missed:?}", rule.code);
            }
        }
        Check::Record(check) => over_recalled(*check, entry, dataset, findings),
        _ => {}
    }
}

/// Runs a rule over a record, which is read again if it was let go.
fn over_recalled(
    check: fn(&RecordContext<'_>, &mut Findings<'_>),
    entry: &Entry,
    dataset: &Dataset,
    findings: &mut Findings<'_>,
) {
    if let Some(record) = dataset.recall(entry) {
        check(&RecordContext { entry, record, dataset }, findings);
    }
}

/// Runs the rule over references over a record that could not be decoded: one fault must not hide another.
fn over_undecoded(entry: &Entry, dataset: &Dataset, scope: Scope, out: &mut Vec<Finding>) {
    if entry.undecoded_references().is_empty() {
        return;
    }
    let rule = &reference::dangling_reference::RULE;
    if RULES.iter().position(|(other, _)| std::ptr::eq(*other, rule)).is_some_and(|index| scope.has(index)) {
        reference::dangling_reference::check_undecoded(entry, dataset, &mut Findings::new(rule, out));
    }
}

/// Runs the rule with that index over all records at once; does nothing if the rule sees something else.
fn over_dataset(index: usize, dataset: &Dataset, new: &[EntryId], scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    if let (code, Check::Overview(_, check) | Check::Dataset(check)) = &RULES[index]
        && scope.has(index)
    {
        check(dataset, &mut Findings::new(code, &mut out).with_possible(scope.possible).with_new(new));
    }
    out
}

/// Runs the rules over what has changed since an earlier state of the dataset.
pub(crate) fn over_history(base: &Dataset, head: &Dataset, scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    for (index, (rule, check)) in RULES.iter().enumerate() {
        if let Check::History(check) = check
            && scope.has(index)
        {
            check(base, head, &mut Findings::new(rule, &mut out));
        }
    }
    out
}
