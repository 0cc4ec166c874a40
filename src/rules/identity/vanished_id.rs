//! `vanished-id`: see the page beside this file.

use hashbrown::HashSet;

use crate::dataset::{Dataset, EntryId};
use crate::diff::{self, Renames};
use crate::kind::Kind;
use crate::lint::{Findings, Place, Rule};
use crate::query::names::names_of;
use crate::query::time;
use crate::record::{Body, Record, Target};
use crate::value::{Key, folded};

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

/// Checks that every id of the base is still there, decoded or not, and still names what it named. A tombstone keeps an id.
/// Files of the base that no report covers are not missed.
pub fn check(base: &Dataset, head: &Dataset, findings: &mut Findings<'_>) {
    overwritten(base, head, findings);
    let mut renames = None;
    for entry in base.entries().iter().filter(|entry| base.is_reported(entry)) {
        let Some(key) = entry.key.as_ref().filter(|key| head.find((*key).into()).is_none()) else { continue };
        let path = base.file(entry).path.clone();
        if let Some(moved) = in_other_folder(key, base, head) {
            let message =
                format!("`{key}` was here before, and a file of this name lies in the folder of another kind now");
            let finding = findings.at(EntryId::GONE, Place::Gone(path), message);
            finding.help(format!("move the file back into the folder `{}`", key.kind));
            finding.related(moved, Place::File, "the file lies here now");
            continue;
        }
        let renames = renames.get_or_insert_with(|| Renames::of(base, head));
        let successor = renames.later(entry.id).and_then(|other| Some((other.id, other.key.as_ref()?)));
        let Some((other, now)) = successor else {
            let what = if base.file(entry).is_lines() { "line" } else { "file" };
            findings
                .at(EntryId::GONE, Place::Gone(path), format!("`{key}` was here before, and is gone"))
                .help(format!("put the {what} back and set `retired` with the day, the reason and, if there is one, the record to use instead"));
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

/// Reports the records whose file tells of something else now.
fn overwritten(base: &Dataset, head: &Dataset, findings: &mut Findings<'_>) {
    for (before, entry, after) in diff::changed(base, head) {
        if let Some(key) = entry.key.as_ref().filter(|_| is_another(before, after, head)) {
            let message =
                format!("`{key}` was the record of something else: no name, no date and no source is as it was");
            findings
                .at(entry.id, Place::File, message)
                .help("put the old text back, and give what you record here an id and a file of its own");
        }
    }
}

/// Whether a record tells of something else than before: of its names, its sources and its dates, none is as it was.
fn is_another(before: &Record, after: &Record, head: &Dataset) -> bool {
    if !time::stands(before) || !time::stands(after) {
        return false;
    }
    let names = |record| names_of(record).map(|(_, name, _)| folded(name)).collect::<HashSet<String>>();
    let sources = |record: &'_ Record| record.evidence().map(|(source, _)| source.to_string()).collect::<HashSet<_>>();
    let same_page = match (&before.body, &after.body) {
        (Body::Source(before), Body::Source(after)) => before.url == after.url,
        _ => false,
    };
    let dates = |record| {
        let span = time::span(record, head.as_of);
        [span.first, span.last].map(|mark| mark.map(|mark| mark.text.to_owned()))
    };
    let differs = if dates(before) == [None, None] { before.body != after.body } else { dates(before) != dates(after) };
    differs && !same_page && names(before).is_disjoint(&names(after)) && sources(before).is_disjoint(&sources(after))
}

/// The new entry of the id under another kind that was not decoded: a file that was moved keeps its name, and is no record of
/// its new kind.
fn in_other_folder(key: &Key, base: &Dataset, head: &Dataset) -> Option<EntryId> {
    let id = key.id.as_ref();
    let is_new = |kind: &Kind| base.find(Target { kind: *kind, id }).is_none();
    let mut found = Kind::ALL.into_iter().filter(is_new).filter_map(|kind| head.find(Target { kind, id }));
    found.find(|entry| !entry.is_decoded()).map(|entry| entry.id)
}
