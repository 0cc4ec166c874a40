//! Dates as columns: the text, the days that the date may be, and how well the date is known.

use comity_document::pointer::Pointer;

use super::column::{Cell, CellType, Column, ColumnType, ends};
use crate::query::disputes;
use crate::query::time::{DateMark, Period};
use crate::record::Record;
use crate::value::{Bounds, Day, Edtf, When};

/// A date, or a time from a first to a last day. Becomes ten columns.
#[derive(Debug, Clone)]
pub(in crate::export) struct DateCells {
    text: Option<String>,
    /// The first and the last date as written, where no one text has both.
    ends: [Option<String>; 2],
    first: Option<Bounds>,
    last: Option<Bounds>,
    is_point: bool,
    is_uncertain: bool,
    is_approximate: bool,
}

/// Whether an end of a time is uncertain, and whether it is approximate. Where an end is not sure although its own date has no
/// mark, another date of the history or an open dispute makes the end uncertain.
fn doubts(mark: DateMark<'_>) -> [bool; 2] {
    let [uncertain, approximate] = marks(mark.text);
    [uncertain || !mark.days.sure && !approximate, approximate]
}

/// Whether a date in EDTF is marked as uncertain, and as approximate.
fn marks(text: &str) -> [bool; 2] {
    [['?', '%'], ['~', '%']].map(|marks| text.contains(marks))
}

impl DateCells {
    /// A time between two dates that were written each for itself.
    pub(in crate::export) fn of_period(period: &Period<'_>) -> Option<Self> {
        let (first, last) = (period.first, period.last);
        let text = first.zip(last).filter(|(first, last)| first.place() == last.place()).map(|(mark, _)| mark.text);
        let days = |mark: Option<DateMark<'_>>| mark.map(|mark| mark.days);
        let written = |mark: Option<DateMark<'_>>| mark.filter(|_| text.is_none()).map(|mark| mark.text.to_owned());
        let ends = [first, last].into_iter().flatten().map(doubts);
        let [is_uncertain, is_approximate] = ends.fold([false; 2], |all, end| [all[0] || end[0], all[1] || end[1]]);
        (first.is_some() || last.is_some()).then(|| Self {
            text: text.map(str::to_owned),
            ends: [written(first), written(last)],
            first: days(first),
            last: days(last),
            is_point: text.is_some_and(|text| !text.contains('/')),
            is_uncertain,
            is_approximate,
        })
    }

    /// The time in which something certainly lies that has no dates of its own.
    pub(in crate::export) fn within(period: &Period<'_>) -> Option<Self> {
        let days = |mark: Option<DateMark<'_>>| mark.map(|mark| mark.days);
        let (first, last) = (days(period.first), days(period.last));
        let earliest = first.map_or(Day::NEVER, |first| first.earliest);
        let latest = last.map_or(Day::FOREVER, |last| last.latest);
        let whole = Some(Bounds { earliest, latest, sure: false }).filter(|_| first.is_some() || last.is_some())?;
        let day = |day: Day| if day.year().is_some() { day.to_string() } else { String::new() };
        let one_of = format!("[{}..{}]", day(whole.earliest), day(whole.latest));
        Some(Self {
            text: None,
            ends: [Some(one_of.clone()), Some(one_of)],
            first: Some(whole),
            last: Some(whole),
            is_point: false,
            is_uncertain: true,
            is_approximate: false,
        })
    }

    /// The date of a place of a record, with the days that an open dispute adds.
    pub(in crate::export) fn at(record: &Record, place: &Pointer, date: impl Into<Self>) -> Self {
        let own: Self = date.into();
        let (Some(first), Some(last)) = (own.first, own.last) else { return own };
        let days = disputes::days(record, place, [first, last]);
        let is_uncertain = own.is_uncertain || days != [first, last];
        let [first, last] = days.map(Some);
        Self { first, last, is_uncertain, ..own }
    }

    /// The days of the first and the last day, without those at which the time would end before it begins.
    fn in_order(&self) -> [Option<Bounds>; 2] {
        let (Some(first), Some(last)) = (self.first, self.last) else { return [self.first, self.last] };
        let begun = Bounds { latest: first.latest.min(last.latest), ..first };
        let ended = Bounds { earliest: last.earliest.max(first.earliest), ..last };
        let is_possible = |days: Bounds| days.earliest <= days.latest;
        if is_possible(begun) && is_possible(ended) { [Some(begun), Some(ended)] } else { [self.first, self.last] }
    }

