//! The list of rules, in the order of work, and the runner. A rule is a module, a page, a snapshot, and a word here.

mod dates;
mod places;
mod reading;
mod schema;
mod scope;
mod sides;
mod sources;
mod text;

use comity_document::document::{Node, Writing};

pub use places::Fields;
pub use reading::{Trouble, over_faults, over_id, over_kind, over_line, over_trouble};
pub use schema::over_violations;
pub use scope::Scope;
pub(crate) use sources::origins;
pub use text::{TextAt, TextCheck, Traits};

pub(crate) use crate::value::nearest;

use crate::dataset::{Coverage, Dataset, Entry, File};
use crate::finding::{EntryId, Finding, Findings};
use crate::record::{Record, Reference};
use crate::rule::Rule;

/// What a rule sees. Only the runner looks inside.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Said while files are read; the module holds only the facts.
    Reading,
    /// Said by the schema; the module holds only the facts.
    Schema,
    /// Said by `judge`, once it is known what was found; the module holds only the facts.
    Policy,
    /// Sees every string of a record that has one of these traits.
    Text(Traits, TextCheck),
    /// Sees one record with its tree and its text.
    Document(fn(&Draft<'_>, &mut Findings<'_>)),
    /// Sees one record and, beside it, all others.
    Record(fn(&Site<'_>, &mut Findings<'_>)),
    /// Sees all records at once.
    Dataset(fn(&Dataset, &mut Findings<'_>)),
    /// Sees all records as they were, and as they are.
    History(fn(&Dataset, &Dataset, &mut Findings<'_>)),
}

impl Check {
    /// The stage of work, for `comity rules`.
    pub fn stage(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Schema => "schema",
            Self::Text(..) | Self::Document(_) => "document",
            Self::Record(_) => "record",
            Self::Dataset(_) => "dataset",
            Self::History(_) => "history",
            Self::Policy => "policy",
        }
    }
}

/// One record as it was read.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Its index.
    pub entry: EntryId,
    /// The file it stands in.
    pub file: &'a File,
    /// Its text.
    pub text: &'a str,
    /// Whether the text has faults, in spite of which it could be read.
    pub faults: bool,
    /// Its tree.
    pub root: &'a Node<'a>,
    /// The same, for many look-ups.
    pub fields: Fields<'a>,
    /// The record.
    pub record: &'a Record,
    /// How many facts it states, and how many of them evidence points at.
    pub coverage: Coverage,
    /// How its text is laid out.
    pub writing: Writing,
    /// Whether its fields and entries are known to stand in canonical order, and its texts and numbers to be in canonical
    /// form, as the walk over its strings met them.
    pub ordered: bool,
}

/// One record among all others.
#[derive(Debug)]
pub struct Site<'a> {
    /// Its entry.
    pub entry: &'a Entry,
    /// The record.
    pub record: &'a Record,
    /// All records.
    pub dataset: &'a Dataset,
}

impl<'a> Site<'a> {
    /// Whether a reference leads to that entry, or with [`EntryId::GONE`] to none: nearly always not, and then no rule need
    /// ask which.
    pub(crate) fn leads_to(&self, target: EntryId) -> bool {
        self.dataset.targets(self.entry).contains(&target)
    }

    /// Whether a reference leads to an entry of that sort.
    pub(crate) fn leads_to_one(&self, is_one: impl Fn(&Entry) -> bool) -> bool {
        self.dataset.targets(self.entry).iter().any(|target| self.dataset.get_entry(*target).is_some_and(&is_one))
    }

    /// Calls `visit` for every reference, with the entry it leads to.
    pub(crate) fn references(&self, visit: &mut impl FnMut(Reference<'_>, Option<&'a Entry>)) {
        self.dataset.references(self.entry, visit);
    }
}

