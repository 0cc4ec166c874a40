//! Dates as spreadsheets show them: the number of a day, and years of two digits. What was meant is likely, but not sure, so
//! that it is said and not written.

use super::calendar::a_month;
use super::reading::{clean, parts, spoken};
use crate::value::date::plain;
use crate::value::day::Day;

/// The advice for a text that a spreadsheet has made of a date.
pub(super) fn advice(text: &str) -> Option<String> {
    let text = clean(text);
    day_number(&text).or_else(|| short_year(&text))
}

/// What day is meant by a number of five digits: spreadsheets count the days from 1899-12-30.
fn day_number(text: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // The fraction is the time of day.
    let (count, time) = text.split_once('.').unwrap_or((text, ""));
    let is_number = count.len() == 5 && digits(count) && digits(time);
    let day = Day::new(1899, 12, 30)?.plus(count.parse().ok().filter(|_| is_number)?).to_string();
    let spoken = spoken(&day);
    Some(format!(
        "a spreadsheet has turned the day into a number: {text} is `{day}`{spoken}; write that, if it is right"
    ))
}

/// What day or month is meant where the year has two digits and stands last: `15-Apr-24`, `15/04/24`, `Apr-24`.
fn short_year(text: &str) -> Option<String> {
    let parts = parts(text);
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    let is_word = |part: &str| part.parse::<u32>().is_err();
    let (short, before) = parts.split_last().filter(|(short, _)| short.len() == 2)?;
    let short = number(short)?;
    let year = if short < 50 { 2000 + short } else { 1900 + short };
    let full = |month: Option<u32>, day: Option<u32>| {
        let date = format!("{year}-{:02}-{:02}", month?, day?);
        plain(&date).map(|_| date)
    };
    let meant: Vec<String> = match before {
        [month] if is_word(month) => vec![format!("{year}-{:02}", a_month(month)?)],
        [a, b] if is_word(a) => full(a_month(a), number(b)).into_iter().collect(),
        [a, b] if is_word(b) => full(a_month(b), number(a)).into_iter().collect(),
        [a, b] if a == b => full(number(a), number(b)).into_iter().collect(),
        [a, b] => [full(number(b), number(a)), full(number(a), number(b))].into_iter().flatten().collect(),
        _ => return None,
    };
    let meant: Vec<String> = meant.iter().map(|date| format!("`{date}`{}", spoken(date))).collect();
    (!meant.is_empty()).then(|| format!("write the year first and with four digits; is it {}?", meant.join(" or ")))
}
