//! `orphan`: see the page beside this file.

use comity_document::at;
use hashbrown::HashSet;
use serde_json::Value;

use crate::dataset::{Dataset, Entry, Field, PRINT, PrintOf, Summary, fingerprint};
use crate::kind::Kind;
use crate::lint::{Findings, Notes, Place, Rule};
use crate::record::{Body, Record};
use crate::value::{Key, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "orphan",
    "a source, place, theme or actor that nothing uses",
    "it tells nothing by itself, or the record it was written for lacks it",
    include_str!("orphan.md"),
);

/// Keeps the actors, places and themes that sources name otherwise. References are links of the summary.
pub fn note(record: &Record, notes: &mut Notes<'_>) {
    let said = record.evidence().filter_map(|(_, evidence)| evidence.says.as_ref());
    for (at, value) in said.flat_map(NonEmptyMap::iter) {
        let mut tokens = at.pointer().tokens();
        let field = tokens.next().unwrap_or_default();
        let kind = match &*field {
            "places" | "seat" => Kind::Place,
            "themes" => Kind::Theme,
            "participants" | "parties" | "members" | "convenors" | "speaker" | "for" | "lead" | "issuer" => Kind::Actor,
            _ => continue,
        };
        tokens.for_each(|token| keep(kind, &token, notes));
        keep_texts(kind, value, notes);
    }
}

fn keep(kind: Kind, id: &str, notes: &mut Notes<'_>) {
    notes.keep(PrintOf::Said, fingerprint((kind as u8, id)));
}

/// Keeps each text and each key of a value: those that are ids are among them.
fn keep_texts(kind: Kind, value: &Value, notes: &mut Notes<'_>) {
    match value {
        Value::String(text) => keep(kind, text, notes),
        Value::Array(items) => items.iter().for_each(|item| keep_texts(kind, item, notes)),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            keep(kind, key, notes);
            keep_texts(kind, value, notes);
        }),
        _ => {}
    }
}

/// Reports records that nothing refers to. In an incomplete dataset nothing is reported: an unread record may be the
/// one that refers.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    if !dataset.is_complete() {
        return;
    }
    let mut used = vec![false; dataset.entries().len()];
    for (entry, summary) in dataset.summaries() {
        // `distinct_from` is no use of a record.
        let counted = summary.links.iter().filter(|link| link.field() != Field::DistinctFrom);
        for target in counted.filter_map(|link| link.end().entry()).filter(|target| *target != entry.id) {
            used[target.index()] = true;
        }
    }
    // A record that is checked by itself, outside its dataset, has no other records that could refer to it.
    if !used.contains(&true) {
        return;
    }
    // References lead to the first of two records with one id; [`duplicate_id`](crate::rules::identity::duplicate_id)
    // reports the second.
    dataset.repeated().iter().for_each(|(second, _)| used[second.index()] = true);
    let is_unused = |(entry, summary): &(&Entry, &Summary)| !used[entry.id.index()] && needs_use(summary);
    let unused: Vec<(&Entry, &Summary)> = dataset.summaries().filter(is_unused).collect();
    // Mostly there are none, and nobody needs to look at the texts.
    if unused.is_empty() {
        return;
    }
    let said = dataset.summaries().flat_map(|(_, summary)| &summary.prints).filter_map(|print| print.of(PrintOf::Said));
    let said: HashSet<u64> = said.collect();
    let is_said = |key: &Key| said.contains(&(fingerprint((key.kind as u8, key.id.as_ref())) & PRINT));
    for (entry, summary) in unused {
        if !entry.key.as_ref().is_some_and(is_said) {
            report(entry, summary, findings);
        }
    }
}

/// Whether a record is of no use where no other record names it.
fn needs_use(summary: &Summary) -> bool {
    let is_named_elsewhere = matches!(summary.r#type.kind(), Kind::Source | Kind::Place | Kind::Theme | Kind::Actor);
    is_named_elsewhere && !summary.retired && !summary.stands_alone
}

/// Whether the record states facts of its own: an actor whose beginning, end or predecessor is on record, such as an
/// office that was opened.
pub(crate) fn states_facts(record: &Record) -> bool {
    let Body::Actor(actor) = &record.body else { return false };
    actor.from.is_some() || actor.until.is_some() || record.envelope.related.is_some()
}

fn report(entry: &Entry, summary: &Summary, findings: &mut Findings<'_>) {
    let kind = summary.r#type.kind();
    let help = match kind {
        Kind::Source => "name it in the `evidence` of what it shows, or delete this record",
        Kind::Place => "name it in the `places` of what happened there, or delete this record",
        Kind::Theme => "name it in the `themes` of what it is the subject of, or delete this record",
        Kind::Actor => "name it where it acts or is a member, or delete this record",
        _ => return,
    };
    let place = match kind {
        Kind::Source => Place::Value(at!["publisher"]),
        _ => Place::Value(at!["names", "en"]),
    };
    findings.at(entry.id, place, format!("no record refers to this {kind}")).help(help);
}
