//! What a rule sees: one record as it was read, or one record beside all others.

use comity_document::document::{Layout, Node};

use super::TreeIndex;
use crate::dataset::{Coverage, Dataset, Entry, EntryId, File};
use crate::record::{Record, Reference};

/// One record as it was read.
#[derive(Debug)]
pub struct DocumentContext<'a> {
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
    pub fields: TreeIndex<'a>,
    /// The record.
    pub record: &'a Record,
    /// How many facts it states, and how many of them evidence points at.
    pub coverage: Coverage,
    /// How its text is laid out.
    pub writing: Layout,
    /// Whether its fields and entries are known to stand in canonical order, and its texts and numbers to be in canonical
    /// form, as the walk over its strings met them.
    pub ordered: bool,
}

/// One record among all others.
#[derive(Debug)]
pub struct RecordContext<'a> {
    /// Its entry.
    pub entry: &'a Entry,
    /// The record.
    pub record: &'a Record,
    /// All records.
    pub dataset: &'a Dataset,
}

impl<'a> RecordContext<'a> {
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
