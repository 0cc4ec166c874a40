//! Records by kind and id. An entry that could not be decoded keeps its name, so that one bad file never changes the
//! findings in other files.

mod entry;
mod file;
mod manifest;
mod typed;

use std::fmt;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use hashbrown::{DefaultHashBuilder, HashTable, hash_table};

pub use self::entry::{Coverage, Entry};
pub use self::file::{FILE_LIMIT, File, LINE_LIMIT};
pub use self::manifest::{Manifest, RuleLevel};
pub use self::typed::TypedRecord;
pub use crate::finding::EntryId;
use crate::finding::Finding;
use crate::kind::{Kind, OfKind};
use crate::record::{FromBody, Record, Reference, Target};
use crate::value::{Day, Id, Key, Ref};

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
    by_id: [HashTable<EntryId>; Kind::ALL.len()],
    hasher: DefaultHashBuilder,
    sorted: [OnceLock<Box<[Id]>>; Kind::ALL.len()],
    repeated: Vec<(EntryId, EntryId)>,
    /// The targets of the references of each record, found on first use.
    targets: Vec<OnceLock<Box<[EntryId]>>>,
    findings: Vec<Finding>,
    texts: TextSource,
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

impl Dataset {
    /// A dataset of entries. The id of each entry must be the index of the entry.
    pub fn new(as_of: Day, manifest: Manifest, files: Vec<File>, entries: Vec<Entry>) -> Self {
        let mut counts = [0; Kind::ALL.len()];
        entries.iter().filter_map(|entry| entry.key.as_ref()).for_each(|key| counts[key.kind as usize] += 1);
        // Tables with room for all entries never hash an id twice.
        let mut by_id = counts.map(HashTable::<EntryId>::with_capacity);
        let hasher = DefaultHashBuilder::default();
        let mut repeated = Vec::new();
        for entry in &entries {
            let Some(Key { kind, id }) = &entry.key else { continue };
            let same = |other: &EntryId| id_of(&entries, *other) == id.as_ref();
            let hash = |other: &EntryId| hasher.hash_one(id_of(&entries, *other));
            match by_id[*kind as usize].entry(hash(&entry.id), same, hash) {
                hash_table::Entry::Occupied(first) => repeated.push((entry.id, *first.get())),
                hash_table::Entry::Vacant(place) => {
                    place.insert(entry.id);
                }
            }
        }
        let targets = entries.iter().map(|_| OnceLock::new()).collect();
        Self {
            as_of,
            manifest,
            files,
            entries,
            by_id,
            hasher,
            sorted: Default::default(),
            repeated,
            targets,
            findings: Vec::new(),
            texts: TextSource(Box::new(|_| None)),
        }
    }

    /// Adds findings that were made while the records were read.
    #[must_use]
    pub fn with_findings(mut self, findings: Vec<Finding>) -> Self {
        self.findings = findings;
        self
    }

    /// The dataset with only the entries that `keep` keeps, and without findings, which name entries by their number.
    #[must_use]
    pub fn retain(self, keep: impl Fn(&Entry) -> bool) -> Self {
        let kept = self.entries.into_iter().filter(|entry| keep(entry));
        let entries = (0..).zip(kept).map(|(index, entry)| Entry { id: EntryId(index), ..entry }).collect();
        Self { texts: self.texts, ..Self::new(self.as_of, self.manifest, self.files, entries) }
    }

    /// Sets the function that reads the text of an entry again. Without texts, a report has no lines and no fixes.
    #[must_use]
    pub fn with_texts(mut self, read: impl Fn(&Entry) -> Option<String> + Send + Sync + 'static) -> Self {
        self.texts = TextSource(Box::new(read));
        self
    }

    /// The findings that were made while the records were read.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
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

    /// Every decoded record with its entry.
    pub fn records(&self) -> impl Iterator<Item = (&Entry, &Record)> {
        self.entries.iter().filter_map(|entry| entry.record.as_deref().map(|record| (entry, record)))
    }

    /// The entry of a kind and an id, decoded or not.
    pub fn find(&self, target: Target<'_>) -> Option<&Entry> {
        let is = |id: &EntryId| id_of(&self.entries, *id) == target.id;
        self.by_id[target.kind as usize].find(self.hasher.hash_one(target.id), is).map(|id| self.entry(*id))
    }

    /// The targets of the references of an entry, in the order of [`Record::references`]; [`EntryId::GONE`] for a
    /// reference that leads nowhere. Each target is looked up once, for all rules.
    pub fn targets(&self, entry: &Entry) -> &[EntryId] {
        self.targets[entry.id.index()].get_or_init(|| {
            let mut targets = Vec::new();
            let mut add = |reference: Reference<'_>| {
                targets.push(self.find(reference.to).map_or(EntryId::GONE, |target| target.id));
            };
            entry.record.iter().for_each(|record| record.references(&mut add));
            targets.into()
        })
    }

    /// Calls `visit` for every reference of an entry, with the entry that the reference names; `None` where the
    /// reference leads nowhere.
    pub fn references<'a>(&'a self, entry: &Entry, visit: &mut impl FnMut(Reference<'_>, Option<&'a Entry>)) {
        let mut targets = self.targets(entry).iter();
        let mut next = |reference: Reference<'_>| {
            let target = targets.next().and_then(|target| self.get_entry(*target));
            visit(reference, target);
        };
        entry.record.iter().for_each(|record| record.references(&mut next));
    }

    /// The decoded record of a kind and an id.
    pub fn record(&self, target: Target<'_>) -> Option<(&Entry, &Record)> {
        let entry = self.find(target)?;
        entry.record.as_deref().map(|record| (entry, record))
    }

    /// The decoded record that a typed reference names, with the fields of its kind.
    pub fn get<T: OfKind + FromBody>(&self, reference: &Ref<T>) -> Option<(&Entry, &Record, &T)> {
        let (entry, record) = self.record(reference.into())?;
        T::from_body(&record.body).map(|fields| (entry, record, fields))
    }

    /// The ids of a kind, in no particular order.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &Id> {
        self.by_id[kind as usize].iter().filter_map(|id| self.entry(*id).key.as_ref().map(|key| &key.id))
    }

    /// The ids of a kind, sorted, for a search for similar ids.
    pub fn sorted_ids(&self, kind: Kind) -> &[Id] {
        self.sorted[kind as usize].get_or_init(|| {
            let mut ids: Vec<Id> = self.ids(kind).cloned().collect();
            ids.sort_unstable();
            ids.into()
        })
    }

    /// Entries whose kind and id an earlier entry has, each with that earlier entry.
    pub fn repeated(&self) -> &[(EntryId, EntryId)] {
        &self.repeated
    }

    /// Whether every entry was decoded. Only then may a rule infer something from the absence of a record.
    pub fn is_complete(&self) -> bool {
        self.entries.iter().all(|entry| entry.record.is_some())
    }

    /// The coverage of all records together.
    pub fn coverage(&self) -> Coverage {
        self.entries.iter().fold(Coverage::default(), |mut sum, entry| {
            sum += entry.coverage;
            sum
        })
    }
}

/// The id of an entry, which every entry in `by_id` has.
fn id_of(entries: &[Entry], id: EntryId) -> &str {
    entries[id.index()].key.as_ref().map_or("", |key| key.id.as_ref())
}
