//! The order of two dates, and of a date and today.

use crate::value::{Bounds, Day, Truth};

/// Whether a date comes before another date. The answer is [`Truth::Possibly`] only where a `?` or a `~` prevents a
/// definite answer. Two dates of which only the same year is known may be in any order, which nobody could correct, so
/// the answer is [`Truth::No`].
pub fn before(early: &Bounds, late: &Bounds) -> Truth {
    before_by(0, early, late)
}

/// Like [`before`], with a margin of `days`. A placeholder for an unknown date, which `sentinel-date` reports, is never
/// before another date.
pub fn before_by(days: i32, early: &Bounds, late: &Bounds) -> Truth {
    let shifted = early.plus(days);
    let truth = match shifted.before(late) {
        Truth::Possibly if shifted.latest >= late.earliest => Truth::No,
        truth => truth,
    };
    if truth > Truth::No && (is_sentinel(early) || is_sentinel(late)) { Truth::No } else { truth }
}

fn is_sentinel(days: &Bounds) -> bool {
    days.earliest == days.latest && is_sentinel_day(days.earliest)
}

/// Whether a day is one that programs write for an unknown date, such as the first day of their calendar.
fn is_sentinel_day(day: Day) -> bool {
    const DAYS: [(i32, u32, u32); 8] = [
        (1899, 12, 30),
        (1899, 12, 31),
        (1900, 1, 1),
        (1904, 1, 1),
        (1970, 1, 1),
        (2079, 6, 6),
        (2099, 12, 31),
        (2199, 12, 31),
    ];
    DAYS.iter().any(|(year, month, date)| Day::new(*year, *month, *date) == Some(day))
}

/// Whether a date lies in the future, with a margin of one day for time zones.
pub fn future(days: &Bounds, as_of: Day) -> Truth {
    before_by(1, &Bounds::day(as_of), days)
}

/// Whether a date lies definitely in the future.
pub fn is_future(days: &Bounds, as_of: Day) -> bool {
    future(days, as_of).is_definite()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Edtf, StringFormat};

    #[test]
    fn possibly_is_said_only_where_a_mark_of_doubt_stands_in_the_way() {
        use Truth::{Definitely, No, Possibly};
        let cases = [
            ("2018", "2019", Definitely),
            ("2018?", "2019", Possibly),
            ("2018", "2019~", Possibly),
            ("2018-12%", "2019-01?", Possibly),
            ("2019", "2018?", No),
            ("2019?", "2019-03", No),
            ("2019", "2019", No),
            ("201X", "2019?", No),
            ("[2010..]", "2019?", No),
            ("[..2010]", "2019?", Possibly),
        ];
        for (early, late, expected) in cases {
            let days = |text| Edtf::parse(text).expect("a date").bounds();
            assert_eq!(before(&days(early), &days(late)), expected, "{early} and {late}");
        }
    }
}
