//! Flat tables with fixed columns: dates as bounds, sides resolved, every claim a row. Each table has a file, which declares
//! each column once; the CSV header, the data package, the `SQLite` schema and the codebook follow from the declaration.

mod actor;
pub(in crate::export) mod change;
mod claim;
mod code;
pub(in crate::export) mod column;
mod date;
mod elsewhere;
mod figure;
mod identifier;
mod link;
mod name;
mod office;
pub(in crate::export) mod participation;
mod place;
mod place_claim;
mod plan;
pub(in crate::export) mod record;
mod renamed;
mod search;
mod side;
mod side_member;
mod source;
mod step;
mod theme;
mod unsettled;

use std::sync::Arc;

use hashbrown::HashMap;

pub use self::change::Since;
pub use self::column::{Cell, CodeList, Column, ColumnType};
pub(in crate::export) use self::date::DateCells;
use self::elsewhere::Elsewhere;
pub(in crate::export) use self::side::{SideCells, StateCodes};
use crate::dataset::Dataset;
use crate::kind::OfKind;
use crate::query::states;
use crate::record::{FromBody, Record, Scheme, Target};
use crate::value::{Country, Day, Key, Ref};

/// A table: its declaration and its rows.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Table {
    /// The name, in `snake_case`.
    pub name: &'static str,
    /// What one row is.
    pub about: String,
    /// Whether the table counts records by year; else the table has them one by one.
    pub is_panel: bool,
    /// The columns that tell rows apart.
    pub key: &'static [&'static str],
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A row of a table, which declares the columns.
pub(in crate::export) trait Row: Sized {
    const NAME: &'static str;
    const ABOUT: &'static str;
    const KEY: &'static [&'static str];

    fn columns() -> Vec<Column>;
    fn cells(self) -> Vec<Cell>;
}

impl Table {
    pub(in crate::export) fn of<R: Row>(rows: Vec<R>) -> Self {
        Self {
            name: R::NAME,
            about: R::ABOUT.trim().to_owned(),
            is_panel: false,
            key: R::KEY,
            columns: R::columns(),
            rows: rows.into_iter().map(Row::cells).collect(),
        }
    }

    /// The path of the file of the table, in a format that has one file a table: panels of all formats stand together.
    pub fn path(&self, format: &str, extension: &str) -> String {
        format!("{}/{}.{extension}", if self.is_panel { "panels" } else { format }, self.name)
    }

    /// The declaration alone, without rows.
    #[must_use]
    pub fn declared(&self) -> Self {
        let (about, columns) = (self.about.clone(), self.columns.clone());
        Self { about, columns, rows: Vec::new(), ..*self }
    }

    /// The index of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The cell of a row in a column; `None` where the table has no such column.
    pub fn cell<'a>(&self, row: &'a [Cell], column: &str) -> Option<&'a Cell> {
        row.get(self.column(column)?)
    }
}

