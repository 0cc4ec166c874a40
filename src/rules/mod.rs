//! The registry of rules, by subject and in the order of work, and the runner. A rule is a module, a page, a snapshot,
//! and a word in the list of its subject.

/// Declares the rules of a subject, by what they see. `$each` is the name of a macro that makes one test for each rule.
macro_rules! subject {
    ($each:ident { $($shape:ident: $($name:ident)*;)* }) => {
        $($(pub mod $name;)*)*

        /// The rules of this subject with what they see, in the order of work.
        pub(super) const RULES: &[(&crate::lint::Rule, crate::lint::Check)] =
            &[$($((&$name::RULE, subject!(@ $shape $name)),)*)*];

        /// Makes one test for each rule of this subject, named after the rule.
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $each {
            ($run:ident) => { $($(#[test] fn $name() { $run(stringify!($name)); })*)* };
        }
    };
    (@ Reading $name:ident) => { crate::lint::Check::Reading };
    (@ Schema $name:ident) => { crate::lint::Check::Schema };
    (@ Policy $name:ident) => { crate::lint::Check::Policy };
    (@ Text $name:ident) => { crate::lint::Check::Text($name::WANTED, $name::check) };
    (@ Linked $name:ident) => { crate::lint::Check::Linked(&$name::SCREEN, $name::check) };
    (@ Overview $name:ident) => { crate::lint::Check::Overview($name::note, $name::check) };
    (@ $shape:ident $name:ident) => { crate::lint::Check::$shape($name::check) };
}

pub mod dataset;
pub mod evidence;
pub mod file;
pub mod identity;
pub mod reference;
pub mod schema;
pub mod text;
pub mod time;
pub mod world;

mod scope;
mod summary;

#[cfg(feature = "parallel")]
use rayon::prelude::*;

pub use file::{InputError, over_faults, over_id, over_input_error, over_kind, over_line};
pub use schema::over_violations;
use scope::RuleSet;
pub use scope::Scope;
pub(crate) use summary::summarise;

use crate::dataset::{Dataset, Entry, EntryId};
use crate::lint::{AloneContext, Check, DocumentContext, Finding, Findings, RecordContext, Rule, SummaryContext};

/// The subjects by the names of their folders, in the order of work.
const SUBJECTS: &[(&str, &[(&Rule, Check)])] = &[
    ("file", file::RULES),
    ("schema", schema::RULES),
    ("text", text::RULES),
    ("identity", identity::RULES),
    ("reference", reference::RULES),
    ("time", time::RULES),
    ("evidence", evidence::RULES),
    ("world", world::RULES),
    ("dataset", dataset::RULES),
];

/// How many rules there are.
const COUNT: usize = {
    let (mut count, mut subject) = (0, 0);
    while subject < SUBJECTS.len() {
        count += SUBJECTS[subject].1.len();
        subject += 1;
    }
    count
};

/// Every rule with what it sees, in the order of work.
pub static RULES: &[(&Rule, Check)] = &{
    let mut all = [SUBJECTS[0].1[0]; COUNT];
    let (mut next, mut subject) = (0, 0);
    while subject < SUBJECTS.len() {
        let mut index = 0;
        while index < SUBJECTS[subject].1.len() {
            all[next] = SUBJECTS[subject].1[index];
            (next, index) = (next + 1, index + 1);
        }
        subject += 1;
    }
    all
};

/// The subject of the rule with that code: the name of the folder that holds its module and its page.
pub fn subject(code: &str) -> Option<&'static str> {
    let of = |rules: &[(&Rule, Check)]| rules.iter().any(|(rule, _)| rule.code == code);
    SUBJECTS.iter().find(|(_, rules)| of(rules)).map(|(name, _)| *name)
}

/// Makes one test for each rule, named after the rule, that calls the function with the rule's name.
#[macro_export]
macro_rules! each_rule {
    ($run:ident) => {
        $crate::each_file_rule!($run);
        $crate::each_schema_rule!($run);
        $crate::each_text_rule!($run);
        $crate::each_identity_rule!($run);
        $crate::each_reference_rule!($run);
        $crate::each_time_rule!($run);
        $crate::each_evidence_rule!($run);
        $crate::each_world_rule!($run);
        $crate::each_dataset_rule!($run);
    };
}

/// The rule with that code.
pub fn find(code: &str) -> Option<&'static Rule> {
    entry(code).map(|(rule, _)| *rule)
}

/// What a rule sees; `None` for a rule that is not on the list.
pub(crate) fn check_of(rule: &Rule) -> Option<Check> {
    entry(rule.code).map(|(_, check)| *check)
}

fn entry(code: &str) -> Option<&'static (&'static Rule, Check)> {
    RULES.iter().find(|(rule, _)| rule.code == code)
}

