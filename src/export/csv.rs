//! CSV as in RFC 4180: UTF-8, commas, CRLF, quotation marks doubled. A missing value is empty.

use super::tables::{Cell, Table};

/// A table as CSV, with a header.
///
/// A text that a spreadsheet would run as a formula begins with an apostrophe, which spreadsheets hide.
pub(super) fn csv(table: &Table) -> String {
    let mut out = String::new();
    line(&mut out, table.columns.iter().map(|column| column.name.clone()));
    for row in &table.rows {
        line(&mut out, row.iter().map(safe));
    }
    out
}

fn line(out: &mut String, fields: impl Iterator<Item = String>) {
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

/// The text of a cell. Only texts can be formulas: a number may begin with a minus.
fn safe(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        cell => cell.text().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_separates_is_quoted_and_no_text_is_a_formula() {
        let mut out = String::new();
        let cells = ["plain", "a,b", "say \"no\"", "two\nlines", "=1+1", "@x", "-5", "+212"];
        line(&mut out, cells.iter().map(|text| safe(&Cell::Text((*text).to_owned()))));
        assert_eq!(out, "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",'=1+1,'@x,'-5,'+212\r\n");
        let numbers = [Cell::Number(-6.83), Cell::Number(338.0), Cell::Integer(-1), Cell::Boolean(true), Cell::Null];
        assert_eq!(numbers.map(|cell| safe(&cell)), ["-6.83", "338", "-1", "true", ""]);
    }
}