    /// The first and the last date in EDTF. One date, or a range of which one day is meant, is both.
    pub(in crate::export) fn written(&self) -> [Option<&str>; 2] {
        match &self.text {
            Some(text) => {
                let (first, last) = text.split_once('/').unwrap_or((text, text));
                [first, last].map(|end| Some(end).filter(|end| !end.is_empty() && *end != ".."))
            }
            None => self.ends.each_ref().map(Option::as_deref),
        }
    }

    /// The first and the last day, each where it is known exactly.
    pub(in crate::export) fn exact(&self) -> [Option<Day>; 2] {
        self.in_order().map(|days| days.and_then(Bounds::exact))
    }

    fn of_text(text: &str, days: [Bounds; 2], is_point: bool) -> Self {
        let [is_uncertain, is_approximate] = marks(text);
        let [first, last] = days.map(Some);
        Self { text: Some(text.to_owned()), ends: [None, None], first, last, is_point, is_uncertain, is_approximate }
    }

    /// A time of whole years, months or days, such as the years that somebody searched: from the first day of the first to the
    /// last day of the last.
    pub(in crate::export) fn whole(when: &When) -> Self {
        let (first, last) = (when.start(), when.end());
        let days = [Bounds { latest: first.earliest, ..first }, Bounds { earliest: last.latest, ..last }];
        Self::of_text(when.as_ref(), days, false)
    }

    fn precision(&self) -> &'static str {
        let text = self.text.as_deref().unwrap_or_default().trim_end_matches(['?', '~', '%']);
        match text {
            _ if !self.is_point => "interval",
            _ if text.starts_with("[..") => "before",
            _ if text.ends_with("..]") => "after",
            _ if text.starts_with('[') => "range",
            _ if text.ends_with('X') => "decade",
            _ if text.len() == 4 => "year",
            _ if text.len() == 7 => "month",
            _ => "day",
        }
    }
}

impl From<&Edtf> for DateCells {
    fn from(date: &Edtf) -> Self {
        let days = date.bounds();
        Self::of_text(date.as_ref(), [days, days], true)
    }
}

impl From<&When> for DateCells {
    fn from(when: &When) -> Self {
        let is_point = !when.as_ref().contains('/');
        Self::of_text(when.as_ref(), [when.start(), when.end()], is_point)
    }
}

impl CellType for DateCells {
    const WIDTH: usize = 10;

    fn columns(head: Column) -> Vec<Column> {
        let parts: [(&str, ColumnType, bool, &str); 10] = [
            ("edtf", ColumnType::Text, true, "as written, in EDTF; empty where the time follows from several dates"),
            ("start_earliest", ColumnType::Day, true, "the earliest possible first day; empty where open or unknown"),
            ("start_latest", ColumnType::Day, true, "the latest possible first day; empty where open or unknown"),
            ("end_earliest", ColumnType::Day, true, "the earliest possible last day; empty where open or unknown"),
            ("end_latest", ColumnType::Day, true, "the latest possible last day; empty where open or unknown"),
            (
                "precision",
                ColumnType::Text,
                false,
                "`day`, `month`, `year`, `decade`, `range` (one day between two), `before`, `after`, or `interval` (from a first to a last day)",
            ),
            (
                "uncertain",
                ColumnType::Boolean,
                false,
                "whether `?` or `%` marks the date, or one of its ends, as uncertain, or a dispute about it is open",
            ),
            (
                "approximate",
                ColumnType::Boolean,
                false,
                "whether `~` or `%` marks the date, or one of its ends, as approximate",
            ),
            (
                "start_exact",
                ColumnType::Boolean,
                false,
                "whether the first day is known exactly, without a mark of doubt",
            ),
            ("end_exact", ColumnType::Boolean, false, "whether the last day is known exactly, without a mark of doubt"),
        ];
        let part = |(part, r#type, nullable, what): (&str, ColumnType, bool, &str)| {
            let column = Column { name: format!("{}_{part}", head.name), r#type, nullable, ..head.without_values() };
            column.saying(what)
        };
        parts.into_iter().map(part).collect()
    }

    fn cells(self, out: &mut Vec<Cell>) {
        let (precision, days, exact) = (self.precision().to_owned(), self.in_order(), self.exact());
        self.text.cells(out);
        days.into_iter().flat_map(ends).for_each(|day| day.cells(out));
        precision.cells(out);
        self.is_uncertain.cells(out);
        self.is_approximate.cells(out);
        exact.into_iter().for_each(|day| day.is_some().cells(out));
    }
}
