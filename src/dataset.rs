//! Records by kind and id. An entry that could not be decoded keeps its name, so that one bad file never changes the
//! findings in other files.

mod entry;
mod file;
mod fingerprint;
mod manifest;
mod names;
mod reread;
mod summary;
mod typed;

use std::fmt;
use std::sync::OnceLock;

#[cfg(feature = "parallel")]
use rayon::prelude::*;

pub use self::entry::{Coverage, Entry};
pub use self::file::{FILE_LIMIT, File, LINE_LIMIT};
pub(crate) use self::fingerprint::{PRINT, Print, PrintOf, fingerprint, seed};
pub use self::manifest::{Manifest, RuleLevel, StepBack};
use self::names::Names;
use self::reread::Reread;
pub(crate) use self::summary::{Acted, Days, Field, Link, LinkEnd, RecordType, Summary, Way};
pub use self::typed::TypedRecord;
pub use crate::finding::EntryId;
use crate::finding::Finding;
use crate::kind::{Kind, OfKind};
use crate::record::{FromBody, Record, Reference, Target};
use crate::value::{Day, Id, Ref, StringFormat as _};

/// All records of a dataset, as of a day.
#[derive(Debug)]
pub struct Dataset {
    /// The day that counts as today.
    pub as_of: Day,
    /// The content of `dataset.json`.
    pub manifest: Manifest,
    /// The files. The origin of an entry has the index of its file.
    pub files: Vec<File>,
    entries: Vec<Entry>,
    names: Names,
    sorted: [OnceLock<Box<[Id]>>; Kind::ALL.len()],
    repeated: Vec<(EntryId, EntryId)>,
    /// The summaries of the records that are kept, made when they are first asked for.
    summaries: OnceLock<Box<[Option<Box<Summary>>]>>,
    /// The records that were let go and read again.
    reread: Reread,
    findings: Vec<Finding>,
    alone: Vec<Finding>,
    texts: TextSource,
    unstaged: Unstaged,
}

/// Reads the text of an entry again; `None` where the text cannot be had.
type ReadText = dyn Fn(&Entry) -> Option<String> + Send + Sync;

/// The source of the texts of records for quotations.
struct TextSource(Box<ReadText>);

impl fmt::Debug for TextSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextSource")
    }
}

/// Finds the file of a record that is no part of the dataset; `None` where there is none.
type FindFile = dyn Fn(Target<'_>) -> Option<String> + Send + Sync;

/// The files that lie beside a dataset and are no part of it: those that are not staged.
struct Unstaged(Box<FindFile>);

impl fmt::Debug for Unstaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unstaged")
    }
}

impl Dataset {
    /// A dataset of entries. The id of each entry must be the index of the entry.
    pub fn new(as_of: Day, manifest: Manifest, files: Vec<File>, mut entries: Vec<Entry>) -> Self {
        let (names, repeated) = Names::of(&entries);
        let resolve = |entry: &mut Entry| entry.summary.iter_mut().for_each(|summary| names.resolve(summary));
        #[cfg(feature = "parallel")]
        entries.par_iter_mut().for_each(resolve);
        #[cfg(not(feature = "parallel"))]
        entries.iter_mut().for_each(resolve);
        Self {
            as_of,
            manifest,
            files,
            reread: Reread::of(&entries),
            entries,
            names,
            sorted: Default::default(),
            repeated,
            summaries: OnceLock::new(),
            findings: Vec::new(),
            alone: Vec::new(),
            texts: TextSource(Box::new(|_| None)),
            unstaged: Unstaged(Box::new(|_| None)),
        }
    }

    /// Adds findings that were made while the records were read.
    #[must_use]
    pub fn with_findings(mut self, findings: Vec<Finding>) -> Self {
        self.findings = findings;
        self
    }

    /// The dataset with only the entries that `keep` keeps, and without findings, which name entries by their number.
    /// Records that were let go are read again: their summaries have the numbers of entries, too.
    #[must_use]
    pub fn retain(self, keep: impl Fn(&Entry) -> bool) -> Self {
        let recalled = self.lets_records_go().then(|| self.recalled().entries);
        let kept = recalled.unwrap_or(self.entries).into_iter().filter(|entry| keep(entry));
        let entries = (0..).zip(kept).map(|(index, entry)| Entry { id: EntryId(index), ..entry }).collect();
        Self { texts: self.texts, ..Self::new(self.as_of, self.manifest, self.files, entries) }
    }

    /// Adds what the rules over one record alone found in records that were let go.
    #[must_use]
    pub fn with_alone(mut self, findings: Vec<Finding>) -> Self {
        self.alone = findings;
        self
    }

    /// Sets the function that reads the text of an entry again. Without texts, a report has no lines and no fixes.
    #[must_use]
    pub fn with_texts(mut self, read: impl Fn(&Entry) -> Option<String> + Send + Sync + 'static) -> Self {
        self.texts = TextSource(Box::new(read));
        self
    }

