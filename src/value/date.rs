//! Dates that say how well they are known: a strict subset of EDTF (ISO 8601-2:2019, levels 0 to 2).
//!
//! A date has a range of possible days, and a comparison of two dates has three answers. A rule reports a finding only
//! where the answer is definite.

mod guess;

use compact_str::CompactString;

use super::day::{Bounds, Day, Truth, days_in};
use super::refusal::Refusal;
use super::string_format::{StringFormat, shaped};

/// A date in the EDTF subset: one day that lies in a known range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edtf {
    text: CompactString,
    bounds: Bounds,
}

impl AsRef<str> for Edtf {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Edtf {
    /// The range of possible days.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Whether the date comes before another date.
    pub fn before(&self, other: &Self) -> Truth {
        self.bounds.before(&other.bounds)
    }
}

/// A date, or an interval of two dates `A/B` that includes both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    text: CompactString,
    start: Bounds,
    end: Bounds,
}

impl AsRef<str> for When {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl When {
    /// The range of days in which the first day lies.
    pub fn start(&self) -> Bounds {
        self.start
    }

    /// The range of days in which the last day lies.
    pub fn end(&self) -> Bounds {
        self.end
    }
}

macro_rules! year {
    () => {
        "(1[89]|2[01])[0-9]{2}"
    };
}
macro_rules! date {
    () => {
        concat!("(", year!(), "(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|(1[89]|2[01])[0-9]X)[?~%]?")
    };
}
macro_rules! range {
    () => {
        concat!(r"\[(", date!(), r"\.\.(", date!(), r")?|\.\.", date!(), r")\]")
    };
}

impl StringFormat for Edtf {
    const FORMAT: &'static str = "edtf";
    const PATTERN: &'static str = concat!("^(", date!(), "|", range!(), ")$");
    const EXPECTED: &'static str = "a date such as `2019-01-22`, `2019-01`, `2019`, `2019?` (uncertain), `[..2019-01]` (by then) or `[2019..2021]` (in between)";
    const EXAMPLES: &'static [&'static str] =
        &["2019-01-22", "2019-01", "2019?", "201X", "[..2019-01-22]", "[2014-09..2016-07-08]"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        match bounds(text) {
            Some(bounds) => Ok(Self { text: text.into(), bounds }),
            None => Err(guess::refusal(text, false)),
        }
    }
}

impl StringFormat for When {
    const FORMAT: &'static str = "edtf-interval";
    const PATTERN: &'static str = concat!("^(", date!(), "(/", date!(), ")?|", range!(), ")$");
    const EXPECTED: &'static str = "a date such as `2019-01-22`, or first and last day such as `2019-01-22/2019-01-24`";
    const EXAMPLES: &'static [&'static str] = &["2019-01-22", "2019-01-22/2019-01-24", "2008-06"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        let ends = match text.split_once('/') {
            Some((start, end)) => plain(start).zip(plain(end)),
            None => bounds(text).map(|bounds| (bounds, bounds)),
        };
        match ends {
            Some((start, end)) => Ok(Self { text: text.into(), start, end }),
            None => Err(guess::refusal(text, true)),
        }
    }
}

pub(crate) use guess::{OneEnd, day_of_publication, goes_on, one_end, only_reading};

/// Whether a word is the English name of a month, in any case.
pub(crate) fn is_month(word: &str) -> bool {
    guess::MONTHS.iter().any(|names| names[0].eq_ignore_ascii_case(word))
}

/// The range of a date, or of one day in a range: `[A..B]`, `[..B]`, `[A..]`.
fn bounds(text: &str) -> Option<Bounds> {
    let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return plain(text) };
    let (from, to) = inner.split_once("..")?;
    let from = if from.is_empty() { None } else { Some(plain(from)?) };
    let to = if to.is_empty() { None } else { Some(plain(to)?) };
    let bounds = Bounds {
        earliest: from.map_or(Day::NEVER, |from| from.earliest),
        latest: to.map_or(Day::FOREVER, |to| to.latest),
        sure: from.is_none_or(|from| from.sure) && to.is_none_or(|to| to.sure),
    };
    let is_one = from.is_some() || to.is_some();
    (is_one && bounds.earliest <= bounds.latest).then_some(bounds)
}

/// The range of a date without brackets.
fn plain(text: &str) -> Option<Bounds> {
    let core = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    let ((first, last), sure) = (days(core)?, core.len() == text.len());
    let day = |(year, month, day): Civil| Day::new(year.cast_signed(), month, day);
    Some(Bounds { earliest: day(first)?, latest: day(last)?, sure })
}

/// A year, a month and a day, which the calendar may not have.
type Civil = (u32, u32, u32);

