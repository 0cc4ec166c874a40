//! The table `link`.

use super::Context;
use super::column::table;
use crate::query::links;

table! {
    /// One row for every link between two records, in each direction. Participants, sources, places and themes have tables
    /// of their own.
    LinkRow "link" key ["ref", "relation", "target", "direction"] {
        /// The record.
        r#ref: String => "record",
        /// A code of the list `Relation`, or `under`, `about`, `distinct_from`, `replaced_by`.
        relation: String,
        /// The other record.
        target: String => "record",
        /// `stated` where `ref` says the relation of itself to `target`, `inverse` where `target` says the relation.
        direction: String,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<LinkRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        record.references(&mut |reference| {
            let relation = match reference.at.field() {
                Some("related" | "under" | "about" | "distinct_from" | "retired") => {
                    links::relation(record, &reference)
                }
                _ => return,
            };
            let (from, target) = (key.to_string(), format!("{}:{}", reference.to.kind, reference.to.id));
            let row = |r#ref: &str, target: &str, direction: &str| LinkRow {
                r#ref: r#ref.to_owned(),
                relation: relation.clone(),
                target: target.to_owned(),
                direction: direction.to_owned(),
            };
            rows.push(row(&from, &target, "stated"));
            rows.push(row(&target, &from, "inverse"));
        });
    }
    rows.sort_by(|a, b| {
        let key =
            |row: &LinkRow| (row.r#ref.clone(), row.direction == "inverse", row.relation.clone(), row.target.clone());
        key(a).cmp(&key(b))
    });
    rows
}
