//! The table `renamed`: columns and ids that have another name than before.

use super::Context;
use super::column::{known, table};
use crate::value::Day;

table! {
    /// One row for every column that was renamed, and for every record that was withdrawn in favour of another.
    RenamedRow "renamed" key ["what", "old"] {
        /// `column` or `id`.
        what: String,
        /// The earlier name: `table.column`, or `kind:id`.
        old: String,
        /// The name to use instead.
        new: String,
        /// The day on which the record was withdrawn; empty for a column.
        renamed_on: Option<Day>,
    }
}

/// The columns that were renamed, each as `table.column`: the earlier name and the present one.
const COLUMNS: &[(&str, &str)] = &[];

pub(super) fn rows(context: &Context<'_>) -> Vec<RenamedRow> {
    let columns = COLUMNS.iter().map(|(old, new)| RenamedRow {
        what: "column".to_owned(),
        old: (*old).to_owned(),
        new: (*new).to_owned(),
        renamed_on: None,
    });
    let records = context.records.iter().filter_map(|(key, record)| {
        let retired = record.envelope.retired.as_ref()?;
        let new = retired.replaced_by.as_ref()?.to_string();
        Some(RenamedRow {
            what: "id".to_owned(),
            old: key.to_string(),
            new,
            renamed_on: known(retired.on.bounds().latest),
        })
    });
    columns.chain(records).collect()
}
