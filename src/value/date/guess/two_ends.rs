//! Two dates in one text, as people write them: the first and the last day, or the two ends between which one day lies.

use super::calendar::a_month;
use super::no_day::before_going_on;
use super::reading::{a_year, one_day, parts};
use crate::value::date::{Day, bounds, days};

/// The first and the last day, in words or with another separator.
pub(super) fn two_days(text: &str) -> Option<String> {
    const BETWEEN: [&str; 16] = [
        " to ", " until ", " till ", " au ", " al ", " à ", " إلى ", " الى ", " حتى ", " - ", " / ", "..", "/", "-",
        " et ", " and ",
    ];
    let begins = ["from ", "du ", "de ", "del ", "dal ", "من "];
    let text = begins.iter().find_map(|from| text.strip_prefix(from)).unwrap_or(text);
    for between in BETWEEN {
        let Some((from, to)) = text.split_once(between) else { continue };
        let is_worded = |side: &str| side.contains(char::is_alphabetic) && side.contains(|c: char| c.is_ascii_digit());
        let is_month = from.chars().all(char::is_alphabetic) && a_month(from).is_some();
        // `30 April-2 May 2024` and `mai-juin 2024`, but neither `22-24 January` nor `mid-April`.
        if between == "-" && !is_month && !(is_worded(from) && is_worded(to)) {
            continue;
        }
        // `January and March` leaves a month out.
        if matches!(between, " et " | " and ")
            && !(is_month && to.split(' ').next().is_some_and(|to| follows(from, to)))
        {
            continue;
        }
        let last = with_month_of(from, to);
        let to = last.as_deref().unwrap_or(to);
        // `22 January to 24 January 2019`
        let year = to.rsplit(' ').next().filter(|year| a_year(year).is_some() && from.contains(char::is_alphabetic));
        let shared = year.and_then(|year| one_day(&format!("{from} {year}")));
        if let Some((from, to)) = shared.or_else(|| one_day(from)).zip(one_day(to)) {
            return in_order(&from, &to).then(|| format!("{from}/{to}"));
        }
    }
    days_of_month(text)
}

/// The last day of `March 3 to 5, 2019`, whose month stands before the first day.
fn with_month_of(from: &str, to: &str) -> Option<String> {
    let month = from.split(' ').find(|word| a_month(word).is_some())?;
    let [day, year] = to.split([' ', ',']).filter(|part| !part.is_empty()).collect::<Vec<_>>()[..] else { return None };
    let is_day = day.len() <= 2 && day.bytes().all(|byte| byte.is_ascii_digit());
    let has_day = from.contains(|c: char| c.is_ascii_digit());
    (is_day && has_day && a_year(year).is_some()).then(|| format!("{day} {month} {year}"))
}

/// Whether a month comes right after another, both by their names.
fn follows(from: &str, to: &str) -> bool {
    a_month(from).zip(a_month(to)).is_some_and(|(from, to)| from + 1 == to)
}

/// Whether the first day does not come after the last: `30 December - 2 January 2024` begins in another year.
pub(super) fn in_order(from: &str, to: &str) -> bool {
    bounds(from).zip(bounds(to)).is_some_and(|(from, to)| from.earliest <= to.latest)
}

/// A text with a hyphen and a slash that is a day or two months: `2024-06/07` may be 7 June, or June to July.
pub(super) fn day_or_months(text: &str, interval: bool) -> Option<(String, String)> {
    let (year, rest) = text.split_at_checked(4).filter(|(year, _)| a_year(year).is_some())?;
    let [first @ ('-' | '/'), a, b, second @ ('-' | '/'), c, d] = rest.chars().collect::<Vec<_>>()[..] else {
        return None;
    };
    let (month, last) = (format!("{a}{b}"), format!("{c}{d}"));
    let day = format!("{year}-{month}-{last}");
    let is_either = first != second && month < last && last.as_str() <= "12" && bounds(&day).is_some();
    let months =
        if interval { format!("{year}-{month}/{year}-{last}") } else { format!("[{year}-{month}..{year}-{last}]") };
    (is_either && bounds(&format!("{year}-{last}")).is_some()).then_some((day, months))
}

/// Two days of one month: `22-24 January 2019`, `January 22-24, 2019`, `2019-01-22/24`.
fn days_of_month(text: &str) -> Option<String> {
    // Arabic writes `and` together with the day.
    let mut parts = parts(&text.replace(" و", " و "));
    parts.retain(|part| !matches!(part.as_str(), "to" | "au" | "al" | "and" | "et" | "y" | "e" | "إلى" | "الى" | "و"));
    let [a, b, c, d] = &parts[..] else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    let (first, last, month, year) = match [a, b, c, d].map(|part| number(part)) {
        [Some(first), Some(last), _, None] => (first, last, c, d),
        [None, Some(first), Some(last), None] => (first, last, a, d),
        [None, _, Some(first), Some(last)] => (first, last, b, a),
        _ => return None,
    };
    // `22 and 24 January` leaves a day out.
    let has_gap = [" and ", " et ", " & ", " و"].iter().any(|and| text.contains(and)) && first + 1 != last;
    let day = |day: u32| one_day(&format!("{day} {month} {year}"));
    (first < last && !has_gap).then(|| Some(format!("{}/{}", day(first)?, day(last)?)))?
}

