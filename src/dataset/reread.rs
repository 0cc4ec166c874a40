//! Records that were let go and are read again, where their summaries leave a doubt.

use std::sync::OnceLock;

use comity_document::document::{self, Arena};
use comity_document::input::fingerprint;

use super::{Entry, EntryId};
use crate::record::Record;

/// The records that were read again, by the index of their entries. Empty in a dataset that keeps its records.
#[derive(Debug)]
pub(super) struct Reread(Box<[OnceLock<Option<Box<Record>>>]>);

impl Reread {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let lets_go = entries.iter().any(|entry| entry.summary.is_some());
        Self(entries.iter().filter(|_| lets_go).map(|_| OnceLock::new()).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record of an entry, if it was read again.
    pub(super) fn get(&self, entry: EntryId) -> Option<&Record> {
        self.0.get(entry.index())?.get()?.as_deref()
    }

    /// The record of an entry that was decoded once, read again.
    pub(super) fn read(&self, entry: &Entry, text: impl FnOnce(&Entry) -> Option<String>) -> Option<&Record> {
        let place = self.0.get(entry.id.index()).filter(|_| entry.is_decoded())?;
        place.get_or_init(|| read(entry, text(entry))).as_deref()
    }
}

/// The record of a text; `None` where the text is no longer the one that was checked.
pub(super) fn read(entry: &Entry, text: Option<String>) -> Option<Box<Record>> {
    let text = text.filter(|text| fingerprint(text) == entry.origin.fingerprint)?;
    let kind = entry.summary.as_ref()?.r#type.kind();
    let arena = Arena::default();
    let document = document::parse(&text, &arena);
    let mut record = Record::decode(kind, document.root.as_ref()?).ok()?;
    record.drop_prose();
    Some(Box::new(record))
}
