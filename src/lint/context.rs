//! The contexts that a rule sees: one record as it was read, or one record in its dataset.

use comity_document::document::{Layout, Node};

use super::TreeIndex;
use crate::dataset::{
    Acted, Coverage, Dataset, Days, Entry, EntryId, Field, File, LinkEnd, Manifest, Print, PrintOf, Summary, Way,
};
use crate::record::{Record, Reference};
use crate::value::Day;

/// One record as it was read, for rules that need its text or its tree.
#[derive(Debug)]
#[non_exhaustive]
pub struct DocumentContext<'a> {
    /// The index of its entry.
    pub entry: EntryId,
    /// The file that holds the record.
    pub file: &'a File,
    /// The text.
    pub text: &'a str,
    /// Whether the text has faults that did not keep it from being parsed.
    pub faults: bool,
    /// The tree of the text.
    pub root: &'a Node<'a>,
    /// An index of the tree, for many look-ups.
    pub fields: TreeIndex<'a>,
    /// The record.
    pub record: &'a Record,
    /// How many facts the record states, and how many of them evidence supports.
    pub coverage: Coverage,
    /// How the text is laid out.
    pub layout: Layout,
    /// Whether the walk over the strings found all fields and entries in canonical order, and all texts and numbers in
    /// canonical form.
    pub ordered: bool,
}

/// One record, for rules that need nothing else.
#[derive(Debug)]
#[non_exhaustive]
pub struct AloneContext<'a> {
    /// The entry of the record.
    pub entry: &'a Entry,
    /// The record.
    pub record: &'a Record,
    /// The content of `dataset.json`.
    pub manifest: &'a Manifest,
    /// The day that counts as today.
    pub as_of: Day,
}

/// One record in its dataset, for rules that follow references.
#[derive(Debug)]
#[non_exhaustive]
pub struct RecordContext<'a> {
    /// The entry of the record.
    pub entry: &'a Entry,
    /// The record.
    pub record: &'a Record,
    /// The dataset.
    pub dataset: &'a Dataset,
}

impl<'a> RecordContext<'a> {
    /// Calls `visit` for every reference of the record, with the entry that the reference names.
    pub(crate) fn references(&self, visit: &mut impl FnMut(Reference<'_>, Option<&'a Entry>)) {
        self.dataset.references(self.entry, visit);
    }
}

/// What is kept of one record, in its dataset, for screens.
#[derive(Debug)]
#[non_exhaustive]
pub struct SummaryContext<'a> {
    /// What is kept of the record.
    pub(crate) summary: &'a Summary,
    /// The dataset.
    pub(crate) dataset: &'a Dataset,
}

impl<'a> SummaryContext<'a> {
    /// What is kept of each record that a field names and that was decoded.
    pub(crate) fn named_in(&self, field: Field) -> impl Iterator<Item = &'a Summary> {
        let links = self.summary.links.iter().filter(move |link| link.field() == field);
        links.filter_map(|link| self.dataset.summary_of(link.end()))
    }

    /// Everybody who acts, or is a member, with what is kept of the actor, where it was decoded.
    pub(crate) fn acting(&self) -> impl Iterator<Item = (&'a Acted, Option<&'a Summary>)> {
        self.summary.acting.iter().map(|acted| (acted, self.dataset.summary_of(self.end_of(acted))))
    }

    /// Every participant and party, each replaced by the actor for which it takes part, and when.
    pub(crate) fn taking_part(&self) -> Vec<(LinkEnd, Days)> {
        let mut all: Vec<(LinkEnd, Days)> = Vec::new();
        for acted in &self.summary.acting {
            match acted.way {
                Way::Participant | Way::Missed | Way::Party => all.push((self.end_of(acted), acted.days)),
                Way::Behind => all.last_mut().into_iter().for_each(|(actor, _)| *actor = self.end_of(acted)),
                _ => {}
            }
        }
        all
    }

    /// The actor that acts.
    pub(crate) fn end_of(&self, acted: &Acted) -> LinkEnd {
        self.summary.links[acted.link as usize].end()
    }
}

/// How a rule sees on summaries that it finds nothing. A screen may doubt too much, which costs time, and never too
/// little.
#[derive(Debug)]
#[non_exhaustive]
pub struct Screen {
    /// Whether the rule may find something in the record, as far as the record alone tells, that the summary does not
    /// tell.
    pub(crate) alone: fn(&AloneContext<'_>) -> bool,
    /// Whether the rule may find something in the record, as far as the summaries tell.
    pub(crate) doubts: fn(&SummaryContext<'_>) -> bool,
}

/// The fingerprints that a rule keeps of a record.
#[derive(Debug)]
pub struct Notes<'a> {
    prints: &'a mut Vec<Print>,
}

impl<'a> Notes<'a> {
    pub(crate) fn new(prints: &'a mut Vec<Print>) -> Self {
        Self { prints }
    }

    /// Keeps a fingerprint.
    pub(crate) fn keep(&mut self, of: PrintOf, print: u64) {
        self.prints.push(Print::new(of, print));
    }
}

/// What a rule over all records keeps of one.
pub type Note = fn(&Record, &mut Notes<'_>);