/// The first and the last day of a text that looks like a date.
fn days(core: &str) -> Option<(Civil, Civil)> {
    let bytes = core.as_bytes();
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = core.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    match bytes.len() {
        4 if bytes[3] == b'X' => number(0..3).map(|decade| ((decade * 10, 1, 1), (decade * 10 + 9, 12, 31))),
        4 => number(0..4).map(|year| ((year, 1, 1), (year, 12, 31))),
        7 if bytes[4] == b'-' => {
            let (year, month) = number(0..4).zip(number(5..7))?;
            Some(((year, month, 1), (year, month, days_in(year.cast_signed(), month))))
        }
        10 if bytes[4] == b'-' && bytes[7] == b'-' => {
            let ((year, month), day) = number(0..4).zip(number(5..7)).zip(number(8..10))?;
            Some(((year, month, day), (year, month, day)))
        }
        _ => None,
    }
}

shaped! {
    Edtf, "Edtf", "A date that may be only partly known: `2019-01-22`, `2019-01` or `2019`; `2019?` is uncertain, `2019~` is approximate, `201X` is a year of the decade; `[2019..2021]` is one day in this range, `[..2019]` a day in 2019 or earlier, `[2019..]` a day in 2019 or later.";
    When, "When", "A date such as `2019-01-22`, `2019-01` or `2019?`, or the first and the last day, such as `2019-01-22/2019-01-24`.";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(text: &str) -> (Day, Day, bool) {
        let bounds = Edtf::parse(text).expect(text).bounds;
        (bounds.earliest, bounds.latest, bounds.sure)
    }

    fn day(year: i32, month: u32, of_month: u32) -> Day {
        Day::new(year, month, of_month).expect("a day")
    }

    #[test]
    fn a_date_is_the_days_it_may_be() {
        assert_eq!(bounds("2019-01-22"), (day(2019, 1, 22), day(2019, 1, 22), true));
        assert_eq!(bounds("2020-02"), (day(2020, 2, 1), day(2020, 2, 29), true));
        assert_eq!(bounds("2019~"), (day(2019, 1, 1), day(2019, 12, 31), false));
        assert_eq!(bounds("201X"), (day(2010, 1, 1), day(2019, 12, 31), true));
        assert_eq!(bounds("[..2019-01]"), (Day::NEVER, day(2019, 1, 31), true));
        assert_eq!(bounds("[2014-09..]"), (day(2014, 9, 1), Day::FOREVER, true));
        assert_eq!(bounds("[2014-09..2016-07-08?]"), (day(2014, 9, 1), day(2016, 7, 8), false));
    }

    #[test]
    fn what_is_not_in_the_subset_is_refused() {
        let texts = [
            "",
            "19",
            "2019-1",
            "2019-1-1",
            "2019-13",
            "2019-02-30",
            "1799",
            "2200",
            "20XX",
            "2019-XX",
            "2019-01-XX",
            "2019-21",
            "-2019",
            "Y2019",
            "2019?~",
            "?2019",
            "[2019]",
            "[..]",
            "[2021..2019]",
            "[2019,2020]",
            "{2019..2020}",
            "2019/2020",
            "../2019",
            "2019/..",
            "2019-01-22T10:00:00",
            "22/01/2019",
            " 2019",
            "2019 ",
            "２０１９",
            "201x",
            "201X-01",
            "[2019..2020",
            "2019/",
            "/",
        ];
        for text in texts {
            assert!(Edtf::parse(text).is_err(), "{text}");
        }
        for text in ["2019/", "/2019", "../2019", "2019/..", "2019/2020/2021", "[2019..2020]/2021"] {
            assert!(When::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_interval_has_two_ends() {
        let when = When::parse("2019-01-22/2019-02").expect("an interval");
        assert_eq!((when.start(), when.end().latest), (Bounds::day(day(2019, 1, 22)), day(2019, 2, 28)));
        let one = When::parse("2019").expect("a year");
        assert_eq!(one.start(), one.end());
    }

    #[test]
    fn comparison_has_three_answers() {
        use Truth::{Definitely, No, Possibly};
        let cases = [
            ("2018", "2019", Definitely),
            ("2019", "2018", No),
            ("2019", "2019", Possibly),
            ("2019-05", "2019-05-20", Possibly),
            ("2019-01-22", "2019-01-22", No),
            ("2019~", "2021", Possibly),
            ("2021", "2019?", Possibly),
            ("[..2018]", "2019", Definitely),
            ("[2018..]", "2019", Possibly),
            ("2017", "[2018..]", Definitely),
            ("[..2018]", "[..2019]", Possibly),
        ];
        for (a, b, expected) in cases {
            let (a, b) = (Edtf::parse(a).expect(a), Edtf::parse(b).expect(b));
            assert_eq!(a.before(&b), expected, "{a:?} before {b:?}");
        }
        assert_eq!(!Possibly, Possibly);
        assert_eq!(!No, Definitely);
    }
}
