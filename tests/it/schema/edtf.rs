//! Our dates compared with another EDTF parser, the `edtf` crate at level 1. The parsers agree in the verdict and in
//! the days, except for the differences that are listed here with their reasons.

use comity::value::{Bounds, Day, Edtf, StringFormat, When};
use edtf::level_1::{Certainty, Date, Edtf as Other, Precision};
use proptest::prelude::*;

/// The days of a date by the other parser, or the reason why we refuse the date.
fn meant(date: Date) -> Result<Bounds, &'static str> {
    let (precision, certainty) = date.precision_certainty();
    let sure = matches!(certainty, Certainty::Certain);
    let (first, last) = match precision {
        Precision::Decade(year) => ((year, 1, 1), (year + 9, 12, 31)),
        Precision::Year(year) => ((year, 1, 1), (year, 12, 31)),
        Precision::Month(year, month) => ((year, month, 1), (year, month, last_day(year, month))),
        Precision::Day(year, month, day) => ((year, month, day), (year, month, day)),
        Precision::Century(_) => {
            return Err("a century orders nothing in this dataset; `[1900..1999]` says it plainly");
        }
        Precision::Season(..) => return Err("a season lies in other months on each hemisphere; months say it plainly"),
        Precision::MonthOfYear(_) => return Err("`2019-XX` would be a second spelling of `2019`"),
        Precision::DayOfYear(_) => return Err("`2019-XX-XX` would be a third spelling of `2019`"),
        Precision::DayOfMonth(..) => return Err("`2019-01-XX` would be a second spelling of `2019-01`"),
    };
    let day = |(year, month, day): (i32, u32, u32)| Day::new(year, month, day);
    let (earliest, latest) =
        day(first).zip(day(last)).ok_or("years before 1800 and after 2199 are slips of the keyboard here")?;
    Ok(Bounds { earliest, latest, sure })
}

/// By a third calendar, so that neither parser is held to itself.
fn last_day(year: i32, month: u32) -> u32 {
    let first = jiff::civil::date(i16::try_from(year).expect("four digits"), i8::try_from(month).expect("a month"), 1);
    u32::from(first.days_in_month().cast_unsigned())
}

/// The days that `Edtf` should find in a text, or the reason for a refusal. A text that both parsers refuse has no
/// reason.
fn date(text: &str) -> Result<Bounds, &'static str> {
    // The other parser has no sets of level 2, so that each end of a range is held to it alone.
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let (from, to) = inner.split_once("..").ok_or("")?;
        let end = |text: &str| if text.is_empty() { Ok(None) } else { single(text).map(Some) };
        let (from, to) = (end(from)?, end(to)?);
        if from.is_none() && to.is_none() {
            return Err("");
        }
        let bounds = Bounds {
            earliest: from.map_or(Day::NEVER, |from| from.earliest),
            latest: to.map_or(Day::FOREVER, |to| to.latest),
            sure: from.is_none_or(|from| from.sure) && to.is_none_or(|to| to.sure),
        };
        return if bounds.earliest <= bounds.latest { Ok(bounds) } else { Err("a range that ends before it begins") };
    }
    single(text)
}

fn single(text: &str) -> Result<Bounds, &'static str> {
    match Other::parse(text).map_err(|_| "")? {
        Other::Date(date) => meant(date),
        Other::DateTime(_) => Err("a time of day is in no source in a form that could be compared"),
        Other::YYear(_) => Err("a year of more than four digits is a slip of the keyboard here"),
        Other::Interval(..) => Err("an interval has two dates; only `when` takes it"),
        Other::IntervalFrom(..) | Other::IntervalTo(..) => {
            Err("an open end does not say whether it goes on or is not known; `[2019..]` and `[..2019]` do")
        }
    }
}

/// The days that `When` should find in a text: those of its beginning and of its end.
fn when(text: &str) -> Result<(Bounds, Bounds), &'static str> {
    match Other::parse(text) {
        Ok(Other::Interval(from, to)) => Ok((meant(from)?, meant(to)?)),
        _ => date(text).map(|bounds| (bounds, bounds)),
    }
}

fn agree(text: &str) -> Result<(), TestCaseError> {
    let ours = Edtf::parse(text).map(|date| date.bounds());
    let theirs = date(text);
    prop_assert_eq!(ours.clone().ok(), theirs.ok(), "`{}` as a date: {:?}, {:?}", text, ours, theirs);
    let ours = When::parse(text).map(|when| (when.start(), when.end()));
    let theirs = when(text);
    prop_assert_eq!(ours.clone().ok(), theirs.ok(), "`{}` as an interval: {:?}, {:?}", text, ours, theirs);
    Ok(())
}

