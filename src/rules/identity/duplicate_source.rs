//! `duplicate-source`: see the page beside this file.

use std::borrow::Cow;

use comity_document::at;
use hashbrown::HashMap;

use super::alike;
use crate::dataset::{Dataset, Entry, PrintOf, fingerprint};
use crate::lint::{Findings, Notes, Rule};
use crate::query::time;
use crate::record::{Body, Record};
use crate::value::{Day, page};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "duplicate-source",
    "two source records of one page",
    "what one page says would count as said by two",
    include_str!("duplicate_source.md"),
);

/// Keeps the page of a source.
pub fn note(record: &Record, notes: &mut Notes<'_>) {
    let Body::Source(source) = &record.body else { return };
    if let Some(url) = source.url.as_ref().filter(|_| time::stands(record)) {
        notes.keep(PrintOf::Page, fingerprint(page(url.as_ref())));
    }
}

/// Reports addresses that lead to one page, on every record but the one that was read first.
pub fn check(dataset: &Dataset, findings: &mut Findings<'_>) {
    let mut known: HashMap<Cow<'_, str>, Vec<(&Entry, &Record)>> = HashMap::new();
    let mut alike: Vec<(&Entry, &Record)> = alike(dataset, PrintOf::Page).collect();
    alike.sort_by_key(|(_, record)| read_on(record));
    for (entry, record) in alike {
        let Body::Source(source) = &record.body else { continue };
        let Some(url) = source.url.as_ref().filter(|_| time::stands(record)) else { continue };
        let pages = known.entry(page(url.as_ref())).or_default();
        let same = pages.iter().find(|(before, other)| !is_distinct(record, before) && !is_distinct(other, entry));
        let Some((before, _)) = same else {
            pages.push((entry, record));
            continue;
        };
        // [`duplicate_id`](super::duplicate_id) reports duplicate ids.
        let Some(name) = before.key.as_ref().filter(|name| entry.key.as_ref() != Some(*name)) else { continue };
        findings
            .at(entry.id, at!["url"], format!("`{}` is a record of the same page", name.id))
            .help("keep one of the two and cite it everywhere; delete the other, or retire it if it was released")
            .related(before.id, at!["url"], "the same page");
    }
}

/// The day on which a source was read for the dataset, if it is known.
fn read_on(record: &Record) -> Option<Day> {
    let Body::Source(source) = &record.body else { return None };
    source.accessed.as_ref().map(|accessed| accessed.bounds().earliest)
}

/// Whether a record says that the other record is a different one.
fn is_distinct(record: &Record, other: &Entry) -> bool {
    let names = |key| record.envelope.distinct_from.iter().flat_map(|list| list.iter()).any(|named| *named == key);
    other.key.as_ref().is_some_and(|key| names(key.into()))
}
