//! Columns and cells. A column is declared once, as a field of the row type of its table; its name, type, sentence and
//! reference follow from the declaration.

use crate::value::{Bounds, Day};

/// The type of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnType {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number, written without a fraction where it is whole.
    Number,
    /// True or false.
    Boolean,
    /// A day, as in ISO 8601.
    Day,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// The name, in `snake_case`.
    pub name: String,
    /// The type of the values.
    pub r#type: ColumnType,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// The table and the column that the values refer to.
    pub refers_to: Option<(&'static str, &'static str)>,
    /// The unit of the values.
    pub unit: Option<&'static str>,
    /// The lists of the table `code` that the values are from.
    pub codes: &'static [CodeList],
    /// What the column says.
    pub sentence: String,
    /// The end of the sentence, after a colon, of a column that shares the rest with its neighbours: what it alone says.
    pub own: Option<String>,
}

impl Column {
    /// A text column with the name and the sentence alone, from which one of several columns is made.
    pub(in crate::export) fn without_values(&self) -> Self {
        Self { r#type: ColumnType::Text, nullable: false, refers_to: None, unit: None, codes: &[], ..self.clone() }
    }

    /// The column with a sentence that says something of what several columns share.
    #[must_use]
    pub(in crate::export) fn saying(self, own: &str) -> Self {
        let sentence = format!("{}: {own}.", self.sentence.trim_end_matches('.'));
        Self { sentence, own: Some(own.to_owned()), ..self }
    }
}

/// A list of codes that the values of a column are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeList {
    /// The name of the list, as `code.list` has it.
    pub list: &'static str,
    /// The kind of record, or of subject, whose values are from the list; `None` where all are.
    pub of: Option<&'static str>,
}

impl CodeList {
    /// A list for the values of one kind, or of all where `kinds` is empty.
    pub(in crate::export) const fn new(list: &'static str, kinds: &'static [&'static str]) -> Self {
        let of = if let [kind, ..] = kinds { Some(*kind) } else { None };
        Self { list, of }
    }
}

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// No value.
    Null,
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A day.
    Day(Day),
}

impl Cell {
    /// The value as a text; `None` for no value.
    pub fn text(&self) -> Option<String> {
        Some(match self {
            Self::Null => return None,
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            // Rust writes `338`, not `338.0`, and the fewest digits that give the number again.
            Self::Number(number) => number.to_string(),
            Self::Boolean(is) => is.to_string(),
            Self::Day(day) => day.to_string(),
        })
    }
}

/// The type of a field of a row: one column, or several.
pub(in crate::export) trait CellType: Sized {
    /// The number of columns.
    const WIDTH: usize = 1;

    /// The columns, made from one whose name and sentence are those of the field.
    fn columns(head: Column) -> Vec<Column>;

    /// The values, one for each column.
    fn cells(self, out: &mut Vec<Cell>);
}

macro_rules! one_column {
    ($($type:ty => $variant:ident;)+) => { $(
        impl CellType for $type {
            fn columns(head: Column) -> Vec<Column> {
                vec![Column { r#type: ColumnType::$variant, ..head }]
            }

            fn cells(self, out: &mut Vec<Cell>) {
                out.push(Cell::$variant(self));
            }
        }
    )+ };
}

one_column! {
    String => Text;
    i64 => Integer;
    f64 => Number;
    bool => Boolean;
    Day => Day;
}

impl<T: CellType> CellType for Option<T> {
    const WIDTH: usize = T::WIDTH;

    fn columns(head: Column) -> Vec<Column> {
        T::columns(head).into_iter().map(|column| Column { nullable: true, ..column }).collect()
    }

    fn cells(self, out: &mut Vec<Cell>) {
        if let Some(value) = self {
            value.cells(out);
        } else {
            out.extend(std::iter::repeat_n(Cell::Null, T::WIDTH));
        }
    }
}

/// A day that may be the end of an open range.
pub(in crate::export) fn known(day: Day) -> Option<Day> {
    (day != Day::NEVER && day != Day::FOREVER).then_some(day)
}

/// The first and the last possible day; an open end is no value.
pub(in crate::export) fn ends(days: Option<Bounds>) -> [Option<Day>; 2] {
    [days.and_then(|days| known(days.earliest)), days.and_then(|days| known(days.latest))]
}

/// The name of a field, without the mark of a raw identifier.
pub(in crate::export) fn bare(field: &str) -> &str {
    field.trim_start_matches("r#")
}

/// Declares a table: its name, its key, and its columns as the fields of a row. `=> "table"` names the table that the
/// values of a column refer to, `as "unit"` their unit, `where ["List" of "kind"]` the lists of codes that they are from.
macro_rules! table {
    (
        $(#[doc = $about:literal])+
        $row:ident $name:literal key [$($key:literal),+]
        { $($(#[doc = $sentence:literal])+ $field:ident: $type:ty $(=> $refers:literal)? $(as $unit:literal)?
            $(where [$($list:literal $(of $of_kind:literal)?),+])?,)+ }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        pub(in crate::export) struct $row {
            $($(#[doc = $sentence])+ pub(in crate::export) $field: $type,)+
        }

        impl $crate::export::tables::Row for $row {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = concat!($($about),+);
            const KEY: &'static [&'static str] = &[$($key),+];

            fn columns() -> Vec<$crate::export::tables::Column> {
                let mut columns = Vec::new();
                $({
                    let head = $crate::export::tables::Column {
                        name: $crate::export::tables::column::bare(stringify!($field)).to_owned(),
                        r#type: $crate::export::tables::ColumnType::Text,
                        nullable: false,
                        refers_to: None $(.or(Some(($refers, "ref"))))?,
                        unit: None $(.or(Some($unit)))?,
                        codes: const { &[$($($crate::export::tables::CodeList::new($list, &[$($of_kind)?])),+)?] },
                        sentence: concat!($($sentence),+).trim().to_owned(),
                        own: None,
                    };
                    columns.extend(<$type as $crate::export::tables::column::CellType>::columns(head));
                })+
                columns
            }

            fn cells(self) -> Vec<$crate::export::tables::Cell> {
                let mut cells = Vec::new();
                $($crate::export::tables::column::CellType::cells(self.$field, &mut cells);)+
                cells
            }
        }
    };
}
pub(in crate::export) use table;
