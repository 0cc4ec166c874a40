//! What changed from one state of a dataset to a later one: record by record, field by field, and for each value the
//! evidence behind it.
//!
//! Two datasets go in, and a [`Diff`] comes out. A record whose text is the same is not looked at. This module knows no
//! rules, files or git; [`render::DiffFormat`](crate::render::DiffFormat) writes a diff, and the rules over history use its parts.
//!
//! ```
//! use comity::{Dataset, Day, diff::{ChangeStatus, Diff}};
//!
//! let today = "2026-01-01".parse::<Day>()?;
//! let state = |country: &str| {
//!     let text = format!(r#"{{ "names": {{ "en": "Rabat" }}, "type": "city", "country": "{country}" }}"#);
//!     Dataset::builder(today).file("place/rabat.json", text).build()
//! };
//! let (before, after) = (state("MR"), state("MA"));
//! let diff = Diff::of(&before, &after);
//! let [rabat] = &diff.records[..] else { panic!("one record changed") };
//! assert_eq!(rabat.status, ChangeStatus::Changed);
//! assert_eq!(rabat.fields[0].at.as_str(), "/country");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod evidence;
mod fields;
mod needs;
mod places;
mod renames;
mod walk;

use serde_json::Value;

use crate::dataset::{Dataset, Entry};
use crate::record::Record;
use crate::value::Key;

pub use evidence::SourceEvidence;
pub use fields::FieldChange;
pub(crate) use fields::unevidenced;
pub use needs::{ReleaseEffect, ReleaseNeeds};
pub(crate) use places::places;
pub(crate) use renames::Renames;
pub(crate) use walk::Difference;

/// What changed from an earlier state of a dataset to a later one.
#[derive(Debug)]
#[non_exhaustive]
pub struct Diff<'a> {
    /// The records that differ, sorted by kind and id.
    pub records: Vec<RecordChange<'a>>,
    /// The fields of `dataset.json` that differ.
    pub manifest: Vec<FieldChange<'a>>,
    /// How many records have another text, and the same values.
    pub reformatted: usize,
    /// What the change needs before it can be released.
    pub needs: ReleaseNeeds<'a>,
}

/// One record that differs.
#[derive(Debug)]
#[non_exhaustive]
pub struct RecordChange<'a> {
    /// What happened to the record.
    pub status: ChangeStatus,
    /// The kind and the id; of a record that is gone, those that the record had.
    pub key: &'a Key,
    /// The kind and the id that the record had before, where it has others now.
    pub renamed_from: Option<&'a Key>,
    /// The title, where the record has one.
    pub title: Option<&'a str>,
    /// The file, with `/`.
    pub path: &'a str,
    /// The fields that differ, in canonical order; of a record that is new or gone, all fields.
    pub fields: Vec<FieldChange<'a>>,
    /// Whether both texts could be read; otherwise no fields are compared.
    pub readable: bool,
    /// Whether the record was withdrawn, and is not any more.
    pub restored: bool,
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChangeStatus {
    /// The record is new.
    Added,
    /// The record has other values.
    Changed,
    /// The record was withdrawn, and its file is still there.
    Retired,
    /// The record has another id: it replaces a withdrawn record, or has the content of a record that is gone.
    Renamed,
    /// The record is gone, and no tombstone is left.
    Gone,
}

impl ChangeStatus {
    /// All of them, in the order in which a person reads them.
    pub const ALL: [Self; 5] = [Self::Gone, Self::Renamed, Self::Retired, Self::Changed, Self::Added];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Retired => "retired",
            Self::Renamed => "renamed",
            Self::Gone => "gone",
        }
    }
}