/// How a table is filled.
#[derive(Clone, Copy)]
enum Fill {
    /// The rows of a record follow those of the record before, so that some records give some rows.
    ByRecord(fn(&Context<'_>) -> Table),
    /// The rows follow from all records at once.
    AtOnce(fn(&Context<'_>) -> Table),
}

use Fill::{AtOnce, ByRecord};

/// Every table. A table comes after the tables that it refers to.
const TABLES: [Fill; 27] = [
    ByRecord(|context| Table::of(record::rows(context))),
    ByRecord(|context| Table::of(source::rows(context))),
    ByRecord(|context| Table::of(name::rows(context))),
    ByRecord(|context| Table::of(identifier::rows(context))),
    ByRecord(|context| Table::of(actor::rows(context))),
    ByRecord(|context| Table::of(office::rows(context))),
    ByRecord(|context| Table::of(place::rows(context))),
    ByRecord(|context| Table::of(place_claim::rows(context))),
    ByRecord(|context| Table::of(theme::rows(context))),
    ByRecord(|context| Table::of(participation::rows(context))),
    ByRecord(|context| Table::of(step::rows(context))),
    ByRecord(|context| Table::of(side_member::rows(context))),
    ByRecord(|context| Table::of(theme::record_rows(context))),
    ByRecord(|context| Table::of(place::record_rows(context))),
    ByRecord(|context| Table::of(source::record_rows(context))),
    AtOnce(|context| Table::of(link::rows(context))),
    ByRecord(|context| Table::of(figure::rows(context))),
    ByRecord(|context| Table::of(claim::rows(context))),
    ByRecord(|context| Table::of(unsettled::contested(context))),
    ByRecord(|context| Table::of(unsettled::unknown(context))),
    ByRecord(|context| Table::of(plan::rows(context))),
    ByRecord(|context| Table::of(search::rows(context))),
    ByRecord(|context| Table::of(search::subjects(context))),
    ByRecord(|context| Table::of(search::queries(context))),
    AtOnce(|_| Table::of(code::rows())),
    AtOnce(|context| Table::of(renamed::rows(context))),
    AtOnce(|context| Table::of(change::rows(context))),
];

/// Every table of a dataset.
pub fn tables(dataset: &Dataset) -> Vec<Table> {
    let context = Context::of(dataset);
    let filled = |table: &Fill| match table {
        ByRecord(fill) | AtOnce(fill) => fill(&context),
    };
    TABLES.iter().map(filled).collect()
}

/// The tables that have the nodes of the network: records, and what only actors have.
pub(in crate::export) fn nodes(context: &Context<'_>) -> [Table; 2] {
    [Table::of(record::rows(context)), Table::of(actor::rows(context))]
}

/// The tables that have the edges of the network.
pub(in crate::export) fn edges(context: &Context<'_>) -> [Table; 5] {
    [
        Table::of(participation::rows(context)),
        Table::of(link::rows(context)),
        Table::of(side_member::rows(context)),
        Table::of(actor::rows(context)),
        Table::of(place::record_rows(context)),
    ]
}

/// The declaration of every table, without rows.
pub fn declared() -> Vec<Table> {
    let nothing = Dataset::builder(Day::FOREVER).build();
    tables(&nothing).iter().map(Table::declared).collect()
}

/// The number of records whose rows are made at once, unless the caller says another.
pub(in crate::export) const PIECE: usize = 2048;

/// Every table, each as an iterator over its rows, some at a time: not all rows are in memory at once.
pub(in crate::export) fn in_pieces<'a>(
    context: &'a Context<'_>,
) -> impl Iterator<Item = Box<dyn Iterator<Item = Vec<Vec<Cell>>> + Send + 'a>> {
    TABLES.iter().map(move |table| -> Box<dyn Iterator<Item = Vec<Vec<Cell>>> + Send + 'a> {
        match *table {
            ByRecord(fill) => Box::new(context.pieces().map(move |piece| fill(&piece).rows)),
            AtOnce(fill) => Box::new(std::iter::once_with(move || fill(context).rows)),
        }
    })
}

/// What all tables are filled from.
#[derive(Debug)]
pub(in crate::export) struct Context<'a> {
    pub(in crate::export) dataset: &'a Dataset,
    /// The decoded records, by kind and id: all, or those whose rows are made.
    pub(in crate::export) records: Vec<(&'a Key, &'a Record)>,
    /// The day on which the research was closed; after all others where the manifest does not say the day.
    pub(in crate::export) as_of: Day,
    /// The records that are not NATO's.
    pub(in crate::export) elsewhere: Arc<Elsewhere<'a>>,
    /// What differs from an earlier release.
    pub(in crate::export) since: Option<&'a Since>,
    /// The number of records of [`pieces`](Self::pieces).
    pub(in crate::export) piece: usize,
    states: Arc<HashMap<Country, (&'a Key, &'a Record)>>,
}

impl<'a> Context<'a> {
    pub(in crate::export) fn of(dataset: &'a Dataset) -> Self {
        let records = super::sorted(dataset);
        let states = states::states(dataset).into_iter().map(|(country, state)| (country, (state.key, state.record)));
        let states = Arc::new(states.collect());
        let elsewhere = Arc::new(Elsewhere::of(dataset, &records));
        let as_of = dataset.manifest.as_of.unwrap_or(Day::FOREVER);
        Self { dataset, records, elsewhere, since: None, piece: PIECE, as_of, states }
    }

    /// The same for some records at a time, so that not all rows are in memory at once.
    pub(in crate::export) fn pieces(&self) -> impl Iterator<Item = Self> {
        self.records.chunks(self.piece).map(|records| self.with(records))
    }

    /// The same, to make the rows of some records only.
    fn with(&self, records: &[(&'a Key, &'a Record)]) -> Self {
        let (elsewhere, states) = (Arc::clone(&self.elsewhere), Arc::clone(&self.states));
        Self {
            dataset: self.dataset,
            records: records.to_vec(),
            elsewhere,
            since: self.since,
            piece: self.piece,
            as_of: self.as_of,
            states,
        }
    }

    /// The record of the state of a country.
    fn state(&self, country: Country) -> Option<(&'a Key, &'a Record)> {
        self.states.get(&country).copied()
    }

    /// Every record of one kind, with the fields of the kind.
    pub(in crate::export) fn each<T: FromBody>(&self) -> impl Iterator<Item = (&'a Key, &'a Record, &'a T)> {
        self.records.iter().filter_map(|(key, record)| Some((*key, *record, T::from_body(&record.body)?)))
    }
}

/// A reference as `kind:id`, the form of every reference in the tables.
pub(in crate::export) fn to<T: OfKind>(reference: &Ref<T>) -> String {
    let target = Target::from(reference);
    format!("{}:{}", target.kind, target.id)
}

/// A text by language, in English or else in the first language that there is.
pub(in crate::export) fn english(texts: Option<&crate::value::Texts>) -> Option<String> {
    texts?.values().next().map(ToString::to_string)
}

/// The item of a record in Wikidata.
fn wikidata(record: &Record) -> Option<String> {
    record.envelope.identifiers.as_ref()?.get(&Scheme::Wikidata).map(ToString::to_string)
}

/// Codes in one cell.
pub(in crate::export) fn joined(codes: impl Iterator<Item = impl ToString>) -> String {
    codes.map(|code| code.to_string()).collect::<Vec<_>>().join(";")
}
