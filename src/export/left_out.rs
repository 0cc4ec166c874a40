//! A dataset without the records that have errors, for a release that is made nevertheless.

use hashbrown::{HashMap, HashSet};
use serde_json::{Value, json};

use crate::dataset::{Dataset, Entry, EntryId};
use crate::lint::Severity;
use crate::report::Report;

/// A record that is not in the release, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The record as `kind:id`; `None` where its kind or id is not known.
    pub record: Option<String>,
    /// The file of the record.
    pub path: String,
    /// The error, or the record that is left out and that this one refers to.
    pub reason: String,
}

impl LeftOut {
    pub(super) fn to_json(&self) -> Value {
        json!({ "record": self.record, "path": self.path, "reason": self.reason })
    }
}

/// The dataset without the records in which `report` has an error, and without those that refer to a record that is left
/// out, directly or through others. `report` is that of the whole dataset.
pub fn leave_out(dataset: Dataset, report: &Report) -> (Dataset, Vec<LeftOut>) {
    let mut reasons: HashMap<EntryId, String> = HashMap::new();
    let (mut by_key, mut by_path) = (HashMap::new(), HashMap::new());
    for error in report.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
        let reason = format!("{}: {}", error.rule.code, error.message);
        match &error.record {
            Some(key) => by_key.entry(key).or_insert(reason),
            None => by_path.entry(error.location.path.as_str()).or_insert(reason),
        };
    }
    for entry in dataset.entries() {
        let of_path = || by_path.get(&*dataset.file(entry).path);
        let reason = entry.key.as_ref().and_then(|key| by_key.get(key)).or_else(of_path).cloned();
        let unread =
            || (entry.record.is_none() || entry.key.is_none()).then(|| "the record could not be read".to_owned());
        reasons.extend(reason.or_else(unread).map(|reason| (entry.id, reason)));
    }
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
