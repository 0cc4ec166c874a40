//! Days, ranges of days, and three-valued answers to questions about dates that are not fully known.

use std::borrow::Cow;
use std::fmt;
use std::ops::Not;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::refusal::Refusal;
use crate::from_text::from_text;

/// A day of the Gregorian calendar, written `2024-03-09`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// A day before all others: the open start of "on or before".
    pub const NEVER: Self = Self(i32::MIN);
    /// A day after all others: the open end of "on or after".
    pub const FOREVER: Self = Self(i32::MAX);

    /// A day of the Gregorian calendar in the years 1800 to 2199; `None` for any other day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let real =
            (1800..2200).contains(&year) && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        // The count of days of a proleptic Gregorian date, with the year beginning in March so that 29 February is
        // last.
        let (year, shifted) = (if month <= 2 { year - 1 } else { year }, (month.cast_signed() + 9) % 12);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * shifted + 2) / 5 + day.cast_signed() - 1;
        real.then(|| Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468))
    }

    /// The day that is so many days after 1970-01-01.
    pub const fn from_count(days: i32) -> Self {
        Self(days)
    }

    /// The count of days since 1970-01-01.
    pub const fn count(self) -> i32 {
        self.0
    }

    /// The day that is so many days later, or earlier for a negative number. An open end stays open.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        if self == Self::NEVER || self == Self::FOREVER { self } else { Self(self.0.saturating_add(days)) }
    }

    /// The year of the day; `None` for an open end.
    pub fn year(self) -> Option<i32> {
        // The mean year of four centuries gives the year, or a neighbour of the year.
        let near = 1970 + i32::try_from(i64::from(self.0) * 400 / 146_097).ok()?;
        (near - 1..=near + 1).find(|year| (Self::new(*year, 1, 1)..=Self::new(*year, 12, 31)).contains(&Some(self)))
    }
}

impl fmt::Display for Day {
    /// Writes the day as in ISO 8601, and an open end as `..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(year) = self.year() else { return f.pad("..") };
        let first = |month| Self::new(year, month, 1).filter(|first| first <= self);
        let (month, first) = (1..=12).rev().find_map(|month| Some((month, first(month)?))).unwrap_or((1, *self));
        f.pad(&format!("{year:04}-{month:02}-{:02}", self.0 - first.0 + 1))
    }
}

from_text!(impl for Day, Refusal, |text| {
    let part = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
    };
    let is_shaped = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let day = || Self::new(part(0, 4)?.cast_signed(), part(5, 7)?, part(8, 10)?);
    let refusal = || Refusal::new(format!("`{text}` is no day from 1800 to 2199, written as `2024-03-09`"));
    is_shaped.then(day).flatten().ok_or_else(refusal)
});

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Only records are for people to read; a cache has the count, which is shorter.
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i32::deserialize(deserializer).map(Self);
        }
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A day of the years 1800 to 2199, such as `2026-12-01`.",
            "type": "string",
            "pattern": "^(1[89]|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            "examples": ["2026-12-01"]
        })
    }
}

/// The number of days of a month.
pub(super) const fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The answer to a question about dates that are not fully known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// No, on every reading of the dates.
    No,
    /// Yes on some readings of the dates, no on others.
    Possibly,
    /// Yes, on every reading of the dates.
    Definitely,
}

impl Truth {
    fn of(definitely: bool, possibly: bool) -> Self {
        match (definitely, possibly) {
            (true, _) => Self::Definitely,
            (false, true) => Self::Possibly,
            (false, false) => Self::No,
        }
    }

    /// Whether the answer is yes on every reading of the dates.
    pub fn is_definite(self) -> bool {
        self == Self::Definitely
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Definitely,
            Self::Possibly => Self::Possibly,
            Self::Definitely => Self::No,
        }
    }
}

/// The range of days in which a day lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first possible day; [`Day::NEVER`] where the range is open.
    pub earliest: Day,
    /// The last possible day; [`Day::FOREVER`] where the range is open.
    pub latest: Day,
    /// Whether the range is certain. A date with `?`, `~` or `%` has no certain range, and no answer about the date is
    /// definite.
    pub sure: bool,
}

impl Bounds {
    /// The range of a known day.
    pub const fn day(day: Day) -> Self {
        Self { earliest: day, latest: day, sure: true }
    }

    /// Whether the day comes before the day of the other range.
    pub fn before(&self, other: &Self) -> Truth {
        Truth::of(
            self.sure && other.sure && self.latest < other.earliest,
            self.earliest < other.latest || !(self.sure && other.sure),
        )
    }

    /// The day, where only one is possible and no mark of doubt is on it.
    pub fn exact(self) -> Option<Day> {
        (self.sure && self.earliest == self.latest).then_some(self.earliest)
    }

    /// Whether the two ranges have a day in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The range, moved by so many days.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self { earliest: self.earliest.plus(days), latest: self.latest.plus(days), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, of_month: u32) -> Day {
        Day::new(year, month, of_month).expect("a day")
    }

    #[test]
    fn days_count_as_the_calendar_does() {
        assert_eq!(day(1970, 1, 1).count(), 0);
        assert_eq!(day(2000, 2, 29).count(), 11_016);
        assert_eq!(day(1800, 1, 1).count(), -62_091);
        assert_eq!(day(2199, 12, 31).count(), 84_005);
        for bad in [
            (2019, 2, 29),
            (1900, 2, 29),
            (2019, 4, 31),
            (2019, 13, 1),
            (2019, 0, 1),
            (2019, 1, 0),
            (1799, 1, 1),
            (2200, 1, 1),
        ] {
            assert_eq!(Day::new(bad.0, bad.1, bad.2), None, "{bad:?}");
        }
        assert_eq!(day(2019, 12, 31).year(), Some(2019));
        assert_eq!(Day::FOREVER.year(), None);
    }

    #[test]
    fn a_day_is_written_in_full() {
        for bad in
            ["", "2024", "2024-3-9", "2024-02-30", "24-03-09", "2024/03/09", "+024-03-09", "1799-12-31", "२०२४-03"]
        {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        assert_eq!((Day::NEVER.to_string(), Day::FOREVER.to_string()), ("..".to_owned(), "..".to_owned()));
    }

    /// Compares each day of the range with an independent calendar.
    #[test]
    fn every_day_agrees_with_another_calendar() {
        let mut date = jiff::civil::date(1800, 1, 1);
        let mut count = day(1800, 1, 1).count();
        while date.year() < 2200 {
            let ours = Day::new(
                i32::from(date.year()),
                u32::from(date.month().cast_unsigned()),
                u32::from(date.day().cast_unsigned()),
            );
            assert_eq!(ours.map(Day::count), Some(count), "{date}");
            let written = Day::from_count(count).to_string();
            assert_eq!((&written, written.parse().ok()), (&date.to_string(), ours));
            date = date.tomorrow().expect("before the year 9999");
            count += 1;
        }
    }
}
