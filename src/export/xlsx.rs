//! A workbook for Excel and `LibreOffice`: a sheet a table, with a header that stays in view, filters and real dates, after two
//! sheets that describe them.

mod pages;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use self::pages::Pages;
use super::format::Material;
use super::tables::{Cell, ColumnType, Table};
use super::write::{Sink, TableSize, TableWriter};

/// The most rows of all sheets; a sheet of Excel has at most 1,048,576. All sheets are in memory until the end, and nobody
/// opens a larger workbook with ease.
const MOST_IN_ALL: usize = 300_000;
/// The most characters of a cell, as Excel counts: in UTF-16.
const MOST_CHARACTERS: usize = 32_767;
/// The least whole number that Excel cannot hold: the number has more than 15 digits, of which Excel keeps 15.
const TOO_LONG: u64 = 1_000_000_000_000_000;
/// What stands at the end of a text that is too long for a cell.
const CUT: &str = " […]";
/// The number that Excel has for 1970-01-01.
const EPOCH: i32 = 25_569;
/// The number that Excel has for 1900-03-01. Excel believes that 1900 was a leap year: the days before are wrong there.
const FIRST_DAY: i32 = 61;

/// Fills the sheets one after another; the file is written at the end.
pub(super) struct XlsxWriter<'a> {
    sink: &'a dyn Sink,
    workbook: Workbook,
    sheets: Vec<Worksheet>,
    /// The sheets that describe the others.
    pages: Pages,
    header: Format,
    date: Format,
    /// The rows of all sheets.
    rows: usize,
    /// The next row of the last sheet.
    row: u32,
    /// The texts of the last sheet that were cut.
    cut: usize,
    /// Whether the table has more rows than are left for all sheets.
    is_left_out: bool,
    /// The CSV file of the table, which has all rows and whole texts.
    csv: String,
}

impl<'a> XlsxWriter<'a> {
    pub(super) fn new(material: &Material<'a>, sink: &'a dyn Sink) -> Self {
        let mut workbook = Workbook::new();
        let meta = &material.release.meta;
        let title = meta["title"]["en"].as_str().unwrap_or("Comity");
        // Never the clock: two exports of the same records are the same.
        let day = material.dataset.manifest.as_of.map_or_else(|| "1980-01-01".to_owned(), |day| day.to_string());
        let mut properties = DocProperties::new().set_title(title);
        if let Ok(day) = ExcelDateTime::parse_from_str(&day) {
            properties = properties.set_creation_datetime(&day);
        }
        workbook.set_properties(&properties);
        Self {
            sink,
            workbook,
            sheets: Vec::new(),
            pages: Pages::new(title, material),
            header: Format::new().set_bold(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            rows: 0,
            row: 0,
            cut: 0,
            is_left_out: false,
            csv: String::new(),
        }
    }

    fn write(&mut self, rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        for row in rows {
            for (column, cell) in (0..).zip(row) {
                self.cut += usize::from(write_cell(sheet, (self.row, column), cell, &self.date)?);
            }
            self.row += 1;
        }
        Ok(())
    }
}

impl TableWriter for XlsxWriter<'_> {
    fn needs_size(&self) -> bool {
        true
    }

    fn begin(&mut self, table: &Table, size: &TableSize) -> io::Result<()> {
        self.is_left_out = self.rows + size.rows > MOST_IN_ALL;
        (self.csv, self.row, self.cut) = (table.path("csv", "csv"), 1, 0);
        let about = if self.is_left_out {
            let csv = &self.csv;
            format!("Not in this file, which holds {MOST_IN_ALL} rows in all. The format `csv` has the table: {csv}.")
        } else {
            self.rows += size.rows;
            self.sheets.push(sheet(table, size, &self.header).map_err(failed)?);
            table.about.clone()
        };
        self.pages.table(table, size.rows, &about);
        Ok(())
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        if self.is_left_out { Ok(()) } else { self.write(rows).map_err(failed) }
    }

