//! Dates as people write them: in words, in other orders, with marks of doubt.

use super::calendar::{MONTHS, a_month, weekday};
use super::printed;
use crate::value::ascii_digit;
use crate::value::date::{Day, bounds, days, plain};

/// The text in lower case, with ASCII digits, hyphens and spaces, and without a time of day.
pub(super) fn clean(text: &str) -> String {
    let text = plain_characters(text);
    printed::without_time(&text).unwrap_or(text)
}

/// The text in lower case, with ASCII digits, hyphens and spaces.
pub(super) fn plain_characters(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => ascii_digit(c).unwrap_or(c),
    };
    text.trim().chars().map(plain).collect::<String>().to_lowercase()
}

/// Words before or behind a date that is approximate, and those for one that is uncertain.
const ABOUT: [&str; 16] = [
    "circa ",
    "about ",
    "around ",
    "roughly ",
    "approximately ",
    "approx. ",
    "approx ",
    "(approx.) ",
    "vers ",
    "environ ",
    "autour du ",
    "ca. ",
    "ca ",
    "c. ",
    "حوالي ",
    "~",
];
const ABOUT_BEHIND: [&str; 7] = ["(approx.)", "(approx)", " approx.", " approx", " ca.", " c.", "~"];
const MAYBE: [&str; 9] =
    ["probably ", "possibly ", "perhaps ", "likely ", "maybe ", "probablement ", "peut-être ", "ربما ", "?"];
const MAYBE_BEHIND: [&str; 6] = ["(?)", "(probably)", "(perhaps)", "(likely)", "??", "?"];

/// One date, perhaps with a word that says how certain the date is.
pub(super) fn one_day(text: &str) -> Option<String> {
    let text = text.trim();
    let after = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word)).map(str::trim);
    let before = |words: &[&str]| words.iter().find_map(|word| text.strip_suffix(word)).map(str::trim);
    // What stands before a dash or behind one is one end of a longer time.
    if text.starts_with(['-', '/']) || text.ends_with(['-', '/']) || text.contains("..") {
        return None;
    }
    let (core, mark) = if let Some(core) = before(&["?~", "~?", "%"]) {
        (core, "%")
    } else if let Some(core) = after(&ABOUT).or_else(|| before(&ABOUT_BEHIND)) {
        (core, "~")
    } else if let Some(core) = after(&MAYBE).or_else(|| before(&MAYBE_BEHIND)).filter(|core| !core.ends_with('-')) {
        (core, "?")
    } else {
        (text, "")
    };
    let date = format!("{}{mark}", core_of(core)?);
    bounds(&date).map(|_| date)
}

/// Words for a part of a month or of a year. A date has no such parts, so the whole is offered.
pub(super) const PARTS: [&str; 11] = [
    "early ",
    "late ",
    "mid ",
    "mid-",
    "beginning of ",
    "end of ",
    "middle of ",
    "début ",
    "fin ",
    "mi-",
    "the end of ",
];

fn core_of(text: &str) -> Option<String> {
    if plain(text).is_some() {
        return Some(text.to_owned());
    }
    // What follows a day is a time, and not another day.
    let is_time = |rest: &str| {
        rest.starts_with(['t', ' ']) && rest.contains(':') && rest.split(' ').all(|word| plain(word).is_none())
    };
    if let Some(day) = text.get(..10).filter(|day| plain(day).is_some() && is_time(&text[10..])) {
        return Some(day.to_owned());
    }
    if let Some(season) = season(text).or_else(|| part_of_year(text)) {
        return Some(season);
    }
    if let Some(whole) = PARTS.iter().find_map(|part| text.strip_prefix(part)) {
        return core_of(whole);
    }
    let parts = parts(text);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts[..] {
        [one] => alone(one),
        [year, month @ ("xx" | "00" | "??")] | [year, month @ ("xx" | "00" | "??"), _] => {
            (!month.is_empty() && year.len() == 4).then(|| year.to_owned())
        }
        [year, month, "xx" | "00" | "??"] => year_and_month(year, month),
        [one, other] => year_and_month(one, other).or_else(|| year_and_month(other, one)),
        [_, _, _] => {
            let (year, month, day) = civil(text)?;
            Day::new(year.cast_signed(), month, day).map(|_| format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}

/// The other reading of a numeric date with the year at its end, in which day and month may change places: 3/4/2019.
pub(super) fn other_order(text: &str) -> Option<String> {
    let parts = parts(text);
    let [month, day, year] = &parts[..] else { return None };
    let (month, day, year): (u32, u32, _) = (month.parse().ok()?, day.parse().ok()?, a_year(year)?);
    let two = month <= 12 && day <= 12 && month != day;
    two.then(|| format!("{year}-{month:02}-{day:02}")).filter(|date| plain(date).is_some())
}

/// A date in one word: `20190122`, `201901`, `2010s`, `201x`.
fn alone(text: &str) -> Option<String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        8 if digits => Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])),
        6 if digits => Some(format!("{}-{}", &text[..4], &text[4..])),
        4 if text.ends_with('x') => Some(text.to_uppercase()),
        5 | 6 if text.get(3..).is_some_and(|end| matches!(end, "0s" | "0's")) => Some(format!("{}X", &text[..3])),
        _ => None,
    }
}

