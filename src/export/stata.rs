//! Stata: a file a table in format 118, which Stata 14 and later read, with a label for each variable.

use std::io;

use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_error::DtaError;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::long_string_ref::LongStringRef;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::record_writer::RecordWriter;
use dta::stata::dta::release::Release;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::variable::{Variable, VariableBuilder};
use dta::stata::dta::variable_type::VariableType;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_long::StataLong;
use hashbrown::HashMap;

use super::tables::{Cell, Column, ColumnType, Table};
use super::write::{Sink, SinkFile, TableSize, TableWriter};

/// The most bytes of a text that stands in its row. Longer ones stand behind the rows, each once: every row has room for the
/// longest text of its column.
const MOST_IN_ROW: u64 = 244;
/// The most characters of a label.
const LABEL: usize = 80;
/// The days from 1960-01-01, where Stata begins to count, to 1970-01-01.
const EPOCH: i32 = 3_653;
/// The greatest number of a `long`.
const MOST: u64 = 2_147_483_620;

/// Writes each table as a Stata file.
pub(super) struct StataWriter<'a> {
    sink: &'a dyn Sink,
    open: Option<Open>,
}

/// A file that is being written.
struct Open {
    records: RecordWriter<Box<dyn SinkFile>>,
    types: Vec<VariableType>,
    /// The texts that stand behind the rows, with the place that has each first.
    long: HashMap<String, LongStringRef>,
    /// The number of the last row, from 1.
    row: u64,
}

impl<'a> StataWriter<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, open: None }
    }

    fn open(out: Box<dyn SinkFile>, table: &Table, size: &TableSize) -> Result<Open, DtaError> {
        let widest = |index: usize| size.widest.get(index).copied().unwrap_or_default();
        let types: Vec<VariableType> =
            table.columns.iter().enumerate().map(|(index, column)| variable_type(column, widest(index))).collect();
        let variables = table.columns.iter().zip(&types).map(|(column, of)| variable(column, *of));
        let schema = Schema::builder().variables(variables.collect()).build()?;
        let header = Header::builder(Release::V118, ByteOrder::LittleEndian).dataset_label(label(&table.about, None));
        let writer = DtaWriter::new().from_writer(out).write_header(header.build())?.write_schema(schema)?;
        Ok(Open { records: writer.into_record_writer()?, types, long: HashMap::new(), row: 0 })
    }
}

impl TableWriter for StataWriter<'_> {
    fn needs_size(&self) -> bool {
        true
    }

    fn begin(&mut self, table: &Table, size: &TableSize) -> io::Result<()> {
        let out = self.sink.create(&table.path("stata", "dta"))?;
        self.open = Some(Self::open(out, table, size).map_err(failed)?);
        Ok(())
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        rows.iter().try_for_each(|row| open.write(row)).map_err(failed)
    }

    fn end(&mut self) -> io::Result<()> {
        self.open.take().map_or(Ok(()), |open| open.complete().map_err(failed)?.finish())
    }
}

impl Open {
    fn write(&mut self, row: &[Cell]) -> Result<(), DtaError> {
        self.row += 1;
        let mut values = Vec::with_capacity(row.len());
        for ((number, cell), of) in (1..).zip(row).zip(&self.types) {
            values.push(match (cell, of) {
                (Cell::Text(text), VariableType::LongString) => {
                    Value::LongStringRef(reference(&mut self.long, text, (number, self.row)))
                }
                // The place of no text.
                (_, VariableType::LongString) => Value::LongStringRef(place(0, 0)),
                _ => value(cell, *of),
            });
        }
        self.records.write_record(&values)
    }

    /// Writes what comes behind the rows.
    fn complete(self) -> Result<Box<dyn SinkFile>, DtaError> {
        let mut table = LongStringTable::for_reading();
        for (text, at) in &self.long {
            // The format ends each text with a zero, which the writer leaves to its caller.
            table.get_or_insert(at.variable(), at.observation(), format!("{text}\0").as_str());
        }
        // The format wants the order of the data, and some readers search for a text by halves; the table has them by column.
        let mut texts: Vec<_> = table.iter().collect();
        texts.sort_by_key(|text| (text.observation(), text.variable()));
        let mut writer = self.records.into_long_string_writer()?;
        texts.iter().try_for_each(|text| writer.write_long_string(text))?;
        writer.into_value_label_writer()?.finish()
    }
}

/// The place of the row and column that has a text first.
fn reference(long: &mut HashMap<String, LongStringRef>, text: &str, (variable, row): (u32, u64)) -> LongStringRef {
    if let Some(found) = long.get(text) {
        return *found;
    }
    let new = place(variable, row);
    long.insert(text.to_owned(), new);
    new
}

/// A place, which only a table makes.
fn place(variable: u32, row: u64) -> LongStringRef {
    LongStringTable::for_reading().get_or_insert(variable, row, "")
}

