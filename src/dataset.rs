//! Records by kind and id. An entry that could not be decoded still has its name, so that one bad file never changes
//! what is said about the others.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use comity_document::input::Origin;
use hashbrown::{DefaultHashBuilder, HashTable, hash_table};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::finding::EntryId;
use crate::finding::Finding;
use crate::kind::{Kind, OfKind};
use crate::record::{FromBody, Record, Reference, Target};
use crate::value::code::codes;
use crate::value::{Day, Id, Key, Ref, Slug, Text, Texts, UniqueList, Url};

/// The largest file of one record, in bytes.
pub const FILE_LIMIT: usize = 8 * 1024 * 1024;
/// The longest line of an `.ndjson` file, in bytes.
pub const LINE_LIMIT: usize = 1024 * 1024;

/// A file of the dataset, and what its path says of the records in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path as shown, with `/`.
    pub path: Box<str>,
    /// The kind whose folder it lies in.
    pub kind: Option<Kind>,
    /// Its name without `.json`; none where the name ends otherwise.
    pub stem: Option<Box<str>>,
    /// Whether it holds one record a line: its name ends with `.ndjson`.
    pub lines: bool,
    /// How many folders lie between the file and the dataset's root.
    pub depth: usize,
    /// Whether a report speaks of the file; all files are checked.
    pub reported: bool,
}

impl File {
    /// A file by its path as shown and its path below the dataset's root: the first folder names the kind.
    pub fn new(shown: &str, below_root: &str) -> Self {
        let kind = below_root.split_once('/').and_then(|(folder, _)| Kind::parse(folder));
        let name = below_root.rsplit('/').next().unwrap_or(below_root);
        Self {
            path: shown.into(),
            kind,
            stem: name.strip_suffix(".json").map(Into::into),
            lines: name.ends_with(".ndjson"),
            depth: below_root.matches('/').count(),
            reported: true,
        }
    }

    /// Whether it holds one record a line.
    pub fn is_lines(&self) -> bool {
        self.lines
    }

    /// How many bytes a record in it may have.
    pub fn limit(&self) -> usize {
        if self.lines { LINE_LIMIT } else { FILE_LIMIT }
    }
}

/// One record of the dataset, decoded or not.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its index.
    pub id: EntryId,
    /// Where its text is.
    pub origin: Origin,
    /// Its name: from its path, or from its own fields where the path has none.
    pub key: Option<Key>,
    /// The record; `None` when it was read but not decoded. Checks say nothing about what could not be read.
    pub record: Option<Box<Record>>,
    /// How many facts it states, and how many of them evidence points at.
    pub coverage: Coverage,
    /// Why its text was not checked to the end.
    pub skipped: Option<&'static str>,
}

impl Entry {
    /// Why the record was not checked to the end: no rule over several records sees what could not be decoded.
    pub fn unfinished(&self) -> Option<&'static str> {
        self.skipped.or_else(|| self.record.is_none().then_some("not a valid record"))
    }
}

/// Facts, and facts with evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Facts stated.
    pub facts: u32,
    /// Facts that evidence points at.
    pub evidenced: u32,
}

impl std::ops::AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.facts += other.facts;
        self.evidenced += other.evidenced;
    }
}

impl Coverage {
    /// The share of facts with evidence, 0 to 1; `None` where no fact is stated.
    pub fn share(self) -> Option<f64> {
        (self.facts > 0).then(|| f64::from(self.evidenced) / f64::from(self.facts))
    }
}

/// All records, as of a day.
#[derive(Debug)]
pub struct Dataset {
    /// The day that counts as today.
    pub as_of: Day,
    /// What `dataset.json` says.
    pub about: Manifest,
    /// The files, by the index in an entry's origin.
    pub files: Vec<File>,
    entries: Vec<Entry>,
    by_id: [HashTable<EntryId>; Kind::ALL.len()],
    hasher: DefaultHashBuilder,
    sorted: [OnceLock<Box<[Id]>>; Kind::ALL.len()],
    repeated: Vec<(EntryId, EntryId)>,
    /// Where the references of each record lead, once that was asked for.
    targets: Vec<OnceLock<Box<[EntryId]>>>,
    findings: Vec<Finding>,
    texts: TextSource,
}

/// Reads the text of an entry again; `None` where the text cannot be had.
type ReadText = dyn Fn(&Entry) -> Option<String> + Send + Sync;

/// Where the texts of records are read again, to quote from.
struct TextSource(Box<ReadText>);

impl fmt::Debug for TextSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TextSource")
    }
}

