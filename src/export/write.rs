//! The rows of all tables, written in several formats at once: rows are made once, some at a time, and given to each format.

use std::io::{self, Seek, Write};

use super::csv::CsvWriter;
use super::format::{Material, TableFormat};
use super::panels::Panel;
use super::tables::{self, Cell, Context, Table};
use crate::parallel::join;

/// Where the files of a release are written. The library has no files of its own.
pub trait Sink: Sync {
    /// Begins a file. The path is below the folder of the release, with `/`.
    ///
    /// # Errors
    /// When the file cannot be made.
    fn create(&self, path: &str) -> io::Result<Box<dyn SinkFile>>;
}

/// A file of a release while it is written.
pub trait SinkFile: Write + Seek + Send {
    /// Completes the file.
    ///
    /// # Errors
    /// When the rest cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Writes tables in one format, one after another: `begin`, `rows` any number of times, `end`; then `finish`.
pub trait TableWriter: Send {
    /// Whether [`TableSize`] has to be known before the rows. Then all rows are made twice.
    fn needs_size(&self) -> bool {
        false
    }

    /// Begins a table.
    ///
    /// # Errors
    /// When a file cannot be written.
    fn begin(&mut self, table: &Table, size: &TableSize) -> io::Result<()>;

    /// Writes the next rows of the table.
    ///
    /// # Errors
    /// When a file cannot be written.
    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()>;

    /// Completes the table.
    ///
    /// # Errors
    /// When a file cannot be written.
    fn end(&mut self) -> io::Result<()>;

    /// Completes what all tables share.
    ///
    /// # Errors
    /// When a file cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// How many rows a table has, and how wide each column is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSize {
    /// The number of rows.
    pub rows: usize,
    /// Of each column the bytes of the longest text, or the greatest amount of the whole numbers.
    pub widest: Vec<u64>,
}

impl TableSize {
    fn add(&mut self, rows: &[Vec<Cell>]) {
        self.rows += rows.len();
        for row in rows {
            self.widest.resize(row.len(), 0);
            for (widest, cell) in self.widest.iter_mut().zip(row) {
                let wide = match cell {
                    Cell::Text(text) => text.len() as u64,
                    Cell::Integer(number) => number.unsigned_abs(),
                    _ => 0,
                };
                *widest = wide.max(*widest);
            }
        }
    }
}

/// The writer of a format; `None` for a format whose files the library cannot make.
pub fn table_writer<'a>(
    format: TableFormat,
    material: &Material<'a>,
    sink: &'a dyn Sink,
) -> Option<Box<dyn TableWriter + 'a>> {
    // Only some formats say what the release is.
    let _ = material;
    match format {
        TableFormat::Csv => Some(Box::new(CsvWriter::new(sink))),
        #[cfg(feature = "formats")]
        TableFormat::Parquet => Some(Box::new(super::parquet::ParquetWriter::new(material, sink))),
        #[cfg(feature = "formats")]
        TableFormat::Xlsx => Some(Box::new(super::xlsx::XlsxWriter::new(material, sink))),
        #[cfg(feature = "formats")]
        TableFormat::Stata => Some(Box::new(super::stata::StataWriter::new(sink))),
        // The caller has the database; without the feature there are no others.
        _ => None,
    }
}

/// Writes every table and every panel in all formats. Returns the name of each table with the number of its rows.
///
/// # Errors
/// When a file cannot be written.
pub fn write_tables(
    material: &Material<'_>,
    mut writers: Vec<Box<dyn TableWriter + '_>>,
) -> io::Result<Vec<(&'static str, usize)>> {
    let mut context = Context::of(material.dataset);
    context.since = material.since;
    context.piece = material.piece;
    let mut counted = Vec::new();
    let measured = writers.iter().any(|writer| writer.needs_size());
    let declared = material.tables.iter().zip(tables::in_pieces(&context));
    for (table, pieces) in declared {
        let mut size = TableSize::default();
        if measured {
            // The pieces are made a second time below.
            let again = tables::in_pieces(&context).nth(counted.len());
            again.into_iter().flatten().for_each(|rows| size.add(&rows));
        }
        counted.push((table.name, write_table(&mut writers, table, &size, pieces)?));
    }
    let panel = Panel::of(&context);
    let again = if measured { panel.in_pieces(&context) } else { Vec::new() };
    let mut again = again.into_iter();
    for (panel, pieces) in panel.in_pieces(&context) {
        let mut size = TableSize::default();
        again.next().into_iter().flat_map(|(_, pieces)| pieces).for_each(|rows| size.add(&rows));
        counted.push((panel.name, write_table(&mut writers, &panel, &size, pieces)?));
    }
    writers.into_iter().try_for_each(TableWriter::finish)?;
    Ok(counted)
}

/// Writes one table in all formats. While some rows are written, the next are made.
fn write_table<R: AsRef<[Vec<Cell>]> + Send + Sync>(
    writers: &mut [Box<dyn TableWriter + '_>],
    table: &Table,
    size: &TableSize,
    mut pieces: impl Iterator<Item = R> + Send,
) -> io::Result<usize> {
    each(writers, &|writer| writer.begin(table, size))?;
    let mut count = 0;
    let mut next = pieces.next();
    while let Some(rows) = next {
        let rows_of = rows.as_ref();
        count += rows_of.len();
        let (written, following) = join(|| each(writers, &|writer| writer.rows(rows_of)), || pieces.next());
        written?;
        next = following;
    }
    each(writers, &|writer| writer.end())?;
    Ok(count)
}

/// Asks every writer, on all cores where the library may use them.
fn each(
    writers: &mut [Box<dyn TableWriter + '_>],
    ask: &(impl Fn(&mut dyn TableWriter) -> io::Result<()> + Sync),
) -> io::Result<()> {
    match writers {
        [] => Ok(()),
        [writer] => ask(writer.as_mut()),
        [writer, others @ ..] => {
            let (first, rest) = join(|| ask(writer.as_mut()), || each(others, ask));
            first.and(rest)
        }
    }
}