/// One day in a range: `between 2018 and 2019`, `2018 or 2019`, `2018-2019`, `2018/19`, `before 2019`.
pub(super) fn in_between(text: &str) -> Option<String> {
    let year = |word: &str| a_year(word.trim()).is_some();
    let shaped = |from: &str, to: &str| match one_day(from).zip(one_day(to)) {
        Some((from, to)) => Some(format!("[{from}..{to}]")),
        // `between 15 and 17 April 2024`
        None => two_days(&format!("{from} to {to}")).map(|both| format!("[{}]", both.replace('/', ".."))),
    };
    let offered = if let Some(rest) = text.strip_prefix("before ").or_else(|| text.strip_prefix("avant ")) {
        beside(rest, -1).or_else(|| one_day(rest)).map(|day| format!("[..{day}]"))
    } else if let Some(rest) = ["after ", "après ", "apres "].iter().find_map(|word| text.strip_prefix(word)) {
        beside(rest, 1).or_else(|| one_day(rest)).map(|day| format!("[{day}..]"))
    } else if let Some(rest) = text.strip_prefix("between ").or_else(|| text.strip_prefix("entre ")) {
        [" and ", " et "].iter().find_map(|and| rest.split_once(and)).and_then(|(from, to)| shaped(from, to))
    } else if let Some(rest) = text.strip_prefix("by ") {
        one_day(rest).map(|day| format!("[..{day}]"))
    } else if let Some((from, to)) = [" or ", " ou "].iter().find_map(|or| text.split_once(or)) {
        shaped(from, to)
    } else {
        let (from, to) = text.split_once(['-', '/']).filter(|(from, _)| year(from))?;
        match to.trim() {
            to if year(to) => shaped(from, to),
            to if to.len() == 2 && to > "12" => shaped(from, &format!("{}{to}", &from.trim()[..2])),
            _ => None,
        }
    };
    offered.filter(|date| bounds(date).is_some())
}

/// The day, the month or the year right before a date (`by` is -1) or right after (1), as exact as the date. `None` where only
/// a part of the date is meant: the days before the end of a year are days of that year.
fn beside(date: &str, by: i32) -> Option<String> {
    let is_part = super::reading::PARTS.iter().any(|part| date.trim_start_matches("the ").starts_with(part));
    let date = one_day(date).filter(|_| !is_part)?;
    let (first, last) = days(&date)?;
    let (year, month, day) = if by < 0 { first } else { last };
    let edge = Day::new(year.cast_signed(), month, day)?.plus(by).to_string();
    edge.get(..date.len()).map(str::to_owned)
}

/// One day in a range that is written with dots, with brackets or without: `..15 April 2024`, `[2024-04-08...`.
pub(super) fn dotted(text: &str) -> Option<String> {
    let text = text.replace('…', "..");
    let inner = text.trim_start_matches(['[', '(', '{']).trim_end_matches([']', ')', '}']);
    let (from, to) = inner.split_once("..")?;
    let (from, to) = (from.trim(), to.trim_start_matches('.').trim());
    let day = |side: &str| if side.is_empty() { Some(String::new()) } else { one_day(side) };
    let range = format!("[{}..{}]", day(from)?, day(to)?);
    bounds(&range).map(|_| range)
}

/// A text that says when something began or ended, and not when it was.
pub(crate) enum OneEnd {
    /// `since 2019`: the first day.
    Began(String),
    /// `until 2024`: the last day.
    Ended(String),
}

/// The end of a longer time that a text has, where it has no other.
pub(super) fn one_end(text: &str) -> Option<OneEnd> {
    const SINCE: [&str; 9] =
        ["since ", "depuis le ", "depuis ", "à partir du ", "à partir de ", "from ", "starting ", "منذ ", "ابتداء من "];
    const UNTIL: [&str; 9] =
        ["until ", "till ", "up to ", "to ", "jusqu'au ", "jusqu’au ", "jusqu'en ", "jusqu’en ", "حتى "];
    let after = |words: &[&str]| words.iter().find_map(|word| one_day(text.strip_prefix(word)?));
    let goes_on = || {
        let from = before_going_on(text)?;
        one_day(SINCE.iter().find_map(|word| from.strip_prefix(word)).unwrap_or(from))
    };
    let began = after(&SINCE).or_else(goes_on).map(OneEnd::Began);
    began.or_else(|| after(&UNTIL).map(OneEnd::Ended))
}
