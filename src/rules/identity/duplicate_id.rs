//! `duplicate-id`: see the page beside this file.

use std::collections::BTreeMap;

use comity_document::at;

use crate::dataset::{Dataset, Entry, EntryId};
use crate::lint::{Findings, Notes, Place, Rule};
use crate::record::Record;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "duplicate-id",
    "one id on two records of a kind",
    "a reference to it could mean either",
    include_str!("duplicate_id.md"),
);

/// How many records of one id are reported one by one; a file may have as many as it has lines.
const TOLD: usize = 1_000;

/// The rule sees the names of the entries.
pub fn note(_: &Record, _: &mut Notes<'_>) {}

/// Reports entries whose kind and id an earlier entry has.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    let mut by_first: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
    dataset.repeated().iter().for_each(|(later, first)| by_first.entry(*first).or_default().push(*later));
    for (first, all) in by_first {
        let first = dataset.entry(first);
        for (index, later) in all.iter().take(TOLD + 1).enumerate() {
            let later = dataset.entry(*later);
            let Some(key) = &later.key else { continue };
            let message = match all.len() - index {
                more if index == TOLD => format!("from here on {more} records more are called `{key}`"),
                _ => format!("another record is already called `{key}`"),
            };
            findings
                .at(later.id, place(dataset, later), message)
                .help("choose another id, or make one record of the two")
                .related(first.id, place(dataset, first), "the other record");
        }
    }
}

/// The place of the id, or else the file whose name gives it.
fn place(dataset: &Dataset, entry: &Entry) -> Place {
    let written = dataset.recall(entry).is_some_and(|record| record.envelope.id.is_some());
    if written { Place::Value(at!["id"]) } else { Place::File }
}
