//! What of a dataset cannot be read, for the commands that go on without it.

use comity::dataset::Entry;
use comity::render::counted;
use comity::rules::InputError;

use super::{Loaded, Roots};
use crate::folder::EntryType;
use crate::output::note;

/// What may not be read, from the largest: a folder and a file may have any number of records.
const NOUNS: [&str; 4] = ["folder", "link", "file", "record"];

impl Loaded {
    /// Says in a note what cannot be read, and returns how many entries that are.
    pub(crate) fn note_unread(&self, roots: &Roots) -> usize {
        let unread = self.dataset.entries().iter().filter(|entry| entry.record.is_none());
        let nouns: Vec<&str> = unread.map(|entry| self.noun(roots, entry)).collect();
        let count = |noun| Some(nouns.iter().filter(|other| **other == noun).count()).filter(|count| *count > 0);
        let parts: Vec<String> =
            NOUNS.iter().filter_map(|noun| count(*noun).map(|count| counted(count, noun))).collect();
        if !parts.is_empty() {
            note(&format!("note: without {} that cannot be read; `comity check` shows why", parts.join(" and ")));
        }
        nouns.len()
    }

    /// What an entry stands for that has no record.
    fn noun(&self, roots: &Roots, entry: &Entry) -> &'static str {
        let is_path = entry.skipped.is_some_and(|reason| InputError::REASONS_OF_PATHS.contains(&reason));
        let Some(path) = self.path(entry).filter(|_| is_path) else { return "record" };
        match roots.trusted.entry_type(path) {
            Ok(Some(EntryType::Folder)) => "folder",
            Err(_) if roots.trusted.link(path).is_some() => "link",
            _ => "file",
        }
    }
}
