//! A dataset without the records that have errors, for a release that is made nevertheless.

use hashbrown::{HashMap, HashSet};
use serde_json::{Value, json};

use crate::dataset::{Dataset, Entry, EntryId};
use crate::lint::Finding;

/// A record that is not in the release, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The record as `kind:id`; `None` where its kind or id is not known.
    pub record: Option<String>,
    /// The file of the record; in `manifest.json` below the root of the dataset.
    pub path: String,
    /// The error, or the record that is left out and that this one refers to.
    pub reason: String,
}

impl LeftOut {
    pub(super) fn to_json(&self) -> Value {
        json!({ "record": self.record, "path": self.path, "reason": self.reason })
    }
}

/// The dataset without the records in which there are `errors`, and without those that refer to a record that is left out,
/// directly or through others. `errors` are all those of the whole dataset, as [`errors`](crate::check::errors) gives them.
pub fn leave_out(dataset: Dataset, errors: &[Finding]) -> (Dataset, Vec<LeftOut>) {
    let mut reasons = reasons(&dataset, errors);
    spread(&dataset, &mut reasons);
    let left_out = dataset.entries().iter().filter_map(|entry| {
        let reason = reasons.get(&entry.id)?.clone();
        let path = dataset.file(entry).path.to_string();
        Some(LeftOut { record: entry.key.as_ref().map(ToString::to_string), path, reason })
    });
    let left_out = left_out.collect();
    let kept: HashSet<EntryId> =
        dataset.entries().iter().map(|entry| entry.id).filter(|id| !reasons.contains_key(id)).collect();
    (dataset.retain(|entry| kept.contains(&entry.id)), left_out)
}

/// The records that are left out by themselves, each with the first reason.
fn reasons(dataset: &Dataset, errors: &[Finding]) -> HashMap<EntryId, String> {
    let reason = |error: &Finding| format!("{}: {}", error.rule.code, error.message);
    let (mut by_entry, mut by_key) = (HashMap::new(), HashMap::new());
    for error in errors {
        by_entry.entry(error.entry).or_insert(error);
        // Of two records with one name, nobody knows which is meant.
        if let Some(key) = dataset.get_entry(error.entry).and_then(|entry| entry.key.as_ref()) {
            by_key.entry(key).or_insert(error);
        }
    }
    let of = |entry: &Entry| {
        let of_key = || by_key.get(entry.key.as_ref()?);
        let error = by_entry.get(&entry.id).or_else(of_key).map(|error| reason(error));
        let unread = || (!entry.is_decoded() || entry.key.is_none()).then(|| "the record could not be read".to_owned());
        error.or_else(unread).map(|reason| (entry.id, reason))
    };
    dataset.entries().iter().filter_map(of).collect()
}

/// Adds the records that refer to one that is left out, until none is added.
fn spread(dataset: &Dataset, reasons: &mut HashMap<EntryId, String>) {
    let mut referring: HashMap<EntryId, Vec<&Entry>> = HashMap::new();
    for entry in dataset.entries() {
        dataset.references(entry, &mut |_, target| {
            if let Some(target) = target {
                referring.entry(target.id).or_default().push(entry);
            }
        });
    }
    let mut waiting: Vec<EntryId> = dataset.entries().iter().map(|entry| entry.id).collect();
    waiting.retain(|id| reasons.contains_key(id));
    while let Some(gone) = waiting.pop() {
        let name = dataset.entry(gone).key.as_ref().map(ToString::to_string).unwrap_or_default();
        for entry in referring.get(&gone).into_iter().flatten() {
            if !reasons.contains_key(&entry.id) {
                reasons.insert(entry.id, format!("refers to `{name}`, which is left out"));
                waiting.push(entry.id);
            }
        }
    }
}
