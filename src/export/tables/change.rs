//! The table `change`: what differs from an earlier release, so that whoever keeps the records, or the tables `record` and
//! `claim`, of that release can bring them up to date.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};
use serde_json::{Map, Value};

use super::column::table;
use super::{Cell, Context, Table, claim, record};
use crate::dataset::Dataset;
use crate::diff;
use crate::export::left_out::LeftOut;
use crate::export::release::content_hash;
use crate::kind::Kind;
use crate::record::Record;
use crate::value::Key;

table! {
    /// One row for every row of `record` and of `claim` that differs from the earlier release that this one was compared with,
    /// and one for every place that differs in a record that both releases have; none where there was no earlier release.
    /// Applied in the order of `seq` to the `record` and the `claim` of the earlier release, the rows with the columns of these
    /// tables give those of this one; the rows with a `path` and no `claim_id` do so for the records of `comity.ndjson`.
    ChangeRow "change" key ["seq"] {
        /// The number of the change.
        seq: i64,
        /// The record, `kind:id`. A record that was removed is in no other table.
        r#ref: String,
        /// The claim; empty where the row of `record`, or a place in the record, changed.
        claim_id: Option<String>,
        /// The place in the record (JSON Pointer) that the claim is about; without a claim the place that changed in the record itself, and empty where the row of `record` changed.
        path: Option<String>,
        /// `added`, `changed`, `removed`, or `left-out` (has errors, and is not in this release); of a record also `retired` (withdrawn) and `renamed` (withdrawn, with the record to use instead).
        kind: String,
        /// The earlier values as a JSON object, by column; of a changed row only those that changed. Of a place in the record, the earlier value as JSON.
        old: Option<String>,
        /// The present values as a JSON object, by column; of a changed row only those that changed. Of a place in the record, the present value as JSON.
        new: Option<String>,
    }
}

/// What differs from an earlier release.
#[derive(Debug)]
pub struct Since {
    /// The version of the earlier release.
    pub(in crate::export) version: Option<String>,
    /// The day on which the research of the earlier release was closed.
    pub(in crate::export) as_of: Option<String>,
    /// How many records are left out of this release and have no name that could be read.
    pub(in crate::export) left_out_unnamed: usize,
    /// Whether the records are not those of the earlier release, to the byte: whether `content_sha256` differs.
    pub(in crate::export) has_other_content: bool,
    rows: Vec<Change>,
}

/// One change, without its number.
#[derive(Debug)]
struct Change {
    r#ref: String,
    claim_id: Option<String>,
    path: Option<String>,
    kind: &'static str,
    old: Option<Value>,
    new: Option<Value>,
}

impl Since {
    /// What differs in `dataset` from `earlier`.
    pub fn of(earlier: &Dataset, dataset: &Dataset) -> Self {
        let (before, after) = (Context::of(earlier), Context::of(dataset));
        let mut rows = compare(&Table::of(record::rows(&before)), &Table::of(record::rows(&after)));
        rows.extend(compare(&Table::of(claim::rows(&before)), &Table::of(claim::rows(&after))));
        rows.extend(places(&before, &after));
        let manifest = &earlier.manifest;
        Self {
            version: manifest.version.as_ref().map(ToString::to_string),
            as_of: manifest.as_of.map(|day| day.to_string()),
            left_out_unnamed: 0,
            has_other_content: content_hash(earlier) != content_hash(dataset),
            rows,
        }
    }

    /// What differs, where records are left out of the later release because of errors. These were not removed.
    #[must_use]
    pub fn without(mut self, left_out: &[LeftOut]) -> Self {
        let names: HashSet<&str> = left_out.iter().filter_map(|one| one.record.as_deref()).collect();
        self.left_out_unnamed = left_out.iter().filter(|one| one.record.is_none()).count();
        let gone = self.rows.iter_mut().filter(|row| row.kind == "removed" && names.contains(row.r#ref.as_str()));
        gone.for_each(|row| row.kind = "left-out");
        self
    }

    /// The table `change`.
    pub fn table(&self) -> Table {
        Table::of(self.rows())
    }

    fn rows(&self) -> Vec<ChangeRow> {
        let row = |(seq, change): (i64, &Change)| ChangeRow {
            seq,
            r#ref: change.r#ref.clone(),
            claim_id: change.claim_id.clone(),
            path: change.path.clone(),
            kind: change.kind.to_owned(),
            old: change.old.as_ref().map(ToString::to_string),
            new: change.new.as_ref().map(ToString::to_string),
        };
        (1..).zip(&self.rows).map(row).collect()
    }

    /// How many claims changed, by what happened to them.
    pub(in crate::export) fn claims(&self) -> BTreeMap<&'static str, usize> {
        counted(self.rows.iter().filter(|row| row.claim_id.is_some()).map(|row| row.kind))
    }

    /// How many records changed, by what happened to them: all, or those of one kind.
    pub(in crate::export) fn records(&self, kind: Option<Kind>) -> BTreeMap<&'static str, usize> {
        let by_record = self.by_record();
        let is_of =
            |name: &str| kind.is_none_or(|kind| name.split_once(':').is_some_and(|(own, _)| own == kind.name()));
        counted(by_record.iter().filter(|(name, _)| is_of(name)).map(|(_, what)| *what))
    }