    fn end(&mut self) -> io::Result<()> {
        if self.cut > 0 {
            let (texts, them) = if self.cut == 1 {
                ("text is longer than a cell can hold, and ends", "the whole text")
            } else {
                ("texts are longer than a cell can hold, and end", "the whole texts")
            };
            let (cut, csv) = (self.cut, &self.csv);
            self.pages.add(&format!(" {cut} {texts} with{CUT}. The format `csv` has {them}: {csv}."));
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        let pages = self.pages.sheets(&self.header).map_err(failed)?;
        for sheet in pages.into_iter().chain(std::mem::take(&mut self.sheets)) {
            self.workbook.push_worksheet(sheet);
        }
        let mut file = self.sink.create("comity.xlsx")?;
        self.workbook.save_to_writer(&mut file).map_err(failed)?;
        file.finish()
    }
}

/// A sheet with its header.
fn sheet(table: &Table, size: &TableSize, header: &Format) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
    for (index, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, index, &column.name, header)?;
        let longest =
            size.widest.get(usize::from(index)).map_or(0, |longest| u32::try_from(*longest).unwrap_or(u32::MAX));
        let named = u32::try_from(column.name.len()).unwrap_or(u32::MAX);
        let wide = if column.r#type == ColumnType::Text { longest } else { 10 };
        sheet.set_column_width(index, named.max(wide).clamp(6, 48) + 2)?;
    }
    let last = (u32::try_from(size.rows).unwrap_or(u32::MAX), u16::try_from(table.columns.len()).unwrap_or(u16::MAX));
    sheet.autofilter(0, 0, last.0, last.1.saturating_sub(1))?;
    Ok(sheet)
}

/// Writes one cell. Returns whether the text was cut.
fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, date: &Format) -> Result<bool, XlsxError> {
    match cell {
        Cell::Null => {}
        Cell::Text(text) => {
            let whole = fitting(text);
            sheet.write_string(row, column, whole.as_deref().unwrap_or(text))?;
            return Ok(whole.is_some());
        }
        Cell::Integer(number) => match exact(*number) {
            Some(number) => drop(sheet.write_number(row, column, number)?),
            None => drop(sheet.write_string(row, column, number.to_string())?),
        },
        Cell::Number(number) => drop(sheet.write_number(row, column, *number)?),
        Cell::Boolean(is) => drop(sheet.write_boolean(row, column, *is)?),
        Cell::Day(day) => match day.count().saturating_add(EPOCH) {
            number if number >= FIRST_DAY => drop(sheet.write_number_with_format(row, column, number, date)?),
            _ => drop(sheet.write_string(row, column, day.to_string())?),
        },
    }
    Ok(false)
}

/// A whole number as Excel has it; `None` for one that Excel would round.
#[expect(clippy::cast_precision_loss, reason = "a number of 15 digits has less than 53 bits")]
fn exact(number: i64) -> Option<f64> {
    (number.unsigned_abs() < TOO_LONG).then_some(number as f64)
}