impl<'a> Diff<'a> {
    /// Compares two states of a dataset.
    pub fn of(base: &'a Dataset, head: &'a Dataset) -> Self {
        let renames = Renames::of(base, head);
        let (mut records, mut reformatted) = (Vec::new(), 0);
        for after in head.entries() {
            let Some(key) = own_key(head, after) else { continue };
            let earlier = renames.earlier(after.id);
            let before = base.find(key.into()).or(earlier);
            if before.is_some_and(|before| earlier.is_none() && has_same_text(before, after)) {
                continue;
            }
            let change = RecordChange::between(before, after, key, head, &renames);
            if change.status == ChangeStatus::Changed && change.readable && change.fields.is_empty() {
                reformatted += 1;
            } else {
                records.push(change);
            }
        }
        for before in base.entries() {
            let Some(key) = own_key(base, before) else { continue };
            if head.find(key.into()).is_none() && !renames.is_earlier(before) {
                records.push(RecordChange::gone(before, key, base, &renames));
            }
        }
        records.sort_by_key(|change| change.key);
        let manifest = manifest(base, head);
        let replaced_by = |gone: &Key| renames.later(base.find(gone.into())?.id)?.key.as_ref();
        let needs = ReleaseNeeds::of(&records, &manifest, (base, head), replaced_by);
        Self { records, manifest, reformatted, needs }
    }

    /// How many records have a status.
    pub fn count(&self, status: ChangeStatus) -> usize {
        self.records.iter().filter(|change| change.status == status).count()
    }

    /// How many facts changed although their evidence did not.
    pub fn unevidenced(&self) -> usize {
        self.records.iter().flat_map(|change| &change.fields).filter(|field| field.unevidenced).count()
    }

    /// Whether nothing differs but the layout of texts.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.manifest.is_empty()
    }
}

impl<'a> RecordChange<'a> {
    fn between(
        before: Option<&'a Entry>,
        after: &'a Entry,
        key: &'a Key,
        head: &'a Dataset,
        renames: &Renames<'a>,
    ) -> Self {
        let old_key = before.and_then(|before| before.key.as_ref()).filter(|old| *old != key);
        let (was, is) = (before.and_then(record), record(after));
        let is_retired = |record: Option<&Record>| record.is_some_and(|record| record.envelope.retired.is_some());
        let status = match before {
            None => ChangeStatus::Added,
            Some(_) if old_key.is_some() => ChangeStatus::Renamed,
            Some(_) if is_retired(is) && !is_retired(was) => ChangeStatus::Retired,
            Some(_) => ChangeStatus::Changed,
        };
        let restored = is_retired(was) && is.is_some() && !is_retired(is);
        let readable = is.is_some() && (before.is_none() || was.is_some());
        let fields = if readable { fields::with_evidence(was, is, renames) } else { Vec::new() };
        let title = is.or(was).and_then(Record::title);
        Self { status, key, renamed_from: old_key, title, path: &head.file(after).path, fields, readable, restored }
    }

    fn gone(before: &'a Entry, key: &'a Key, base: &'a Dataset, renames: &Renames<'a>) -> Self {
        let was = record(before);
        Self {
            status: ChangeStatus::Gone,
            key,
            renamed_from: None,
            title: was.and_then(Record::title),
            path: &base.file(before).path,
            fields: was.map(|was| fields::with_evidence(Some(was), None, renames)).unwrap_or_default(),
            readable: was.is_some(),
            restored: false,
        }
    }
}

/// The key of an entry, unless an earlier entry has it; `duplicate-id` reports the later ones.
fn own_key<'a>(dataset: &Dataset, entry: &'a Entry) -> Option<&'a Key> {
    let key = entry.key.as_ref()?;
    dataset.find(key.into()).is_some_and(|found| found.id == entry.id).then_some(key)
}

fn record(entry: &Entry) -> Option<&Record> {
    entry.record.as_deref()
}

fn has_same_text(one: &Entry, other: &Entry) -> bool {
    one.origin.fingerprint == other.origin.fingerprint && one.record.is_some() == other.record.is_some()
}

/// The records that both states have with different texts, each as it was and as it is.
pub(crate) fn changed<'a>(
    base: &'a Dataset,
    head: &'a Dataset,
) -> impl Iterator<Item = (&'a Record, &'a Entry, &'a Record)> {
    head.entries().iter().filter_map(|after| {
        let before = base.find(own_key(head, after)?.into()).filter(|before| !has_same_text(before, after))?;
        Some((record(before)?, after, record(after)?))
    })
}

/// The fields of `dataset.json` that differ.
fn manifest<'a>(base: &Dataset, head: &Dataset) -> Vec<FieldChange<'a>> {
    let fields = |dataset: &Dataset| serde_json::to_value(&dataset.manifest).unwrap_or(Value::Null);
    fields::between_values(&fields(base), &fields(head))
}
