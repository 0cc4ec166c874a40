//! `vanished-id`: see the page beside this file.

use crate::dataset::Dataset;
use crate::finding::{EntryId, Findings, Place};
use crate::record::Target;
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "vanished-id",
    "a record that was there before is gone",
    "whoever cited it would find nothing, and could not tell why",
    include_str!("vanished_id.md"),
);

/// Every name of the base must still be one, decoded or not; a tombstone keeps it.
pub fn check(base: &Dataset, head: &Dataset, findings: &mut Findings<'_>) {
    for entry in base.entries() {
        let Some(key) = &entry.key else { continue };
        if head.find(Target { kind: key.kind, id: key.id.as_ref() }).is_some() {
            continue;
        }
        let path = base.file(entry).path.clone();
        findings
            .at(EntryId::GONE, Place::Gone(path), format!("`{key}` was here before, and is gone"))
            .help("put the file back and set `retired` with the day, the reason and, if there is one, the record to use instead");
    }
}
