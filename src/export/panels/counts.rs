//! The counts that both panels have, as columns.

use crate::export::tables::column::{Cell, CellType, Column, ColumnType};

/// A column that counts. The order is that of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// Events that were held certainly in the year.
    EventsNamed,
    /// Events that were held certainly in the year, with a side that is there only as a member of a group.
    EventsViaGroup,
    /// Events that may lie in the year.
    EventsPossible,
    /// Activities that certainly touch the year.
    ActivitiesCertain,
    /// Activities that certainly touch the year, with a side that is there only as a member of a group.
    ActivitiesViaGroup,
    /// Activities that may touch the year.
    ActivitiesPossible,
    /// Agreements that were signed certainly in the year.
    AgreementsSigned,
}

impl Count {
    /// Every column that counts, in order.
    pub(super) const ALL: [Self; 7] = [
        Self::EventsNamed,
        Self::EventsViaGroup,
        Self::EventsPossible,
        Self::ActivitiesCertain,
        Self::ActivitiesViaGroup,
        Self::ActivitiesPossible,
        Self::AgreementsSigned,
    ];

    /// Whether the column counts only sides that are there as members of a group.
    pub(super) fn is_via_group(self) -> bool {
        matches!(self, Self::EventsViaGroup | Self::ActivitiesViaGroup)
    }

    /// The name and the sentence of the column.
    fn head(self) -> (&'static str, &'static str) {
        match self {
            Self::EventsNamed => {
                ("events_named", "Events that were held certainly in the year and name every side of the row.")
            }
            Self::EventsViaGroup => (
                "events_via_group",
                "Events that were held certainly in the year, with a side that is there only as a member of a group.",
            ),
            Self::EventsPossible => {
                ("events_possible", "Events that name every side of the row and may lie in the year.")
            }
            Self::ActivitiesCertain => {
                ("activities_certain", "Activities that name every side of the row and certainly touch the year.")
            }
            Self::ActivitiesViaGroup => (
                "activities_via_group",
                "Activities that certainly touch the year, with a side that is there only as a member of a group.",
            ),
            Self::ActivitiesPossible => {
                ("activities_possible", "Activities that name every side of the row and may touch the year.")
            }
            Self::AgreementsSigned => (
                "agreements_signed",
                "Agreements that name every side of the row and were signed certainly in the year.",
            ),
        }
    }
}

/// The counts of one row. Become nine columns.
#[derive(Debug, Clone, Copy)]
pub(in crate::export) struct PanelCounts {
    /// The records that lie, or may lie, in the year, whether the year was searched or not.
    pub(super) records_known: i64,
    /// The numbers, in the order of [`Count::ALL`]; `None` for a year that was not searched.
    pub(super) numbers: [Option<i64>; Count::ALL.len()],
    /// The records among them that belong only to what others than NATO run.
    pub(super) not_nato: Option<i64>,
}

impl CellType for PanelCounts {
    const WIDTH: usize = 2 + Count::ALL.len();

    fn columns(head: Column) -> Vec<Column> {
        let column = |(name, sentence): (&str, &str), nullable| Column {
            name: name.to_owned(),
            r#type: ColumnType::Integer,
            nullable,
            sentence: sentence.to_owned(),
            ..head.clone()
        };
        let known =
            "The number of records of the row that lie, or may lie, in the year, whether it was searched or not.";
        let elsewhere = "How many of the records that are counted belong only to frameworks and operations that others than NATO run.";
        let mut columns = vec![column(("records_known", known), false)];
        columns.extend(Count::ALL.map(|count| column(count.head(), true)));
        columns.push(column(("not_nato", elsewhere), true));
        columns
    }

    fn cells(self, out: &mut Vec<Cell>) {
        self.records_known.cells(out);
        self.numbers.into_iter().for_each(|number| number.cells(out));
        self.not_nato.cells(out);
    }
}