/// Runs the rules over one record as it was read: the text rules in a single walk over its strings, then the others, as
/// far as they are in the scope.
pub(crate) fn over_document(mut context: DocumentContext<'_>, scope: Scope, out: &mut Vec<Finding>) {
    context.ordered = text::walk(&context, out);
    for index in scope.of_set(RuleSet::DOCUMENT) {
        if let (rule, Check::Document(check)) = &RULES[index] {
            check(&context, &mut Findings::new(rule, out));
        }
    }
}

/// Runs the rules over one record alone.
pub(crate) fn over_alone(context: &AloneContext<'_>, scope: Scope, out: &mut Vec<Finding>) {
    for index in scope.of_set(RuleSet::ALONE) {
        if let (rule, Check::Alone(check)) = &RULES[index] {
            check(context, &mut Findings::new(rule, out).with_possible(scope.possible));
        }
    }
}

/// How many records one thread checks before it takes others.
#[cfg(feature = "parallel")]
const PIECE: usize = 256;

/// Runs the rules over several records: those over each record and its neighbours, and those over all records at once.
/// `new` are the entries that the earlier state does not have, in ascending order. The rules of both sorts run on all
/// cores at the same time, since one rule over all records may take longer than the others.
#[cfg(feature = "parallel")]
pub(crate) fn over_all(dataset: &Dataset, new: &[EntryId], scope: Scope) -> Vec<Finding> {
    dataset.summarise(|entries| entries.par_iter().map(|entry| summary::of_entry(entry, dataset)).collect());
    let of_all = || -> Vec<Finding> {
        let rules = (0..RULES.len()).into_par_iter().with_max_len(1);
        rules.flat_map_iter(|rule| over_dataset(rule, dataset, new, scope)).collect()
    };
    let needed = needed(dataset);
    let of_each = || -> Vec<Finding> {
        let entries = dataset.entries().par_iter().with_max_len(PIECE).filter(|entry| needed(entry));
        entries.flat_map_iter(|entry| over_record(entry, dataset, scope)).collect()
    };
    let (of_all, of_each) = rayon::join(of_all, of_each);
    let mut found = with_alone(of_each, dataset);
    found.extend(of_all);
    found
}

/// Runs the rules over several records: those over each record and its neighbours, and those over all records at once.
#[cfg(not(feature = "parallel"))]
pub(crate) fn over_all(dataset: &Dataset, new: &[EntryId], scope: Scope) -> Vec<Finding> {
    dataset.summarise(|entries| entries.iter().map(|entry| summary::of_entry(entry, dataset)).collect());
    let needed = needed(dataset);
    let of_each = dataset.entries().iter().filter(|entry| needed(entry));
    let of_each = of_each.flat_map(|entry| over_record(entry, dataset, scope)).collect();
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

/// Runs the rules over one record and its neighbours.
fn over_record(entry: &Entry, dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    let Some(summary) = dataset.summary(entry) else {
        over_undecoded(entry, dataset, scope, &mut out);
        return out;
    };
    for index in scope.of_set(RuleSet::RECORD) {
        let (rule, check) = &RULES[index];
        let findings = &mut Findings::new(rule, &mut out).with_possible(scope.possible);
        match check {
            // A record that was let go has no rule over the record alone left to run: these rules ran when the record
            // was read.
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
    out
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

/// Runs one rule over all records at once, by its index in the list; does nothing if the rule sees something else.
fn over_dataset(rule: usize, dataset: &Dataset, new: &[EntryId], scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    if let (code, Check::Overview(_, check) | Check::Dataset(check)) = &RULES[rule]
        && scope.has(rule)
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
