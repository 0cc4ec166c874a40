//! The `SQLite` file of a release, made in memory. The same tables give the same bytes.

use anyhow::ensure;
use comity::export::sql;
use comity::export::tables::{Cell, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The content of the file.
///
/// # Errors
/// When a row refers to none, or `SQLite` refuses a statement.
pub(super) fn database(tables: &[Table]) -> anyhow::Result<Vec<u8>> {
    let mut database = Connection::open_in_memory()?;
    // References within a table may lead forward; all are verified below.
    database.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA page_size = 4096;")?;
    let transaction = database.transaction()?;
    for table in tables {
        transaction.execute_batch(&sql::create_table(table))?;
        let mut insert = transaction.prepare(&sql::insert_row(table))?;
        for row in &table.rows {
            insert.execute(params_from_iter(row.iter().map(value)))?;
        }
    }
    for statement in sql::finish(tables) {
        transaction.execute_batch(&statement)?;
    }
    let dangling: i64 = transaction.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    ensure!(dangling == 0, "{dangling} references lead nowhere");
    transaction.commit()?;
    database.execute_batch("VACUUM")?;
    Ok(database.serialize("main")?.to_vec())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Integer(number) => Value::Integer(*number),
        Cell::Number(number) => Value::Real(*number),
        Cell::Boolean(is) => Value::Integer(i64::from(*is)),
        cell => cell.text().map_or(Value::Null, Value::Text),
    }
}