/// The value of a cell that stands in its row. An empty text is Stata's missing text.
fn value(cell: &Cell, of: VariableType) -> Value<'_> {
    match (cell, of) {
        (Cell::Text(text), _) => Value::string(text),
        (Cell::Boolean(is), _) => Value::Byte(StataByte::Present(i8::from(*is))),
        (Cell::Day(day), _) => Value::Long(StataLong::Present(day.count().saturating_add(EPOCH))),
        (Cell::Integer(number), VariableType::Long) => {
            Value::Long(i32::try_from(*number).map_or(StataLong::Missing(MissingValue::System), StataLong::Present))
        }
        (Cell::Integer(number), _) => Value::Double(StataDouble::Present(double(*number))),
        (Cell::Number(number), _) => Value::Double(StataDouble::Present(*number)),
        (Cell::Null, VariableType::Byte) => Value::Byte(StataByte::Missing(MissingValue::System)),
        (Cell::Null, VariableType::Long) => Value::Long(StataLong::Missing(MissingValue::System)),
        (Cell::Null, VariableType::Double) => Value::Double(StataDouble::Missing(MissingValue::System)),
        (Cell::Null, _) => Value::string(""),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a double is the widest number that Stata has: 53 bits")]
fn double(number: i64) -> f64 {
    number as f64
}

/// The type of a column, by its longest text or greatest number.
fn variable_type(column: &Column, widest: u64) -> VariableType {
    match column.r#type {
        ColumnType::Text if widest > MOST_IN_ROW => VariableType::LongString,
        ColumnType::Text => VariableType::FixedString(u16::try_from(widest.max(1)).unwrap_or(u16::MAX)),
        ColumnType::Integer if widest > MOST => VariableType::Double,
        ColumnType::Integer | ColumnType::Day => VariableType::Long,
        ColumnType::Number => VariableType::Double,
        ColumnType::Boolean => VariableType::Byte,
    }
}

fn variable(column: &Column, of: VariableType) -> VariableBuilder {
    let format = match (column.r#type, of) {
        (ColumnType::Day, _) => "%td".to_owned(),
        (_, VariableType::FixedString(width)) => format!("%{}s", width.clamp(1, 48)),
        (_, VariableType::LongString) => "%48s".to_owned(),
        (_, VariableType::Byte) => "%8.0g".to_owned(),
        (_, VariableType::Double) => "%10.0g".to_owned(),
        _ => "%12.0g".to_owned(),
    };
    Variable::builder(of, &column.name).format(format).label(label(&column.sentence, column.own.as_deref()))
}

/// A description as a label: the first sentence where the whole is too long, cut at a word, with `…` where something is left
/// out. Of a column that shares the beginning with its neighbours, what it alone says has room first.
fn label(description: &str, own: Option<&str>) -> String {
    let plain = |text: &str| text.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = plain(description);
    let Some(own) = own.map(plain).filter(|_| length(&whole) > LABEL) else {
        let first =
            if length(&whole) > LABEL { whole.split_inclusive(". ").next().unwrap_or_default() } else { &whole };
        return cut(first.trim_end(), LABEL);
    };
    let shared = whole.trim_end_matches('.').strip_suffix(&*own).unwrap_or(&whole).trim_end_matches(": ");
    let own = own.split(';').next().unwrap_or_default();
    // The colon and the space between both are two characters.
    let own = cut(own, LABEL - 2 - length(shared).min(LABEL / 2));
    format!("{}: {own}", cut(shared, LABEL - 2 - length(&own)))
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// A text of so many characters at most, cut at a word.
fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    let ends_a_word = text.chars().nth(most - 1) == Some(' ');
    let words = kept.rsplit_once(' ').filter(|_| !ends_a_word).map_or(&*kept, |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', '(', ' ']))
}

fn failed(error: DtaError) -> io::Error {
    match error {
        DtaError::Io { source, .. } => source,
        error => io::Error::other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_true_and_cut_at_a_word() {
        let joined = "The day of joining; where that is unknown, the first step that is on record";
        let own = "the earliest possible first day; empty where open or unknown";
        for (description, own, expected) in [
            ("The attendance: `invited`, `declined`, `absent`.", None, "The attendance: invited, declined, absent."),
            (
                &*format!("{joined}: {own}."),
                Some(own),
                "The day of joining; where that is unknown, the…: the earliest possible first day",
            ),
            (
                "The side for which the actor acts: `for` (acts for it by name), `office` (holds an office of it): a company.",
                Some("`for` (acts for it by name), `office` (holds an office of it): a company"),
                "The side for which the actor acts: for (acts for it by name), office (holds an…",
            ),
            (
                "How well it is known that it happened: `independent` (reported by two independent sources or more), `single`. Empty for what no source has to show: a source, a survey.",
                None,
                "How well it is known that it happened: independent (reported by two independent…",
            ),
            (
                "Whether the record belongs only to what others than NATO run. Some more, which has no room, follows here.",
                None,
                "Whether the record belongs only to what others than NATO run.",
            ),
        ] {
            let found = label(description, own);
            assert_eq!(found, expected);
            assert!(length(&found) <= LABEL);
        }
        assert_eq!(length(&label(&"x".repeat(200), None)), LABEL);
    }
}
