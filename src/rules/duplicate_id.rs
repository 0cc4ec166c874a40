//! `duplicate-id`: see the page beside this file.

use crate::dataset::Dataset;
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
        let Some(key) = &dataset.entry(*later).key else { continue };
        let path = &dataset.file(dataset.entry(*first)).path;
        findings
            .at(*later, Place::File, format!("`{key}` is already the name of another record"))
            .help(format!("{path} has it; choose another id, or make one record of the two"))
            .related(*first, Place::File, "the other record");
    }
}
