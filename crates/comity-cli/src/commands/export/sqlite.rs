//! The `SQLite` file of a release, written where it stays: a database of all records may not fit into memory. The same tables
//! give the same bytes.

use std::io;
use std::path::Path;

use anyhow::Context as _;
use comity::export::sql;
use comity::export::tables::{Cell, Table};
use comity::export::write::{TableSize, TableWriter};
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, OpenFlags, params_from_iter};

/// Fills the database, a table after another.
pub(super) struct SqliteWriter {
    database: Connection,
    /// The declarations of the tables that were begun.
    tables: Vec<Table>,
}

/// What holds while the database is filled. A file that is not complete is removed with its folder, so that nothing is ever
/// rolled back. References within a table may lead forward; all are verified at the end.
const BEFORE: &str = "
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -65536;
PRAGMA foreign_keys = OFF;
BEGIN";

impl SqliteWriter {
    /// Begins the file at a path where nothing is.
    pub(super) fn new(path: &Path) -> anyhow::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let database = Connection::open_with_flags(path, flags).context("comity.sqlite could not be made")?;
        database.execute_batch(BEFORE).context("comity.sqlite could not be made")?;
        Ok(Self { database, tables: Vec::new() })
    }

    fn insert(&self, rows: &[Vec<Cell>]) -> rusqlite::Result<()> {
        let Some(table) = self.tables.last() else { return Ok(()) };
        let mut insert = self.database.prepare(&sql::insert_row(table))?;
        rows.iter().try_for_each(|row| insert.execute(params_from_iter(row.iter().map(value))).map(drop))
    }

    /// What comes after all rows. Returns the number of references that lead nowhere.
    fn complete(&self) -> rusqlite::Result<i64> {
        sql::finish(&self.tables).iter().try_for_each(|statement| self.database.execute_batch(statement))?;
        let dangling = "SELECT count(*) FROM pragma_foreign_key_check";
        let dangling = self.database.query_row(dangling, [], |row| row.get(0))?;
        self.database.execute_batch("COMMIT")?;
        Ok(dangling)
    }
}

fn failed(error: rusqlite::Error) -> io::Error {
    io::Error::other(anyhow::Error::new(error).context("comity.sqlite could not be made"))
}

impl TableWriter for SqliteWriter {
    fn begin(&mut self, table: &Table, _: &TableSize) -> io::Result<()> {
        self.database.execute_batch(&sql::create_table(table)).map_err(failed)?;
        self.tables.push(Table::declared(table));
        Ok(())
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        self.insert(rows).map_err(failed)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        match self.complete().map_err(failed)? {
            0 => self.database.close().map_err(|(_, error)| failed(error)),
            dangling => Err(io::Error::other(format!("comity.sqlite: {dangling} references lead nowhere"))),
        }
    }
}

fn value(cell: &Cell) -> ToSqlOutput<'_> {
    match cell {
        Cell::Text(text) => ToSqlOutput::from(text.as_str()),
        Cell::Integer(number) => ToSqlOutput::from(*number),
        Cell::Number(number) => ToSqlOutput::from(*number),
        Cell::Boolean(is) => ToSqlOutput::from(*is),
        cell => ToSqlOutput::Owned(cell.text().map_or(Value::Null, Value::Text)),
    }
}
