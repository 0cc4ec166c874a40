//! CSV as in RFC 4180: UTF-8, commas, CRLF, quotation marks doubled. A missing value is empty.

use std::borrow::Cow;
use std::io::{self, Write as _};

use super::tables::{Cell, Table};
use super::write::{Sink, SinkFile, TableSize, TableWriter};

/// Writes each table as a CSV file with a header.
pub(super) struct CsvWriter<'a> {
    sink: &'a dyn Sink,
    file: Option<Box<dyn SinkFile>>,
    /// The lines of one call, so that the file is written in few steps.
    lines: String,
}

impl<'a> CsvWriter<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, file: None, lines: String::new() }
    }

    fn write(&mut self) -> io::Result<()> {
        let written = self.file.as_mut().map_or(Ok(()), |file| file.write_all(self.lines.as_bytes()));
        self.lines.clear();
        written
    }
}

impl TableWriter for CsvWriter<'_> {
    fn begin(&mut self, table: &Table, _: &TableSize) -> io::Result<()> {
        self.file = Some(self.sink.create(&table.path("csv", "csv"))?);
        line(&mut self.lines, table.columns.iter().map(|column| column.name.as_str().into()));
        self.write()
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        for row in rows {
            line(&mut self.lines, row.iter().map(safe));
        }
        self.write()
    }

    fn end(&mut self) -> io::Result<()> {
        self.file.take().map_or(Ok(()), SinkFile::finish)
    }
}

fn line<'a>(out: &mut String, fields: impl Iterator<Item = Cow<'a, str>>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}

/// The signs with which a formula begins, also in their full width, which spreadsheets take for the same.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The text of a cell. A text that a spreadsheet would run as a formula begins with an apostrophe, which spreadsheets hide. So
/// does each part after a `;`, at which a spreadsheet with another list separator splits the line. Only texts can be formulas: a
/// number may begin with a minus.
fn safe(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) if text.split(';').any(is_guarded) => {
            let parts = text.split(';').map(|part| if is_guarded(part) { format!("'{part}") } else { part.to_owned() });
            parts.collect::<Vec<_>>().join(";").into()
        }
        Cell::Text(text) => text.into(),
        cell => cell.text().unwrap_or_default().into(),
    }
}

/// Whether a part of a text gets an apostrophe. One that has some of its own before a sign gets one more, so that a reader who
/// takes one away before a sign has the text again.
fn is_guarded(part: &str) -> bool {
    part.trim_start_matches('\'').starts_with(SIGNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_separates_is_quoted_and_no_text_is_a_formula() {
        let mut out = String::new();
        let cells = ["plain", "a,b", "say \"no\"", "two\nlines", "=1+1", "@x", "-5", "+212"];
        let cells = cells.map(|text| Cell::Text(text.to_owned()));
        line(&mut out, cells.iter().map(safe));
        assert_eq!(out, "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",'=1+1,'@x,'-5,'+212\r\n");
        for (text, guarded) in [
            ("＝1+1", "'＝1+1"),
            ("＠x", "'＠x"),
            ("a;=1+1;-b;c", "a;'=1+1;'-b;c"),
            ("a; -b", "a; -b"),
            ("'=1", "''=1"),
            ("'tis;it's", "'tis;it's"),
        ] {
            assert_eq!(safe(&Cell::Text(text.to_owned())), guarded);
            // A reader takes one apostrophe away from a part in which a sign follows the apostrophes.
            let bare = |part: &str| part.strip_prefix('\'').filter(|_| is_guarded(part)).unwrap_or(part).to_owned();
            assert_eq!(guarded.split(';').map(bare).collect::<Vec<_>>().join(";"), text);
        }
        let numbers = [Cell::Number(-6.83), Cell::Number(338.0), Cell::Integer(-1), Cell::Boolean(true), Cell::Null];
        assert_eq!(numbers.each_ref().map(safe), ["-6.83", "338", "-1", "true", ""]);
    }
}
