//! `vanished-id`: see the page beside this file.

use crate::dataset::{Dataset, EntryId};
use crate::lint::{Findings, Place, Rule};
use crate::record::{Record, Target};
use crate::value::Key;

/// The rule.
pub static RULE: Rule = Rule {
    // Records that are gone hide nothing in those that are there.
    mandatory: false,
    ..Rule::fault(
        "vanished-id",
        "a record that was there before is gone",
        "whoever cited it would find nothing, and could not tell why",
        include_str!("vanished_id.md"),
    )
};

/// Checks that every id of the base is still there, decoded or not. A tombstone keeps an id.
pub fn check(base: &Dataset, head: &Dataset, findings: &mut Findings<'_>) {
    for entry in base.entries() {
        let Some(key) = &entry.key else { continue };
        if head.find(target(key)).is_some() {
            continue;
        }
        let path = base.file(entry).path.clone();
        let renamed = entry.record.as_deref().and_then(|record| renamed(key, record, base, head));
        let Some((other, now)) = renamed else {
            findings
                .at(EntryId::GONE, Place::Gone(path), format!("`{key}` was here before, and is gone"))
                .help("put the file back and set `retired` with the day, the reason and, if there is one, the record to use instead");
            continue;
        };
        findings
            .at(EntryId::GONE, Place::Gone(path), format!("`{key}` was here before, and is called `{now}` now"))
            .help(format!(
                "give it its old name back; if it must change, put the old file back and set `retired` with \"replaced_by\": \"{now}\""
            ))
            .related(other, Place::File, "the same record under another name");
    }
}

fn target(key: &Key) -> Target<'_> {
    Target { kind: key.kind, id: key.id.as_ref() }
}

/// A new record that equals the old one but for its id, or has the same id in another kind.
fn renamed<'a>(key: &Key, record: &Record, base: &Dataset, head: &'a Dataset) -> Option<(EntryId, &'a Key)> {
    let is_same = |other: &Key, now: &Record| {
        let same = record.body == now.body && record.envelope.names == now.envelope.names;
        same || other.id == key.id && other.kind != key.kind
    };
    head.records().find_map(|(entry, now)| {
        let other = entry.key.as_ref().filter(|other| is_same(other, now) && base.find(target(other)).is_none())?;
        Some((entry.id, other))
    })
}
