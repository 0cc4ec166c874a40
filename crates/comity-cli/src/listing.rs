//! Records in a list: for a terminal, for programs, or as bare names.

use clap::ValueEnum;
use comity::export::{self, ListedRecord};
use comity::render::{counted, visible};

use crate::output::{Output, eprint_line};

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal, a line a record
    Table,
    /// For programs: version 1 of schema/list.schema.json
    Json,
    /// For other commands: `kind:id`, a line a record
    Ids,
}

/// Writes a list, and how many records it has.
pub(crate) fn write(records: &[ListedRecord<'_>], format: ListFormat, output: &mut Output) -> anyhow::Result<()> {
    match format {
        ListFormat::Ids => records.iter().try_for_each(|record| output.line(&name(record)))?,
        ListFormat::Json => output.json(|out| export::list(records, out))?,
        ListFormat::Table => {
            output.write(&table(records))?;
            output.flush()?;
            eprint_line(&counted(records.len(), "record"));
        }
    }
    Ok(())
}

/// A record as `kind:id`.
fn name(record: &ListedRecord<'_>) -> String {
    format!("{}:{}", record.kind, record.id)
}

fn table(records: &[ListedRecord<'_>]) -> String {
    let cells = |record: &ListedRecord<'_>| {
        let title = record.title.unwrap_or_default();
        // The text by which the record was found, where that is not the title.
        let found =
            record.found.as_ref().map(|found| found.found_in).filter(|text| *text != title && *text != record.id);
        let note = found.map_or_else(String::new, |text| format!("  [{}]", excerpt(text)));
        let status = record.status.unwrap_or_default().to_owned();
        [name(record), record.date.clone().unwrap_or_default(), status, format!("{title}{note}")]
            .map(|cell| visible(&cell))
    };
    let rows: Vec<[String; 4]> = records.iter().map(cells).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [0, 1, 2].map(width);
    // A column that no record fills is left out.
    let line = |row: &[String; 4]| {
        let filled = row.iter().zip(widths).filter(|(_, width)| *width > 0);
        let cells: Vec<String> = filled.map(|(cell, width)| format!("{cell:width$}  ")).collect();
        format!("{}{}", cells.concat(), row[3]).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// The beginning of a text.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