impl Dataset {
    /// Puts entries together. Each entry's id must be its index.
    pub fn new(as_of: Day, about: Manifest, files: Vec<File>, entries: Vec<Entry>) -> Self {
        let mut counts = [0; Kind::ALL.len()];
        entries.iter().filter_map(|entry| entry.key.as_ref()).for_each(|key| counts[key.kind as usize] += 1);
        // With room for all, so that no id is hashed again.
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
            about,
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

    /// Adds what was found while the records were read.
    #[must_use]
    pub fn with_findings(mut self, findings: Vec<Finding>) -> Self {
        self.findings = findings;
        self
    }

    /// Says how the text of an entry is read again. Without texts, a report has no lines and no fixes.
    #[must_use]
    pub fn with_texts(mut self, read: impl Fn(&Entry) -> Option<String> + Send + Sync + 'static) -> Self {
        self.texts = TextSource(Box::new(read));
        self
    }

    /// What was found while the records were read.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The text of an entry, read again.
    pub fn text(&self, entry: &Entry) -> Option<String> {
        (self.texts.0)(entry)
    }

    /// Whether a report speaks of an entry.
    pub fn is_reported(&self, entry: &Entry) -> bool {
        self.file(entry).reported
    }

    /// Every entry, in the order of files and lines.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// One entry, unless it is [`EntryId::GONE`].
    pub fn get_entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.index())
    }

    /// The file an entry stands in.
    pub fn file(&self, entry: &Entry) -> &File {
        &self.files[entry.origin.file as usize]
    }

    /// Every decoded record with its entry.
    pub fn records(&self) -> impl Iterator<Item = (&Entry, &Record)> {
        self.entries.iter().filter_map(|entry| entry.record.as_deref().map(|record| (entry, record)))
    }

    /// The entry of that kind and id, decoded or not.
    pub fn find(&self, target: Target<'_>) -> Option<&Entry> {
        let is = |id: &EntryId| id_of(&self.entries, *id) == target.id;
        self.by_id[target.kind as usize].find(self.hasher.hash_one(target.id), is).map(|id| self.entry(*id))
    }

    /// Where the references of a record of this dataset lead, in the order in which it makes them; [`EntryId::GONE`] where
    /// nothing is. Each is looked up once, for all rules.
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

    /// Calls `visit` for every reference of a record of this dataset, with the entry it leads to, if there is one.
    pub fn references<'a>(&'a self, entry: &Entry, visit: &mut impl FnMut(Reference<'_>, Option<&'a Entry>)) {
        let mut targets = self.targets(entry).iter();
        let mut next = |reference: Reference<'_>| {
            let target = targets.next().and_then(|target| self.get_entry(*target));
            visit(reference, target);
        };
        entry.record.iter().for_each(|record| record.references(&mut next));
    }

    /// The decoded record of that kind and id.
    pub fn record(&self, target: Target<'_>) -> Option<(&Entry, &Record)> {
        let entry = self.find(target)?;
        entry.record.as_deref().map(|record| (entry, record))
    }

    /// The decoded record that a typed reference names, with its kind's fields.
    pub fn get<T: OfKind + FromBody>(&self, reference: &Ref<T>) -> Option<(&Entry, &Record, &T)> {
        let (entry, record) = self.record(reference.into())?;
        T::from_body(&record.body).map(|fields| (entry, record, fields))
    }

    /// The ids of a kind, in no order.
    pub fn ids(&self, kind: Kind) -> impl Iterator<Item = &Id> {
        self.by_id[kind as usize].iter().filter_map(|id| self.entry(*id).key.as_ref().map(|key| &key.id))
    }

    /// The same in order, for whoever looks for one that is like another.
    pub fn sorted_ids(&self, kind: Kind) -> &[Id] {
        self.sorted[kind as usize].get_or_init(|| {
            let mut ids: Vec<Id> = self.ids(kind).cloned().collect();
            ids.sort_unstable();
            ids.into()
        })
    }

    /// Entries whose name another entry had before, each with that one.
    pub fn repeated(&self) -> &[(EntryId, EntryId)] {
        &self.repeated
    }

    /// Whether every entry was decoded: a rule that infers something from absence asks first.
    pub fn is_complete(&self) -> bool {
        self.entries.iter().all(|entry| entry.record.is_some())
    }

    /// Facts and evidence over all records.
    pub fn coverage(&self) -> Coverage {
        self.entries.iter().fold(Coverage::default(), |mut sum, entry| {
            sum += entry.coverage;
            sum
        })
    }
}

/// The id of an entry that has one, which every entry in an index of ids has.
fn id_of(entries: &[Entry], id: EntryId) -> &str {
    entries[id.index()].key.as_ref().map_or("", |key| key.id.as_ref())
}

/// What a dataset says of itself, in the `dataset.json` that marks its root.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The address of this file's schema, so that an editor can help.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What the dataset is called, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Texts>,
    /// What it holds, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Texts>,
    /// The licence of the records, as SPDX writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Text>,
    /// Its page on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<Url>,
    /// Rules whose level is not the usual one here, by the rule's code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<Slug, RuleLevel>,
    /// Sites that copy other publishers' texts, by host name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aggregators: Option<UniqueList<Text>>,
    /// What the dataset claims to cover completely; without it, a reader must take absence for "not recorded".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Texts>,
}

codes! {
    /// What a dataset makes of a rule.
    RuleLevel {
        /// Its findings block a merge.
        Error = "error",
        /// Its findings are to be mended or explained.
        Warning = "warning",
        /// Its findings are worth knowing.
        Note = "note",
        /// It does not run.
        Off = "off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_below_the_root_names_the_kind() {
        let kind = |path: &str| File::new(path, path).kind;
        assert_eq!(kind("event/x.json"), Some(Kind::Event));
        assert_eq!(kind("event/2019/x.json"), Some(Kind::Event));
        assert_eq!(kind("event/source/x.json"), Some(Kind::Event), "not the nearest folder that is a kind's name");
        assert_eq!(kind("x.json"), None);
        assert_eq!(kind("events/x.json"), None);
        assert_eq!(File::new("d/event/a.b.json", "event/a.b.json").stem.as_deref(), Some("a.b"));
        assert!(File::new("x.ndjson", "x.ndjson").is_lines());
        assert!(!File::new("README.md", "README.md").is_lines(), "not everything without a stem");
    }
}
