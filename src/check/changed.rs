//! What a change brings, for `--changed-only`: findings that the earlier state did not have, and changed records that
//! cannot be read.

use std::collections::HashSet;

use crate::dataset::{Dataset, Entry, EntryId};
use crate::lint::Place;
use crate::policy::RatedFinding;
use crate::record::{Allow, Record};
use crate::rules::InputError;

/// Keeps the findings that the earlier state did not have, and all findings of `unfinished` entries, where it is not
/// known what the change did.
pub(crate) fn retain_new(
    rated: &mut Vec<RatedFinding>,
    head: &Dataset,
    (before, base): (&[RatedFinding], &Dataset),
    unfinished: &HashSet<EntryId>,
) {
    let before: HashSet<_> = before.iter().map(|rated| identity(rated, base)).collect();
    rated.retain(|rated| unfinished.contains(&rated.finding.entry) || !before.contains(&identity(rated, head)));
}

/// The entries that the earlier state does not have, by kind and id, in ascending order.
pub(crate) fn new_entries(base: &Dataset, head: &Dataset) -> Vec<EntryId> {
    let is_new = |entry: &&Entry| entry.key.as_ref().is_some_and(|key| base.find(key.into()).is_none());
    head.entries().iter().filter(is_new).map(|entry| entry.id).collect()
}

/// How many exceptions (`allow`) the records of `head` have that the records of `base` do not have.
pub(crate) fn new_exceptions(base: &Dataset, head: &Dataset) -> usize {
    let exceptions = |dataset: &Dataset| -> Vec<(String, String, String)> {
        let of = |(entry, record): (&Entry, &Record)| {
            let name = entry.key.as_ref().map_or_else(String::new, ToString::to_string);
            let one = |allow: &Allow| {
                let at = allow.at.as_ref().map_or("", AsRef::as_ref);
                (name.clone(), allow.rule.as_ref().to_owned(), at.to_owned())
            };
            record.allow().iter().map(one).collect::<Vec<_>>()
        };
        dataset.records().flat_map(of).collect()
    };
    let before: HashSet<_> = exceptions(base).into_iter().collect();
    exceptions(head).into_iter().filter(|exception| !before.contains(exception)).count()
}

/// The entries that were not checked to the end, without those that the earlier state had with the same text. An
/// unreadable text counts as changed, unless its fault is the path, which has nothing to do with the text.
pub(crate) fn unfinished(base: &Dataset, head: &Dataset) -> HashSet<EntryId> {
    let state = |dataset: &Dataset, entry: &Entry| {
        let reason = entry.unfinished()?;
        Some((dataset.file(entry).path.to_string(), reason, entry.origin.fingerprint))
    };
    let before: HashSet<_> = base.entries().iter().filter_map(|entry| state(base, entry)).collect();
    let is_new = |entry: &&Entry| {
        let is_known =
            entry.origin.len > 0 || entry.skipped.is_some_and(|why| InputError::REASONS_OF_PATHS.contains(&why));
        state(head, entry).is_some_and(|state| !is_known || !before.contains(&state))
    };
    head.entries().iter().filter(is_new).map(|entry| entry.id).collect()
}

/// What makes two findings the same in two states of a dataset: not the line.
fn identity(rated: &RatedFinding, dataset: &Dataset) -> (&'static str, String, Place, String) {
    let finding = &rated.finding;
    let entry = dataset.get_entry(finding.entry);
    let name = entry.map_or_else(String::new, |entry| match &entry.key {
        Some(key) => key.to_string(),
        None => dataset.file(entry).path.to_string(),
    });
    (finding.rule.code, name, finding.place.clone(), finding.message.clone())
}
