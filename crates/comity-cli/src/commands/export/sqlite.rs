//! The `SQLite` file of a release, made in memory. The same tables give the same bytes.

use std::io::{self, Write as _};

use comity::export::sql;
use comity::export::tables::{Cell, Table};
use comity::export::write::{Sink, TableSize, TableWriter};
use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, params_from_iter};

/// Fills the database, a table after another.
pub(super) struct SqliteWriter<'a> {
    sink: &'a dyn Sink,
    database: Connection,
    /// The declarations of the tables that were begun.
    tables: Vec<Table>,
}

impl<'a> SqliteWriter<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> rusqlite::Result<Self> {
        let database = Connection::open_in_memory()?;
        // References within a table may lead forward; all are verified at the end.
        database.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA page_size = 4096; BEGIN")?;
        Ok(Self { sink, database, tables: Vec::new() })
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
        self.database.execute_batch("COMMIT; VACUUM")?;
        Ok(dangling)
    }
}

fn failed(error: rusqlite::Error) -> io::Error {
    io::Error::other(format!("comity.sqlite could not be made: {error}"))
}

impl TableWriter for SqliteWriter<'_> {
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

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        match self.complete().map_err(failed)? {
            0 => {}
            dangling => {
                return Err(io::Error::other(format!("comity.sqlite: {dangling} references lead nowhere")));
            }
        }
        let mut file = self.sink.create("comity.sqlite")?;
        file.write_all(&self.database.serialize("main").map_err(failed)?)?;
        file.finish()
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
