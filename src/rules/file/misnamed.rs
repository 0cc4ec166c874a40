//! Kinds whose folder has another name, so that none of their records is read.

use super::{kind_of_folder, misplaced_file};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::lint::Finding;
use crate::rules::reference::dangling_reference;

/// The kinds that have no record, and whose folder was given a similar name, such as `events`.
pub fn misnamed(dataset: &Dataset) -> Vec<Kind> {
    let stray = dataset.findings().iter().filter(|finding| finding.rule.code == misplaced_file::RULE.code);
    let folders = stray.filter_map(|finding| dataset.get_entry(finding.entry)).map(|entry| dataset.file(entry));
    let folders = folders.filter(|file| file.kind.is_none());
    let near = folders.filter_map(|file| kind_of_folder(file.path.rsplit('/').next()?));
    let is_empty = |kind: &Kind| !dataset.entries().iter().any(|entry| dataset.file(entry).kind == Some(*kind));
    near.filter(is_empty).collect()
}

/// Leaves out the references to records that were not read because of the name of their folder: there is one thing to mend, and a
/// finding about the folder says so.
pub fn drop_consequences(dataset: &Dataset, findings: &mut Vec<Finding>) {
    let misnamed = misnamed(dataset);
    if misnamed.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let kind = finding.wanted.as_ref().and_then(|wanted| wanted.kind);
        !(finding.rule.code == dangling_reference::RULE.code && kind.is_some_and(|kind| misnamed.contains(&kind)))
    });
}
