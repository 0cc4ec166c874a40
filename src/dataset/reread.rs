//! Records that were let go and are read again, where their summaries leave a doubt.

use std::cell::RefCell;
use std::sync::OnceLock;

use comity_document::document::{self, Arena};
use comity_document::input::fingerprint;

#[cfg(feature = "parallel")]
use rayon::prelude::*;

use super::{Dataset, Entry, EntryId};
use crate::record::Record;

/// The records that were read again, by the index of their entries, in blocks that are made when the first record of a block
/// is read again: mostly few records are. Without blocks in a dataset that keeps its records.
#[derive(Debug)]
pub(super) struct Reread(Box<[OnceLock<Block>]>);

/// How many records a block has.
const BLOCK: usize = 1024;

type Block = Box<[OnceLock<Option<Box<Record>>>]>;

impl Reread {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let lets_go = entries.iter().any(|entry| entry.summary.is_some());
        let blocks = if lets_go { entries.len().div_ceil(BLOCK) } else { 0 };
        Self((0..blocks).map(|_| OnceLock::new()).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record of an entry, if it was read again.
    pub(super) fn get(&self, entry: EntryId) -> Option<&Record> {
        let block = self.0.get(entry.index() / BLOCK)?.get()?;
        block.get(entry.index() % BLOCK)?.get()?.as_deref()
    }

    /// The record of an entry that was decoded once, read again.
    pub(super) fn read(&self, entry: &Entry, text: impl FnOnce(&Entry) -> Option<String>) -> Option<&Record> {
        let block = self.0.get(entry.id.index() / BLOCK).filter(|_| entry.is_decoded())?;
        let block = block.get_or_init(|| (0..BLOCK).map(|_| OnceLock::new()).collect());
        block[entry.id.index() % BLOCK].get_or_init(|| read(entry, text(entry))).as_deref()
    }
}

impl Dataset {
    /// Looks at the record of an entry. A record that was let go is read again, and let go again.
    pub(crate) fn peek<T>(&self, entry: &Entry, look: impl FnOnce(Option<&Record>) -> T) -> T {
        match self.known(entry) {
            None if entry.summary.is_some() => look(read(entry, self.text(entry)).as_deref()),
            known => look(known),
        }
    }

    /// Reads again the records that were let go, of the entries that are `wanted`.
    pub(crate) fn recall_all(&self, wanted: impl Fn(&Entry) -> bool + Sync) {
        if !self.lets_records_go() {
            return;
        }
        let recall = |entry: &Entry| {
            let _ = wanted(entry).then(|| self.recall(entry));
        };
        #[cfg(feature = "parallel")]
        self.entries.par_iter().for_each(recall);
        #[cfg(not(feature = "parallel"))]
        self.entries.iter().for_each(recall);
    }

    /// The same records in a dataset that keeps them, for questions that no summary answers.
    pub(crate) fn recalled(&self) -> Self {
        let kept = |entry: &Entry| Entry {
            id: entry.id,
            origin: entry.origin,
            key: entry.key.clone(),
            record: entry.record.clone().or_else(|| read(entry, self.text(entry))),
            summary: None,
            coverage: entry.coverage,
            skipped: entry.skipped,
            references: entry.references.clone(),
        };
        #[cfg(feature = "parallel")]
        let entries = self.entries.par_iter().map(kept).collect();
        #[cfg(not(feature = "parallel"))]
        let entries = self.entries.iter().map(kept).collect();
        Self::new(self.as_of, self.manifest.clone(), self.files.clone(), entries)
    }
}

/// The record of a text; `None` where the text is no longer the one that was checked.
fn read(entry: &Entry, text: Option<String>) -> Option<Box<Record>> {
    let text = text.filter(|text| fingerprint(text) == entry.origin.fingerprint)?;
    let kind = entry.summary.as_ref()?.r#type.kind();
    let mut record = ARENA.with_borrow_mut(|arena| {
        arena.clear();
        let document = document::parse(&text, arena);
        Record::decode(kind, document.root.as_ref()?).ok()
    })?;
    record.drop_prose();
    Some(Box::new(record))
}

thread_local! {
    /// Holds the tree of one record after another.
    static ARENA: RefCell<Arena> = RefCell::default();
}
