//! The table `change`: what differs from an earlier release, so that whoever keeps the tables `record` and `claim` of that
//! release can bring them up to date.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};
use serde_json::{Map, Value};

use super::column::table;
use super::{Cell, Context, Table, claim, record};
use crate::dataset::Dataset;
use crate::export::left_out::LeftOut;

table! {
    /// One row for every row of `record` and of `claim` that differs from the earlier release that this one was compared with;
    /// none where there was none. Applied in the order of `seq` to the `record` and the `claim` of the earlier release, the
    /// rows give those of this one.
    ChangeRow "change" key ["seq"] {
        /// The number of the change.
        seq: i64,
        /// The record, `kind:id`. A record that was removed is in no other table.
        r#ref: String,
        /// The claim; empty where the row of `record` changed.
        claim_id: Option<String>,
        /// The place in the record (JSON Pointer) that the claim is about.
        path: Option<String>,
        /// `added`, `changed`, `removed`, or `left-out` (has errors, and is not in this release); of a record also `retired` (withdrawn) and `renamed` (withdrawn, with the record to use instead).
        kind: String,
        /// The earlier values as a JSON object, by column; of a changed row only those that changed.
        old: Option<String>,
        /// The present values as a JSON object, by column; of a changed row only those that changed.
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
        let manifest = &earlier.manifest;
        let version = manifest.version.as_ref().map(ToString::to_string);
        Self { version, as_of: manifest.as_of.map(|day| day.to_string()), left_out_unnamed: 0, rows }
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

    /// Whether anything differs.
    pub(in crate::export) fn differs(&self) -> bool {
        !self.rows.is_empty()
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

    /// How many claims or records changed, by what happened to them; of records for one kind of record. A record of which
    /// only claims changed is a changed record.
    pub(in crate::export) fn counts(&self, of_claims: bool, kind: Option<&str>) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        let is_of = |row: &&Change| row.claim_id.is_some() == of_claims && kind.is_none_or(|kind| row.is_of(kind));
        self.rows.iter().filter(is_of).for_each(|row| *counts.entry(row.kind).or_default() += 1);
        if !of_claims {
            let refs = |with_claim: bool| {
                let of_kind = self.rows.iter().filter(|row| kind.is_none_or(|kind| row.is_of(kind)));
                let rows = of_kind.filter(move |row| row.claim_id.is_some() == with_claim);
                rows.map(|row| row.r#ref.as_str()).collect::<HashSet<_>>()
            };
            let only_claims = refs(true).difference(&refs(false)).count();
            if only_claims > 0 {
                *counts.entry("changed").or_default() += only_claims;
            }
        }
        counts
    }

    /// The records that were retired, renamed or removed, each with what happened and the record to use instead.
    pub(in crate::export) fn withdrawn(&self) -> impl Iterator<Item = (&str, &'static str, Option<&str>)> {
        let records = self.rows.iter().filter(|row| row.claim_id.is_none());
        let withdrawn = records.filter(|row| matches!(row.kind, "retired" | "renamed" | "removed"));
        withdrawn
            .map(|row| (row.r#ref.as_str(), row.kind, row.new.as_ref().and_then(|new| new["replaced_by"].as_str())))
    }
}

impl Change {
    fn is_of(&self, kind: &str) -> bool {
        self.r#ref.split_once(':').is_some_and(|(own, _)| own == kind)
    }
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