    /// Sets the function that finds the file of a record which is there, and not staged: its path for the user.
    #[must_use]
    pub fn with_unstaged(mut self, find: impl Fn(Target<'_>) -> Option<String> + Send + Sync + 'static) -> Self {
        self.unstaged = Unstaged(Box::new(find));
        self
    }

    /// The file of a record that is there, and not staged.
    pub(crate) fn unstaged(&self, target: Target<'_>) -> Option<String> {
        Id::parse(target.id).ok().and_then(|_| (self.unstaged.0)(target))
    }

    /// The findings that were made while the records were read.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What the rules over one record alone found in records that were let go.
    pub(crate) fn alone(&self) -> &[Finding] {
        &self.alone
    }

    /// The text of an entry, read again.
    pub fn text(&self, entry: &Entry) -> Option<String> {
        (self.texts.0)(entry)
    }

    /// Whether a report covers an entry.
    pub fn is_reported(&self, entry: &Entry) -> bool {
        self.file(entry).reported
    }

    /// Every entry, in the order of files and lines.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with an id.
    ///
    /// # Panics
    /// When the dataset has no such entry; [`get_entry`](Self::get_entry) returns `None` instead.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The entry with an id; `None` for [`EntryId::GONE`].
    pub fn get_entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.index())
    }

    /// The file of an entry.
    pub fn file(&self, entry: &Entry) -> &File {
        &self.files[entry.origin.file as usize]
    }

    /// Every decoded record with its entry; in a dataset that [lets records go](Self::lets_records_go), those that were
    /// read again.
    pub fn records(&self) -> impl Iterator<Item = (&Entry, &Record)> {
        self.entries.iter().filter_map(|entry| self.known(entry).map(|record| (entry, record)))
    }

    /// Whether the dataset has summaries in the place of records. A check needs no others; whatever else is asked of a
    /// dataset needs one that keeps them.
    pub fn lets_records_go(&self) -> bool {
        !self.reread.is_empty()
    }

    /// The record of an entry, if it is in memory.
    fn known<'a>(&'a self, entry: &'a Entry) -> Option<&'a Record> {
        entry.record.as_deref().or_else(|| self.reread.get(entry.id))
    }

    /// The record of an entry, read again if it was let go.
    pub(crate) fn recall<'a>(&'a self, entry: &'a Entry) -> Option<&'a Record> {
        entry.record.as_deref().or_else(|| self.reread.read(entry, |entry| self.text(entry)))
    }

    /// What is kept of the record of an entry.
    pub(crate) fn summary<'a>(&'a self, entry: &'a Entry) -> Option<&'a Summary> {
        let made = || self.summaries.get().and_then(|all| all[entry.id.index()].as_deref());
        entry.summary.as_deref().or_else(made)
    }

    /// What is kept of each decoded record, with its entry.
    pub(crate) fn summaries(&self) -> impl Iterator<Item = (&Entry, &Summary)> {
        self.entries.iter().filter_map(|entry| self.summary(entry).map(|summary| (entry, summary)))
    }

    /// Makes the summaries of the records that are kept, unless that was done.
    pub(crate) fn summarise(&self, make: impl FnOnce(&[Entry]) -> Vec<Option<Box<Summary>>>) {
        if self.lets_records_go() {
            return;
        }
        self.summaries.get_or_init(|| {
            let mut all = make(&self.entries);
            all.iter_mut().flatten().for_each(|summary| self.names.resolve(summary));
            all.into()
        });
    }

    /// What is kept of the record that a reference names.
    pub(crate) fn summary_of(&self, end: LinkEnd) -> Option<&Summary> {
        self.summary(self.get_entry(end.entry()?)?)
    }

    /// The entry of a kind and an id, decoded or not.
    pub fn find(&self, target: Target<'_>) -> Option<&Entry> {
        self.names.find(target, &self.entries)
    }

    /// Calls `visit` for every reference of the record of an entry, with the entry that the reference names; `None`
    /// where the reference leads nowhere.
    pub fn references<'a>(&'a self, entry: &Entry, visit: &mut impl FnMut(Reference<'_>, Option<&'a Entry>)) {
        let mut each = |reference: Reference<'_>| visit(reference, self.find(reference.to));
        self.known(entry).iter().for_each(|record| record.references(&mut each));
    }

    /// The decoded record of a kind and an id.
    pub fn record(&self, target: Target<'_>) -> Option<(&Entry, &Record)> {
        let entry = self.find(target)?;
        self.recall(entry).map(|record| (entry, record))
    }

    /// The decoded record that a typed reference names, with the fields of its kind.
    pub fn get<T: OfKind + FromBody>(&self, reference: &Ref<T>) -> Option<(&Entry, &Record, &T)> {
        let (entry, record) = self.record(reference.into())?;
        T::from_body(&record.body).map(|fields| (entry, record, fields))
    }

    /// The ids of a kind, in the order of files and lines.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &Id> {
        let keys = self.entries.iter().filter_map(move |entry| entry.key.as_ref().filter(|key| key.kind == kind));
        keys.map(|key| &key.id)
    }

    /// The ids of a kind, sorted, for a search for similar ids.
    pub fn sorted_ids(&self, kind: Kind) -> &[Id] {
        self.sorted[kind as usize].get_or_init(|| {
            let mut ids: Vec<Id> = self.ids(kind).cloned().collect();
            ids.sort_unstable();
            ids.dedup();
            ids.into()
        })
    }

    /// Entries whose kind and id an earlier entry has, each with that earlier entry.
    pub fn repeated(&self) -> &[(EntryId, EntryId)] {
        &self.repeated
    }

    /// Whether every entry was decoded. Only then may a rule infer something from the absence of a record.
    pub fn is_complete(&self) -> bool {
        self.entries.iter().all(Entry::is_decoded)
    }

    /// The coverage of all records together.
    pub fn coverage(&self) -> Coverage {
        self.entries.iter().fold(Coverage::default(), |mut sum, entry| {
            sum += entry.coverage;
            sum
        })
    }
}
