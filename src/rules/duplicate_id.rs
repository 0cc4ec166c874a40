//! `duplicate-id`: see the page beside this file.

use comity_document::at;

use crate::dataset::{Dataset, Entry};
use crate::finding::{Findings, Place};
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "duplicate-id",
    "one id on two records of a kind",
    "a reference to it could mean either",
    include_str!("duplicate_id.md"),
);

/// Entries whose kind and id another entry has already.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    for (later, first) in dataset.repeated() {
        let (later, first) = (dataset.entry(*later), dataset.entry(*first));
        let Some(key) = &later.key else { continue };
        findings
            .at(later.id, place(later), format!("another record is already called `{key}`"))
            .help("choose another id, or make one record of the two")
            .related(first.id, place(first), "the other record");
    }
}

/// The id where it is written, else the file that gives it.
fn place(entry: &Entry) -> Place {
    let written = entry.record.as_deref().is_some_and(|record| record.envelope.id.is_some());
    if written { Place::Value(at!["id"]) } else { Place::File }
}
