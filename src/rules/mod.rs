//! The list of rules, in the order of work, and the runner. A rule is a module, a page, a snapshot, and a word here.

mod dates;
mod places;
mod reading;
mod schema;
mod sides;
mod sources;

use std::sync::LazyLock;

use comity_document::document::{Node, Value};
use comity_document::pointer::{Path, Pointer};

pub use places::Fields;
pub use reading::{Trouble, over_faults, over_id, over_kind, over_line, over_trouble};
pub use schema::over_violations;
pub(crate) use sources::origins;

pub(crate) use crate::value::nearest;

use crate::dataset::{Dataset, Entry, File};
use crate::finding::{EntryId, Finding, Findings};
use crate::kind::Kind;
use crate::record::Record;
use crate::rule::Rule;
use crate::schema::shape;

/// What a rule sees. Only the runner looks inside.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Said while files are read; the module holds only the facts.
    Reading,
    /// Said by the schema; the module holds only the facts.
    Schema,
    /// Said by `judge`, once it is known what was found; the module holds only the facts.
    Policy,
    /// Sees every string of a record.
    Text(TextCheck),
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
            Self::Text(_) | Self::Document(_) => "document",
            Self::Record(_) => "record",
            Self::Dataset(_) => "dataset",
            Self::History(_) => "history",
            Self::Policy => "policy",
        }
    }
}

/// A string value of a record and where it stands.
#[derive(Debug)]
pub struct TextAt<'a> {
    /// The record.
    pub entry: EntryId,
    /// The record's kind.
    pub kind: Kind,
    /// The place.
    pub at: &'a Path<'a>,
    /// The string.
    pub text: &'a str,
}

impl TextAt<'_> {
    /// The format of the field it stands in, as the schema names it; what a source says (`says`) has that of the field
    /// it is said of. Empty for a code. Not cheap: to be asked only of a text that looks wrong.
    pub fn format(&self) -> &'static str {
        let at = self.at.pointer();
        let said = at.tokens().nth(3).filter(|_| matches!(at.tokens().nth(2).as_deref(), Some("says")));
        let field = match said.and_then(|field| Pointer::parse(&field)) {
            Some(field) => at.tokens().skip(4).fold(field, |field, token| field.key(&token)),
            None => at,
        };
        shape(self.kind).at(&field).map_or("", |shape| &shape.format)
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
    Document: identifier_checksum contested_without_dissent archive_before_publication wrong_script;
    Record: placeless_place incoherent_quantity unlocatable_source report_before_event done_on_announcement;
    Dataset: duplicate_source probable_duplicate;
    Record: retired_reference older_to_younger copy_without_origin weak_source_alone;
    Record: disputed_without_claims implausible_point;
    Dataset: shared_identifier orphan;
    Record: late_reports_only stale_ongoing overdue_plan archive_missing single_origin one_party_evidence;
    History: vanished_id;
    Policy: unused_allow;
}

/// The rule of that code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().map(|(rule, _)| *rule).find(|rule| rule.code == code)
}

/// The rules that look at one record as it was read: a single walk over its strings, then one by one.
pub fn over_document(draft: &Draft<'_>, out: &mut Vec<Finding>) {
    walk(draft, draft.root, &Path::Root, out);
    for (rule, check) in RULES {
        if let Check::Document(check) = check {
            check(draft, &mut Findings::new(rule, out));
        }
    }
}

/// What a rule does with a string.
pub type TextCheck = fn(&TextAt<'_>, &mut Findings<'_>);

/// The rules that see every string, picked out once: a record has about a hundred strings.
static TEXT_RULES: LazyLock<Vec<(&Rule, TextCheck)>> = LazyLock::new(|| {
    let text = |(rule, check): &(&'static Rule, Check)| {
        if let Check::Text(check) = check { Some((*rule, *check)) } else { None }
    };
    RULES.iter().filter_map(text).collect()
});

fn walk(draft: &Draft<'_>, node: &Node<'_>, at: &Path<'_>, out: &mut Vec<Finding>) {
    match &node.value {
        Value::String(text) => {
            let text = TextAt { entry: draft.entry, kind: draft.record.kind(), at, text };
            for (rule, check) in TEXT_RULES.iter() {
                check(&text, &mut Findings::new(rule, out));
            }
        }
        Value::Object(members) => {
            members.iter().for_each(|member| walk(draft, &member.value, &at.key(&member.key), out));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| walk(draft, item, &at.index(index), out));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The rules that look at one record among all others. Pure, so that records can be checked in parallel.
pub fn over_record(entry: &Entry, dataset: &Dataset) -> Vec<Finding> {
    let mut out = Vec::new();
    let Some(record) = entry.record.as_deref() else { return out };
    let site = Site { entry, record, dataset };
    for (rule, check) in RULES {
        if let Check::Record(check) = check {
            check(&site, &mut Findings::new(rule, &mut out));
        }
    }
    out
}

/// The rules that look at all records at once.
pub fn over_dataset(dataset: &Dataset) -> Vec<Finding> {
    let mut out = Vec::new();
    for (rule, check) in RULES {
        if let Check::Dataset(check) = check {
            check(dataset, &mut Findings::new(rule, &mut out));
        }
    }
    out
}

/// The rules that look at what has changed since an earlier state of the dataset.
pub fn over_history(base: &Dataset, head: &Dataset) -> Vec<Finding> {
    let mut out = Vec::new();
    for (rule, check) in RULES {
        if let Check::History(check) = check {
            check(base, head, &mut Findings::new(rule, &mut out));
        }
    }
    out
}