macro_rules! rules {
    ($($shape:ident: $($name:ident)*;)*) => {
        $($(pub mod $name;)*)*

        /// Every rule with what it sees, in the order of work.
        pub static RULES: &[(&Rule, Check)] = &[$($((&$name::RULE, rules!(@ $shape $name)),)*)*];

        /// Makes one test a rule, named after it, that calls the function with the rule's name.
        #[macro_export]
        macro_rules! each_rule {
            ($run:ident) => { $($(#[test] fn $name() { $run(stringify!($name)); })*)* };
        }
    };
    (@ Reading $name:ident) => { Check::Reading };
    (@ Schema $name:ident) => { Check::Schema };
    (@ Policy $name:ident) => { Check::Policy };
    (@ Text $name:ident) => { Check::Text($name::WANTED, $name::check) };
    (@ $shape:ident $name:ident) => { Check::$shape($name::check) };
}

rules! {
    Reading: syntax not_utf8 duplicate_key too_large unreadable misplaced_file id_file_mismatch;
    Document: unknown_field missing_field;
    Schema: wrong_type unknown_code;
    Document: malformed_value;
    Schema: empty_collection repeated_item impossible_date unregistered_language;
    Text: sentinel_date placeholder_text invisible_character;
    Text: tracking_parameter markup_in_text contact_data long_quote;
    Document: non_canonical dangling_pointer known_unknown unsupported_fact;
    Record: dangling_reference;
    Record: reversed_interval future_as_fact status_order impossible_transition outside_container;
    Record: membership_outside_lifetime not_member_then;
    Dataset: actor_not_existing_then;
    Record: office_not_held_then supersession_order one_sided_cooperation false_precision;
    Dataset: duplicate_id;
    Record: wrong_kind_reference self_reference;
    Dataset: reference_cycle;
    Document: unreconciled_source;
    Document: identifier_checksum contested_without_dissent wrong_script;
    Record: placeless_place incoherent_quantity unlocatable_source report_before_event archive_before_publication;
    Record: done_on_announcement;
    Dataset: duplicate_source probable_duplicate;
    Record: retired_reference older_to_younger copy_without_origin weak_source_alone;
    Record: disputed_without_claims implausible_point;
    Dataset: shared_identifier orphan;
    Dataset: stale_ongoing;
    Record: late_reports_only overdue_plan archive_missing single_origin one_party_evidence;
    History: vanished_id;
    Policy: unused_allow;
}

/// The rule of that code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().map(|(rule, _)| *rule).find(|rule| rule.code == code)
}

/// The rules that look at one record as it was read: a single walk over its strings, then one by one.
pub fn over_document(mut draft: Draft<'_>, out: &mut Vec<Finding>) {
    draft.ordered = text::walk(&draft, out);
    for (rule, check) in RULES {
        if let Check::Document(check) = check {
            check(&draft, &mut Findings::new(rule, out));
        }
    }
}

/// The rules that look at one record among all others. Pure, so that records can be checked in parallel.
pub fn over_record(entry: &Entry, dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    let Some(record) = entry.record.as_deref() else { return out };
    let site = Site { entry, record, dataset };
    for (index, (rule, check)) in RULES.iter().enumerate() {
        if let Check::Record(check) = check
            && scope.has(index)
        {
            check(&site, &mut Findings::new(rule, &mut out).with_possible(scope.possible));
        }
    }
    out
}

/// The rules that look at all records at once.
pub fn over_dataset(dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    (0..RULES.len()).flat_map(|rule| one_over_dataset(rule, dataset, scope)).collect()
}

/// One of them, by its place in the list; nothing where the rule is another. Pure, so that they can look in parallel.
pub fn one_over_dataset(rule: usize, dataset: &Dataset, scope: Scope) -> Vec<Finding> {
    let mut out = Vec::new();
    if let (code, Check::Dataset(check)) = &RULES[rule]
        && scope.has(rule)
    {
        check(dataset, &mut Findings::new(code, &mut out).with_possible(scope.possible));
    }
    out
}

/// The rules that look at what has changed since an earlier state of the dataset.
pub fn over_history(base: &Dataset, head: &Dataset, scope: Scope) -> Vec<Finding> {
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
