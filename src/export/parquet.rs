//! Parquet: a file a table, with the types of the columns, and in the metadata of the file what the table and each column say.

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::data_package::fields;
use super::format::Material;
use super::tables::{Cell, Column, ColumnType, Table};
use super::write::{Sink, SinkFile, TableSize, TableWriter};

/// The most rows of a row group: these are in memory until the group is written.
const GROUP: usize = 65_536;

/// Writes each table as a Parquet file.
pub(super) struct ParquetWriter<'a> {
    sink: &'a dyn Sink,
    /// The program that writes the release.
    tool: &'a str,
    meta: String,
    open: Option<Open>,
}

/// A file that is being written, with the rows of the next row group.
struct Open {
    file: SerializedFileWriter<Box<dyn SinkFile>>,
    columns: Vec<Values>,
    rows: usize,
}

/// The values of a column in a row group.
struct Values {
    of: ValuesOf,
    /// 1 for a value and 0 for none, row by row; unused where every row has a value.
    defined: Vec<i16>,
    nullable: bool,
}

enum ValuesOf {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
    /// Days since 1970-01-01.
    Day(Vec<i32>),
}

impl<'a> ParquetWriter<'a> {
    pub(super) fn new(material: &Material<'a>, sink: &'a dyn Sink) -> Self {
        Self { sink, tool: &material.release.tool, meta: material.release.meta.to_string(), open: None }
    }

    /// What the file says of itself. The key `fields` is as in `datapackage.json`.
    fn properties(&self, table: &Table) -> WriterPropertiesPtr {
        let entry = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
        let about = vec![
            entry("title", table.name.to_owned()),
            entry("description", table.about.clone()),
            entry("fields", fields(table).to_string()),
            entry("comity", self.meta.clone()),
        ];
        let properties = WriterProperties::builder()
            .set_created_by(self.tool.to_owned())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(about));
        Arc::new(properties.build())
    }
}

impl TableWriter for ParquetWriter<'_> {
    fn begin(&mut self, table: &Table, _: &TableSize) -> io::Result<()> {
        let columns: Result<Vec<TypePtr>, _> = table.columns.iter().map(field).collect();
        let schema = columns.and_then(|fields| Type::group_type_builder(table.name).with_fields(fields).build());
        let out = self.sink.create(&table.path("parquet", "parquet"))?;
        let file = SerializedFileWriter::new(out, Arc::new(schema.map_err(failed)?), self.properties(table));
        let columns = table.columns.iter().map(Values::of).collect();
        self.open = Some(Open { file: file.map_err(failed)?, columns, rows: 0 });
        Ok(())
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        for row in rows {
            open.columns.iter_mut().zip(row).for_each(|(values, cell)| values.push(cell));
            open.rows += 1;
            if open.rows == GROUP {
                open.write_group().map_err(failed)?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        if open.rows > 0 {
            open.write_group().map_err(failed)?;
        }
        open.file.into_inner().map_err(failed)?.finish()
    }
}

impl Open {
    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for values in &mut self.columns {
            if let Some(mut column) = group.next_column()? {
                values.write(&mut column)?;
                column.close()?;
            }
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

impl Values {
    fn of(column: &Column) -> Self {
        let of = match column.r#type {
            ColumnType::Text => ValuesOf::Text(Vec::new()),
            ColumnType::Integer => ValuesOf::Integer(Vec::new()),
            ColumnType::Number => ValuesOf::Number(Vec::new()),
            ColumnType::Boolean => ValuesOf::Boolean(Vec::new()),
            ColumnType::Day => ValuesOf::Day(Vec::new()),
        };
        Self { of, defined: Vec::new(), nullable: column.nullable }
    }

    fn push(&mut self, cell: &Cell) {
        match (&mut self.of, cell) {
            (ValuesOf::Text(values), Cell::Text(text)) => values.push(text.as_str().into()),
            (ValuesOf::Integer(values), Cell::Integer(number)) => values.push(*number),
            (ValuesOf::Number(values), Cell::Number(number)) => values.push(*number),
            (ValuesOf::Boolean(values), Cell::Boolean(is)) => values.push(*is),
            (ValuesOf::Day(values), Cell::Day(day)) => values.push(day.count()),
            _ => return self.defined.push(0),
        }
        self.defined.push(1);
    }

    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let defined = self.nullable.then_some(self.defined.as_slice());
        match &mut self.of {
            ValuesOf::Text(values) => write::<ByteArrayType>(column, values, defined),
            ValuesOf::Integer(values) => write::<Int64Type>(column, values, defined),
            ValuesOf::Number(values) => write::<DoubleType>(column, values, defined),
            ValuesOf::Boolean(values) => write::<BoolType>(column, values, defined),
            ValuesOf::Day(values) => write::<Int32Type>(column, values, defined),
        }?;
        self.defined.clear();
        Ok(())
    }
}

fn write<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    defined: Option<&[i16]>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, defined, None)?;
    values.clear();
    Ok(())
}

/// The type of a column.
fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.r#type {
        ColumnType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnType::Integer => (Physical::INT64, None),
        ColumnType::Number => (Physical::DOUBLE, None),
        ColumnType::Boolean => (Physical::BOOLEAN, None),
        ColumnType::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let repetition = if column.nullable { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let field = Type::primitive_type_builder(&column.name, physical);
    field.with_logical_type(logical).with_repetition(repetition).build().map(Arc::new)
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => error.downcast::<io::Error>().map_or_else(io::Error::other, |error| *error),
        error => io::Error::other(error),
    }
}
