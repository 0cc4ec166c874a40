//! The table `figure`.

use comity_document::at;

use super::column::table;
use super::{Context, DateCells, to};
use crate::value::{Amount, NonEmptyMap};

table! {
    /// One row for every figure of a record.
    FigureRow "figure" key ["ref", "figure"] {
        /// The record.
        r#ref: String => "record",
        /// The short name of the figure within the record.
        figure: String,
        /// What the figure counts or measures, a code.
        measure: String where ["Measure"],
        /// The unit, a code: things, time, shares, or the three letters of a currency.
        unit: String where ["Unit"],
        /// The actor whose figure this is, where several actors have one.
        counted_by: Option<String> => "record",
        /// The lowest possible number; alone, "at least" or "more than".
        low: Option<f64>,
        /// The most likely number.
        best: Option<f64>,
        /// The highest possible number; alone, "at most" or "up to".
        high: Option<f64>,
        /// The date at which the figure holds.
        at: Option<DateCells>,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<FigureRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        for (name, figure) in record.envelope.figures.iter().flat_map(NonEmptyMap::iter) {
            rows.push(FigureRow {
                r#ref: key.to_string(),
                figure: name.to_string(),
                measure: figure.measure.to_string(),
                unit: figure.unit.code().to_owned(),
                counted_by: figure.by.as_ref().map(to),
                low: figure.low.map(Amount::get),
                best: figure.best.map(Amount::get),
                high: figure.high.map(Amount::get),
                at: figure.at.as_ref().map(|at| DateCells::at(record, &at!["figures", name, "at"], at)),
            });
        }
    }
    rows
}