/// A season that lies within one year, as one day in a range.
fn season(text: &str) -> Option<String> {
    const SEASONS: [(&[&str], &str, &str); 3] = [
        (&["spring", "printemps"], "03", "05"),
        (&["summer", "été"], "06", "08"),
        (&["autumn", "fall", "automne"], "09", "11"),
    ];
    let parts = parts(text);
    let year = parts.iter().find_map(|part| a_year(part))?;
    let (_, from, to) = SEASONS.iter().find(|(names, ..)| parts.iter().any(|part| names.contains(&part.as_str())))?;
    (parts.len() == 2).then(|| format!("[{year}-{from}..{year}-{to}]"))
}

/// A quarter or a half of a year such as `Q1 2019`, `2019-Q1` or `H1 2019`, as one day in a range.
fn part_of_year(text: &str) -> Option<String> {
    let (one, other) = text.split_once([' ', '-'])?;
    let (part, year) = a_year(other).map(|year| (one, year)).or_else(|| Some((other, a_year(one)?)))?;
    let (first, last) = match part {
        "q1" | "t1" => (1, 3),
        "q2" | "t2" => (4, 6),
        "q3" | "t3" => (7, 9),
        "q4" | "t4" => (10, 12),
        "h1" | "s1" => (1, 6),
        "h2" | "s2" => (7, 12),
        _ => return None,
    };
    Some(format!("[{year}-{first:02}..{year}-{last:02}]"))
}

/// The year, the month and the day in a text, whether or not the month has so many days.
pub(super) fn civil(text: &str) -> Option<(u32, u32, u32)> {
    let parts = parts(text);
    let [a, b, c] = &parts[..] else { return None };
    let read = |(year, month, day): (&String, &String, &String)| {
        let month = a_month(month).filter(|month| (1..=12).contains(month))?;
        Some((a_year(year)?, month, day.parse().ok().filter(|day| (1..=31).contains(day))?))
    };
    [(a, b, c), (c, b, a), (c, a, b)].into_iter().find_map(read)
}

/// The numbers and names in a text, without the words between them and the days of the week.
pub(super) fn parts(text: &str) -> Vec<String> {
    words(text).filter(|word| weekday(word).is_none()).map(bare).collect()
}

/// The numbers and names in a text, with the days of the week.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(['/', '.', ' ', '-', ',', '،', '(', ')']).filter(|part| !part.is_empty());
    words.filter(|word| !matches!(*word, "of" | "the" | "de" | "del" | "di" | "el" | "le" | "du" | "يوم"))
}

/// A number without the ending that makes an ordinal of it.
pub(super) fn bare(word: &str) -> String {
    let number = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ordinal = !number.is_empty() && matches!(&word[number.len()..], "st" | "nd" | "rd" | "th" | "er");
    if ordinal { number.to_owned() } else { word.to_owned() }
}

fn year_and_month(year: &str, month: &str) -> Option<String> {
    let (year, month) = (a_year(year)?, a_month(month)?);
    (1..=12).contains(&month).then(|| format!("{year}-{month:02}"))
}

pub(super) fn a_year(word: &str) -> Option<u32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1800..2200).contains(year))
}

/// The day in words, for people who are not used to the order year, month, day.
pub(super) fn in_words(date: &str) -> Option<String> {
    let ((year, month, day), last) = days(date)?;
    ((year, month, day) == last).then(|| format!("{day} {} {year}", MONTHS[month as usize - 1][0]))
}

/// The day in words and in brackets, to stand behind the date.
pub(super) fn spoken(date: &str) -> String {
    in_words(date).map_or_else(String::new, |words| format!(" ({words})"))
}
