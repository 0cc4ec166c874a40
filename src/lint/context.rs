//! The contexts that a rule sees: one record as it was read, or one record in its dataset.

use comity_document::document::{Layout, Node};

use super::TreeIndex;
use crate::dataset::{Coverage, Dataset, Entry, EntryId, File};
use crate::record::{Record, Reference};

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
    /// Whether a reference of the record leads to the entry `target`; with [`EntryId::GONE`], whether a reference leads
    /// nowhere. A quick test before [`references`](Self::references), because nearly all records have no such
    /// reference.
    pub(crate) fn leads_to(&self, target: EntryId) -> bool {
        self.dataset.targets(self.entry).contains(&target)
    }

    /// Whether a reference of the record leads to an entry for which `is_one` is true.
    pub(crate) fn leads_to_one(&self, is_one: impl Fn(&Entry) -> bool) -> bool {
        self.dataset.targets(self.entry).iter().any(|target| self.dataset.get_entry(*target).is_some_and(&is_one))
    }

    /// Calls `visit` for every reference of the record, with the entry that the reference names.
    pub(crate) fn references(&self, visit: &mut impl FnMut(Reference<'_>, Option<&'a Entry>)) {
        self.dataset.references(self.entry, visit);
    }
}
