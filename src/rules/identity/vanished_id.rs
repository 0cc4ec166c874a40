//! `vanished-id`: see the page beside this file.

use hashbrown::HashSet;

use crate::dataset::{Dataset, EntryId};
use crate::diff::{self, Renames};
use crate::kind::Kind;
use crate::lint::{Findings, Place, Rule};
use crate::query::names::names_of;
use crate::query::time;
use crate::record::{Body, Record, Source, Survey, Target};
use crate::rules::file::misnamed;
use crate::value::{Bounds, Edtf, Key, folded, page};

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
    let (mut renames, misnamed) = (None, misnamed(head));
    for entry in base.entries().iter().filter(|entry| base.is_reported(entry)) {
        let is_gone = |key: &&Key| head.find((*key).into()).is_none() && !misnamed.contains(&key.kind);
        let Some(key) = entry.key.as_ref().filter(is_gone) else { continue };
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
            let message = format!(
                "`{key}` was the record of something else: nothing that tells it from other records is as it was"
            );
            findings
                .at(entry.id, Place::File, message)
                .help("put the old text back, and give what you record here an id and a file of its own");
        }
    }
}

/// Whether a record tells of something else than before: of what tells it from other records, at least two parts differ, and none
/// is as it was.
fn is_another(before: &Record, after: &Record, head: &Dataset) -> bool {
    if !time::stands(before) || !time::stands(after) {
        return false;
    }
    let of_any = marks_of_any(before, after, head);
    let marks: Vec<bool> = of_any.into_iter().chain(marks_of_kind(before, after)).flatten().collect();
    marks.len() > 1 && marks.iter().all(|is_same| !is_same)
}

/// Whether the names, the sources and the dates of a record are as they were; `None` for what one of the two states does not have.
fn marks_of_any(before: &Record, after: &Record, head: &Dataset) -> [Option<bool>; 3] {
    let names = |record| names_of(record).map(|(_, name, _)| folded(name)).collect::<HashSet<String>>();
    let sources = |record: &Record| record.evidence().map(|(source, _)| source.to_string()).collect::<HashSet<_>>();
    let dates = |record| {
        let span = time::span(record, head.as_of);
        [span.first, span.last].map(|mark| mark.map(|mark| mark.text.to_owned()))
    };
    let has_dates = dates(before) != [None, None];
    [
        overlap(&names(before), &names(after)),
        overlap(&sources(before), &sources(after)),
        // Two dated things that differ in nothing but their names and sources are one.
        if has_dates { Some(dates(before) == dates(after)) } else { (before.body == after.body).then_some(true) },
    ]
}

/// Whether what tells a record from others of its kind is as it was.
fn marks_of_kind(before: &Record, after: &Record) -> Vec<Option<bool>> {
    match (&before.body, &after.body) {
        (Body::Source(before), Body::Source(after)) => {
            let page = |source: &Source| source.url.as_ref().map(|url| page(url.as_ref()).into_owned());
            let publisher = |source: &Source| folded(source.publisher.as_ref()).replace(' ', "");
            let days = |source: &Source| source.published.as_ref().map(Edtf::bounds);
            let may_be_one =
                |(one, two): (Bounds, Bounds)| !one.before(&two).is_definite() && !two.before(&one).is_definite();
            vec![
                page(before).zip(page(after)).map(|(one, two)| one == two),
                days(before).zip(days(after)).map(may_be_one),
                Some(publisher(before) == publisher(after)),
            ]
        }
        (Body::Survey(before), Body::Survey(after)) => {
            let has_subject = before.subjects.iter().any(|subject| after.subjects.iter().any(|other| other == subject));
            let queries = |survey: &Survey| -> HashSet<String> {
                survey
                    .queries
                    .iter()
                    .flat_map(|queries| queries.iter())
                    .map(|query| query.as_ref().to_owned())
                    .collect()
            };
            vec![Some(has_subject), overlap(&queries(before), &queries(after))]
        }
        (Body::Place(before), Body::Place(after)) => vec![Some(before.point == after.point)],
        (Body::Theme(before), Body::Theme(after)) => vec![Some(before.definition == after.definition)],
        (Body::Statement(before), Body::Statement(after)) => {
            vec![Some(before.speaker == after.speaker), Some(before.position == after.position)]
        }
        _ => Vec::new(),
    }
}

/// Whether two sets have something in common; `None` where one of them is empty.
fn overlap(before: &HashSet<String>, after: &HashSet<String>) -> Option<bool> {
    (!before.is_empty() && !after.is_empty()).then(|| !before.is_disjoint(after))
}

/// The new entry of the id under another kind that was not decoded: a file that was moved keeps its name, and is no record of
/// its new kind.
fn in_other_folder(key: &Key, base: &Dataset, head: &Dataset) -> Option<EntryId> {
    let id = key.id.as_ref();
    let is_new = |kind: &Kind| base.find(Target { kind: *kind, id }).is_none();
    let mut found = Kind::ALL.into_iter().filter(is_new).filter_map(|kind| head.find(Target { kind, id }));
    found.find(|entry| !entry.is_decoded()).map(|entry| entry.id)
}