/// A text that is too long for a cell, cut to what fits; `None` where all of it fits.
fn fitting(text: &str) -> Option<String> {
    // A text has at most as many UTF-16 units as bytes.
    if text.len() <= MOST_CHARACTERS || text.encode_utf16().count() <= MOST_CHARACTERS {
        return None;
    }
    let mut left = MOST_CHARACTERS - CUT.encode_utf16().count();
    let fits = |character: &char| match left.checked_sub(character.len_utf16()) {
        Some(less) => {
            left = less;
            true
        }
        None => false,
    };
    Some(text.chars().take_while(fits).chain(CUT.chars()).collect())
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(format!("comity.xlsx could not be made: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables;
    use super::super::write::SinkFile;
    use super::*;
    use crate::dataset::Dataset;
    use crate::export::Release;
    use crate::value::Day;

    /// Has no room for any file.
    struct Full;

    impl Sink for Full {
        fn create(&self, path: &str) -> io::Result<Box<dyn SinkFile>> {
            Err(io::Error::other(format!("no room for {path}")))
        }
    }

    #[test]
    fn what_excel_cannot_hold_is_said() {
        let dataset = Dataset::builder(Day::FOREVER).build();
        let release = Release::of(&dataset, "comity", None);
        let tables = tables::declared();
        let mut writer = XlsxWriter::new(&Material::new(&dataset, &release, &tables, &[]), &Full);
        let mut size = TableSize { rows: MOST_IN_ALL + 1, ..TableSize::default() };
        writer.begin(&tables[0], &size).expect("a table that is left out");
        writer.rows(&[vec![Cell::Null]]).expect("nothing is written");
        writer.end().expect("nothing is written");
        let [sheet, rows, about] = writer.pages.about.last().expect("a line");
        let counted = Cell::Integer(i64::try_from(MOST_IN_ALL).expect("a number") + 1);
        assert_eq!((sheet, rows, writer.sheets.len()), (&Cell::Text("record".to_owned()), &counted, 0));
        assert_eq!(
            about.text().unwrap_or_default(),
            "Not in this file, which holds 300000 rows in all. The format `csv` has the table: csv/record.csv."
        );
        size.rows = 2;
        writer.begin(&tables[0], &size).expect("a sheet");
        let row = |text: &str| vec![Cell::Text(text.to_owned()), Cell::Integer(i64::MAX)];
        writer.rows(&[row("short"), row(&"a".repeat(MOST_CHARACTERS + 1))]).expect("two rows");
        writer.end().expect("a sheet");
        let [.., about] = writer.pages.about.last().expect("a line");
        let about = about.text().unwrap_or_default();
        let cut = "1 text is longer than a cell can hold, and ends with […]. \
            The format `csv` has the whole text: csv/record.csv.";
        assert!(about.ends_with(cut), "{about}");
        let panel = &crate::export::panels::declared()[0];
        writer.begin(panel, &size).expect("a sheet");
        writer.rows(&[row(&"a".repeat(MOST_CHARACTERS + 1))]).expect("a row");
        writer.end().expect("a sheet");
        let [.., about] = writer.pages.about.last().expect("a line");
        let about = about.text().unwrap_or_default();
        assert!(about.ends_with(&format!(": panels/{}.csv.", panel.name)), "{about}");
        let refused = Box::new(writer).finish().expect_err("no room");
        assert_eq!(refused.to_string(), "no room for comity.xlsx");
    }

    #[test]
    fn a_text_is_cut_where_excel_would_refuse_it() {
        assert_eq!(fitting(&"a".repeat(MOST_CHARACTERS)), None);
        assert_eq!(fitting(&"ع".repeat(MOST_CHARACTERS)), None, "bytes are not characters");
        for text in ["a".repeat(MOST_CHARACTERS + 1), "😀".repeat(MOST_CHARACTERS / 2 + 1)] {
            let cut = fitting(&text).expect("a text that is cut");
            let units = cut.encode_utf16().count();
            assert!(units <= MOST_CHARACTERS && units > MOST_CHARACTERS - 2, "{units}");
            assert!(cut.ends_with(CUT) && text.starts_with(cut.trim_end_matches(CUT)));
        }
    }

    #[test]
    fn a_number_that_excel_would_round_is_a_text() {
        let least = 1_000_000_000_000_000;
        assert_eq!(exact(3_000_000_000), Some(3e9));
        assert_eq!([exact(least - 1), exact(1 - least)], [Some(999_999_999_999_999.0), Some(-999_999_999_999_999.0)]);
        assert_eq!([least, -least, i64::MAX, i64::MIN].map(exact), [None; 4]);
    }

    #[test]
    fn days_are_dates_from_march_1900() {
        let day = |text: &str| text.parse::<Day>().expect("a day").count() + EPOCH;
        assert_eq!((day("1900-03-01"), day("1970-01-01"), day("2019-01-22")), (FIRST_DAY, EPOCH, 43_487));
    }
}
