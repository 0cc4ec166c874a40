//! The list of rules, by subject and in the order of work, and the runner. A rule is a module, a page, a snapshot, and a
//! word in the list of its subject.

/// Declares the rules of a subject, by what they see. `$each` names a macro that makes one test a rule.
macro_rules! subject {
    ($each:ident { $($shape:ident: $($name:ident)*;)* }) => {
        $($(pub mod $name;)*)*

        /// The rules of this subject with what they see, in the order of work.
        pub(super) const RULES: &[(&crate::lint::Rule, crate::lint::Check)] =
            &[$($((&$name::RULE, subject!(@ $shape $name)),)*)*];

        /// Makes one test a rule of this subject, named after the rule.
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

#[cfg(feature = "parallel")]
use rayon::prelude::*;

pub use file::{InputError, over_faults, over_id, over_input_error, over_kind, over_line};
pub use schema::over_violations;
pub use scope::Scope;

use crate::dataset::{Dataset, Entry};
use crate::lint::{Check, DocumentContext, Finding, Findings, RecordContext, Rule};

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

/// Makes one test a rule, named after the rule, that calls the function with the rule's name.
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

/// The rule of that code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().map(|(rule, _)| *rule).find(|rule| rule.code == code)
}

/// The rules that look at one record as it was read: a single walk over its strings, then one by one.
pub fn over_document(mut draft: DocumentContext<'_>, out: &mut Vec<Finding>) {
    draft.ordered = text::walk(&draft, out);
    for (rule, check) in RULES {
        if let Check::Document(check) = check {
            check(&draft, &mut Findings::new(rule, out));
        }
    }
}

/// How many records one thread looks at before it takes others.
#[cfg(feature = "parallel")]
const PIECE: usize = 256;

/// The rules that look at several records: each record beside all others, and all records at once. With the feature
/// `parallel`, both run on all cores at the same time, since one rule over all records may take longer than the others.
#[cfg(feature = "parallel")]
pub(crate) fn over_all(dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let of_all = || -> Vec<Finding> {
        let rules = (0..RULES.len()).into_par_iter().with_max_len(1);
        rules.flat_map_iter(|rule| over_dataset(rule, dataset, scope)).collect()
    };
    let of_each = || -> Vec<Finding> {
        let entries = dataset.entries().par_iter().with_max_len(PIECE);
        entries.flat_map_iter(|entry| over_record(entry, dataset, scope)).collect()
    };
    let (of_all, mut found) = rayon::join(of_all, of_each);
    found.extend(of_all);
    found
}

/// The rules that look at several records: each record beside all others, and all records at once.
#[cfg(not(feature = "parallel"))]
pub(crate) fn over_all(dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let of_each = dataset.entries().iter().flat_map(|entry| over_record(entry, dataset, scope));
    of_each.chain((0..RULES.len()).flat_map(|rule| over_dataset(rule, dataset, scope))).collect()
}

/// The rules that look at one record beside all others.
fn over_record(entry: &Entry, dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    let Some(record) = entry.record.as_deref() else { return out };
    let site = RecordContext { entry, record, dataset };
    for (index, (rule, check)) in RULES.iter().enumerate() {
        if let Check::Record(check) = check
            && scope.has(index)
        {
            check(&site, &mut Findings::new(rule, &mut out).with_possible(scope.possible));
        }
    }
    out
}

/// One rule that looks at all records at once, by its place in the list; nothing where the rule is of another sort.
fn over_dataset(rule: usize, dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    if let (code, Check::Dataset(check)) = &RULES[rule]
        && scope.has(rule)
    {
        check(dataset, &mut Findings::new(code, &mut out).with_possible(scope.possible));
    }
    out
}

/// The rules that look at what has changed since an earlier state of the dataset.
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
