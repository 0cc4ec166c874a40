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

/// What day of the years 1954 to 2064 is meant by a number: spreadsheets count the days from 1899-12-30.
fn day_number(text: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // The fraction is the time of day.
    let (count, time) = text.split_once('.').unwrap_or((text, ""));
    let is_number = count.len() == 5 && digits(count) && digits(time);
    let count: i32 = count.parse().ok().filter(|_| is_number)?;
    let day = Day::new(1899, 12, 30)?.plus(count).to_string();
    let spoken = spoken(&day);
    (20_000..=60_000).contains(&count).then(|| {
        format!("a spreadsheet has turned the day into a number: {text} is `{day}`{spoken}; write that, if it is right")
    })
}

/// What day or month is meant where the year has two digits and stands last: `15-Apr-24`, `15/04/24`, `Apr-24`.
fn short_year(text: &str) -> Option<String> {
    let parts = parts(text);
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    let is_word = |part: &str| part.parse::<u32>().is_err();
    let (short, before) = parts.split_last().filter(|(short, _)| short.len() == 2)?;
    let short = number(short)?;
    let year = in_full(short);
    let full = |month: Option<u32>, day: Option<u32>| {
        let date = format!("{year}-{:02}-{:02}", month?, day?);
        plain(&date).map(|_| date)
    };
    let meant: Vec<String> = match before {
        // `April 15` may as well be a day without its year.
        [month] if is_word(month) && (short > 31 || !text.contains(' ')) => {
            vec![format!("{year}-{:02}", a_month(month)?)]
        }
        [a, b] if is_word(a) => full(a_month(a), number(b)).into_iter().collect(),
        [a, b] if is_word(b) => full(a_month(b), number(a)).into_iter().collect(),
        [a, b] => numeric(text, [number(a)?, number(b)?, short]),
        _ => return None,
    };
    let meant: Vec<String> = meant.iter().map(|date| format!("`{date}`{}", spoken(date))).collect();
    (!meant.is_empty()).then(|| format!("write the year first and with four digits; is it {}?", meant.join(" or ")))
}

/// The days that three numbers of two digits may be: with the year last, or first where hyphens stand between.
fn numeric(text: &str, [a, b, c]: [u32; 3]) -> Vec<String> {
    let full = |year: u32, month: u32, day: u32| {
        let date = format!("{}-{month:02}-{day:02}", in_full(year));
        plain(&date).map(|_| date)
    };
    let year_first = full(a, b, c).filter(|_| text.contains('-'));
    let mut days: Vec<String> = [full(c, b, a), full(c, a, b), year_first].into_iter().flatten().collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// A year of two digits: one of 1950 to 2049.
fn in_full(short: u32) -> u32 {
    if short < 50 { 2000 + short } else { 1900 + short }
}