/// Every meant difference, with a text that shows it. The other parser takes all of these.
#[test]
fn each_meant_difference_has_its_reason_and_its_witness() {
    let witnesses = [
        ("1799", "years before 1800"),
        ("2200-01-01", "years before 1800"),
        ("-0044", "years before 1800"),
        ("19XX", "a century"),
        ("2019-21", "a season"),
        ("2019-XX", "second spelling of `2019`"),
        ("2019-XX-XX", "third spelling of `2019`"),
        ("2019-01-XX", "second spelling of `2019-01`"),
        ("2019-01-22T10:00:00", "a time of day"),
        ("Y20190", "more than four digits"),
        ("2019/2020", "only `when` takes it"),
        ("2019/..", "an open end"),
        ("../2019", "an open end"),
        ("2019/", "an open end"),
        ("/2019", "an open end"),
    ];
    for (text, why) in witnesses {
        assert!(Other::parse(text).is_ok(), "the other parser takes `{text}`");
        assert!(Edtf::parse(text).is_err(), "`{text}`");
        let reason = date(text).expect_err("a reason");
        assert!(reason.contains(why), "`{text}`: {reason}");
    }
    for text in ["[2019..2021]", "[..2019-01]", "[2019-01-22..]"] {
        assert!(Other::parse(text).is_err(), "the other parser now takes `{text}`: compare ranges whole");
        assert_eq!(Edtf::parse(text).ok().map(|date| date.bounds()), date(text).ok());
    }
}

/// Pieces from which dates, and what is nearly one, are put together.
fn pieces() -> impl Strategy<Value = String> {
    let year = prop_oneof![
        8 => (1790..2210u32).prop_map(|year| format!("{year:04}")),
        2 => (0..10_000u32).prop_map(|year| format!("{year:04}")),
        2 => (175..225u32).prop_map(|decade| format!("{decade:03}X")),
        1 => (0..100u32).prop_map(|century| format!("{century:02}XX")),
        1 => prop::sample::select(vec!["-2019", "Y20190", "Y-17000", "219", "20199", "XXXX", "2X19", "201x", "２０１９"])
            .prop_map(str::to_owned),
    ];
    let number = |most: u32| {
        prop_oneof![
            8 => (1..=most).prop_map(|n| format!("-{n:02}")),
            2 => (0..100u32).prop_map(|n| format!("-{n:02}")),
            1 => Just("-XX".to_owned()),
            1 => (0..10u32).prop_map(|n| format!("-{n}")),
        ]
    };
    let month_and_day = prop_oneof![
        1 => Just(String::new()),
        2 => number(12),
        4 => (number(12), number(31)).prop_map(|(month, day)| month + &day),
    ];
    let tail = prop::sample::select(vec!["", "", "", "", "?", "~", "%", "?~", "T10:00:00", "T10:00:00Z", " ", "\n"]);
    (year, month_and_day, tail).prop_map(|(year, rest, tail)| format!("{year}{rest}{tail}"))
}

fn texts() -> impl Strategy<Value = String> {
    let end = || prop_oneof![6 => pieces(), 1 => Just(String::new()), 1 => Just("..".to_owned())];
    prop_oneof![
        4 => pieces(),
        2 => (end(), end()).prop_map(|(from, to)| format!("{from}/{to}")),
        2 => (end(), end()).prop_map(|(from, to)| format!("[{from}..{to}]")),
        1 => (pieces(), pieces()).prop_map(|(a, b)| format!("[{a},{b}]")),
        1 => "[0-9X?~%/\\[\\].-]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_parsers_agree_but_for_what_is_meant(text in texts()) {
        agree(&text)?;
    }
}

/// The edges of months, in the years around which the rule of leap years changes its mind, and at the ends of our
/// range.
#[test]
fn the_edges_of_months_are_the_same_in_both() {
    let years = [1799..=1801, 1899..=1905, 1999..=2001, 2019..=2024, 2099..=2105, 2199..=2200];
    for year in years.into_iter().flatten() {
        for month in 0..=13 {
            agree(&format!("{year}-{month:02}")).expect("both agree");
            for day in (0..=1).chain(28..=32) {
                agree(&format!("{year}-{month:02}-{day:02}")).expect("both agree");
            }
        }
    }
}
