//! The sheets that describe the others: `about` with what the release is and covers, `codebook` with every column.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{exact, fitting};
use crate::export::codebook::{HEADER, described};
use crate::export::files::first;
use crate::export::format::Material;
use crate::export::tables::{Cell, Table};

/// The lines of the two sheets.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) about: Vec<[Cell; 3]>,
    columns: Vec<[String; 7]>,
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) }
}

impl Pages {
    pub(super) fn new(title: &str, material: &Material<'_>) -> Self {
        let meta = &material.release.meta;
        let mut about = vec![[text(title), Cell::Null, Cell::Null]];
        for (what, field) in [("Version", "data_version"), ("Research closed on", "as_of"), ("Licence", "licence")] {
            about.extend(meta[field].as_str().map(|value| [text(what), text(value), Cell::Null]));
        }
        let coverage = first(material.dataset.manifest.coverage.as_ref());
        about.extend(coverage.map(|coverage| [text("Coverage"), Cell::Null, text(coverage)]));
        about.push([text("Sheet"), text("Rows"), text("What one row is, and what a sheet cannot hold")]);
        Self { about, columns: Vec::new() }
    }

    /// Adds a table with its columns.
    pub(super) fn table(&mut self, table: &Table, rows: usize, about: &str) {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        self.about.push([text(table.name), Cell::Integer(rows), text(about)]);
        self.columns.extend(table.columns.iter().map(|column| {
            let [name, r#type, missing, refers, codes, sentence] = described(column, "");
            [table.name.to_owned(), name, r#type, missing, refers, codes, sentence]
        }));
    }

    /// Adds a sentence to what is said of the last table.
    pub(super) fn add(&mut self, sentence: &str) {
        if let Some([.., Cell::Text(about)]) = self.about.last_mut() {
            *about += sentence;
        }
    }

    /// The two sheets.
    pub(super) fn sheets(&self, header: &Format) -> Result<[Worksheet; 2], XlsxError> {
        let mut about = sheet("about", &[20.0, 14.0, 100.0])?;
        for (row, line) in (0..).zip(&self.about) {
            for (column, cell) in (0..).zip(line) {
                match cell {
                    Cell::Text(text) => {
                        about.write_string(row, column, fitting(text).as_deref().unwrap_or(text))?;
                    }
                    Cell::Integer(number) => {
                        about.write_number(row, column, exact(*number).unwrap_or(f64::MAX))?;
                    }
                    _ => {}
                }
            }
        }
        let mut codebook = sheet("codebook", &[20.0, 30.0, 14.0, 14.0, 20.0, 30.0, 120.0])?;
        codebook.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(std::iter::once("table").chain(HEADER)) {
            codebook.write_string_with_format(0, column, name, header)?;
        }
        for (row, line) in (1..).zip(&self.columns) {
            for (column, text) in (0..).zip(line).filter(|(_, text)| !text.is_empty()) {
                codebook.write_string(row, column, text)?;
            }
        }
        codebook.autofilter(0, 0, u32::try_from(self.columns.len()).unwrap_or(u32::MAX), 6)?;
        Ok([about, codebook])
    }
}

/// A sheet with columns of some widths.
fn sheet(name: &str, widths: &[f64]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(sheet)
}