    /// Every record that differs, with what happened to it. A record of which only claims or places differ is a changed record.
    fn by_record(&self) -> BTreeMap<&str, &'static str> {
        let mut all = BTreeMap::new();
        for row in &self.rows {
            if row.is_of_record() {
                all.insert(row.r#ref.as_str(), row.kind);
            } else {
                all.entry(row.r#ref.as_str()).or_insert("changed");
            }
        }
        all
    }

    /// The records that changed and were neither added nor withdrawn, each with the fields that differ; without any where only
    /// the tables differ, because another record changed.
    pub(in crate::export) fn changed(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let names = self.by_record().into_iter().filter(|(_, what)| *what == "changed");
        let mut changed: BTreeMap<&str, BTreeSet<&str>> = names.map(|(name, _)| (name, BTreeSet::new())).collect();
        for row in self.rows.iter().filter(|row| row.claim_id.is_none()) {
            let field = row.path.as_deref().and_then(|path| path.split('/').nth(1));
            if let Some((fields, field)) = changed.get_mut(row.r#ref.as_str()).zip(field) {
                fields.insert(field);
            }
        }
        changed
    }

    /// The records that were retired, renamed or removed, each with what happened and the record to use instead.
    pub(in crate::export) fn withdrawn(&self) -> impl Iterator<Item = (&str, &'static str, Option<&str>)> {
        let records = self.rows.iter().filter(|row| row.is_of_record());
        let withdrawn = records.filter(|row| matches!(row.kind, "retired" | "renamed" | "removed"));
        withdrawn
            .map(|row| (row.r#ref.as_str(), row.kind, row.new.as_ref().and_then(|new| new["replaced_by"].as_str())))
    }
}

impl Change {
    /// Whether the row of `record` changed.
    fn is_of_record(&self) -> bool {
        self.claim_id.is_none() && self.path.is_none()
    }
}

fn counted(all: impl Iterator<Item = &'static str>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    all.for_each(|what| *counts.entry(what).or_default() += 1);
    counts
}

pub(super) fn rows(context: &Context<'_>) -> Vec<ChangeRow> {
    context.since.map(Since::rows).unwrap_or_default()
}

/// The rows of a table that differ, by the first column of its key: those of the later table in its order, then those that
/// only the earlier one has.
fn compare(before: &Table, after: &Table) -> Vec<Change> {
    let key = |row: &Vec<Cell>| row.first().and_then(Cell::text).unwrap_or_default();
    let earlier: HashMap<String, &Vec<Cell>> = before.rows.iter().map(|row| (key(row), row)).collect();
    let mut changes = Vec::new();
    let mut seen = HashSet::new();
    for row in &after.rows {
        let key = key(row);
        match earlier.get(&key) {
            None => changes.push(change(after, row, "added", None, Some(whole(after, row)))),
            Some(old) if *old == row => {}
            Some(old) => {
                let differs = |index: &usize| old[*index] != row[*index];
                let columns: Vec<usize> = (0..row.len()).filter(differs).collect();
                let (old, new) = (values(after, old, &columns), values(after, row, &columns));
                changes.push(change(after, row, what_happened(&old, &new), Some(old), Some(new)));
            }
        }
        seen.insert(key);
    }
    let gone = before.rows.iter().filter(|row| !seen.contains(&key(row)));
    changes.extend(gone.map(|row| change(before, row, "removed", Some(whole(before, row)), None)));
    changes
}

/// The places that differ in the records of both states. The tables `record` and `claim` do not have every field.
fn places(before: &Context<'_>, after: &Context<'_>) -> Vec<Change> {
    let earlier: HashMap<&Key, &Record> = before.records.iter().copied().collect();
    let both = after.records.iter().filter_map(|(key, is)| Some((key, *earlier.get(*key)?, *is)));
    let of_record = |(key, was, is): (&&Key, &Record, &Record)| {
        let name = key.to_string();
        let change = move |place: diff::Difference| Change {
            r#ref: name.clone(),
            claim_id: None,
            path: Some(place.at.as_str().to_owned()),
            kind: match (&place.before, &place.after) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            },
            old: place.before,
            new: place.after,
        };
        diff::places(was, is).into_iter().map(change)
    };
    both.flat_map(of_record).collect()
}

/// What a change of a row is called.
fn what_happened(old: &Value, new: &Value) -> &'static str {
    let is_withdrawn = old.get("retired_on").is_some_and(Value::is_null);
    match new.get("replaced_by").is_some_and(Value::is_string) {
        true if is_withdrawn => "renamed",
        false if is_withdrawn => "retired",
        _ => "changed",
    }
}

fn change(table: &Table, row: &[Cell], kind: &'static str, old: Option<Value>, new: Option<Value>) -> Change {
    let text = |column| table.cell(row, column).and_then(Cell::text);
    Change { r#ref: text("ref").unwrap_or_default(), claim_id: text("claim_id"), path: text("path"), kind, old, new }
}

fn whole(table: &Table, row: &[Cell]) -> Value {
    values(table, row, &(0..row.len()).collect::<Vec<_>>())
}

/// Some values of a row by column.
fn values(table: &Table, row: &[Cell], columns: &[usize]) -> Value {
    let value = |index: &usize| {
        let cell = &row[*index];
        let value = match cell {
            Cell::Null => Value::Null,
            Cell::Boolean(is) => (*is).into(),
            // `338`, not `338.0`.
            Cell::Integer(_) | Cell::Number(_) => {
                cell.text().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
            }
            cell => cell.text().into(),
        };
        (table.columns[*index].name.clone(), value)
    };
    Value::Object(columns.iter().map(value).collect::<Map<_, _>>())
}
