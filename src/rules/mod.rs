//! The registry of rules, by subject and in the order of work. A rule is a module, a page, a snapshot, and a word in the
//! list of its subject.

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
    (@ Text $name:ident) => { crate::lint::Check::Text(&$name::FILTER, $name::check) };
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

mod runner;
mod scope;
mod summary;

pub(crate) use file::drop_consequences;
pub use file::{
    InputError, drop_literals, over_faults, over_id, over_input_error, over_kind, over_likely_kind, over_line,
    over_schema, over_wrapped, settle_literals,
};
pub(crate) use reference::admits;
pub use runner::BATCH;
pub(crate) use runner::{over_all, over_alone, over_documents, over_history};
pub use schema::over_violations;
pub use scope::Scope;
pub(crate) use summary::summarise;
pub use text::over_text;

use crate::lint::{Check, Rule};

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
