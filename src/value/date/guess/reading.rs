//! Dates as people write them: in words, in other orders, with marks of doubt.

use crate::value::date::{Day, bounds, days, plain};

/// The text in lower case, with ASCII digits, hyphens and spaces.
pub(super) fn clean(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.trim().chars().map(plain).collect::<String>().to_lowercase()
}

/// The first and the last day, in words or with another separator.
pub(super) fn two_days(text: &str) -> Option<String> {
    let text = text.strip_prefix("from ").or_else(|| text.strip_prefix("du ")).unwrap_or(text);
    for between in [" to ", " until ", " till ", " au ", " - ", " / ", "..", "/"] {
        let Some((from, to)) = text.split_once(between) else { continue };
        // `22 January to 24 January 2019`
        let year = to.rsplit(' ').next().filter(|year| a_year(year).is_some() && from.contains(char::is_alphabetic));
        if let Some((from, to)) = year.and_then(|year| one_day(&format!("{from} {year}"))).zip(one_day(to)) {
            return Some(format!("{from}/{to}"));
        }
        if let Some((from, to)) = one_day(from).zip(one_day(to)) {
            return Some(format!("{from}/{to}"));
        }
    }
    // `22-24 January 2019`
    match &parts(text)[..] {
        [first, last, month, year] => {
            let days = [first, last].map(|day| one_day(&format!("{day} {month} {year}")));
            Some(format!("{}/{}", days[0].as_ref()?, days[1].as_ref()?))
        }
        _ => None,
    }
}

/// One day in a range: `between 2018 and 2019`, `2018 or 2019`, `2018-2019`, `2018/19`, `before 2019`, `since 2019`.
pub(super) fn in_between(text: &str) -> Option<String> {
    let year = |word: &str| a_year(word.trim()).is_some();
    let shaped = |from: &str, to: &str| Some(format!("[{}..{}]", one_day(from)?, one_day(to)?));
    let offered = if let Some(rest) = text.strip_prefix("before ").or_else(|| text.strip_prefix("avant ")) {
        beside(rest, -1).or_else(|| one_day(rest)).map(|day| format!("[..{day}]"))
    } else if let Some(rest) = ["after ", "après ", "apres "].iter().find_map(|word| text.strip_prefix(word)) {
        beside(rest, 1).or_else(|| one_day(rest)).map(|day| format!("[{day}..]"))
    } else if let Some(rest) = text.strip_prefix("between ").or_else(|| text.strip_prefix("entre ")) {
        [" and ", " et "].iter().find_map(|and| rest.split_once(and)).and_then(|(from, to)| shaped(from, to))
    } else if let Some(rest) = ["by ", "until ", "till "].iter().find_map(|word| text.strip_prefix(word)) {
        one_day(rest).map(|day| format!("[..{day}]"))
    } else if let Some(rest) = ["since ", "depuis "].iter().find_map(|word| text.strip_prefix(word)) {
        one_day(rest).map(|day| format!("[{day}..]"))
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
    let is_part = PARTS.iter().any(|part| date.trim_start_matches("the ").starts_with(part));
    let date = one_day(date).filter(|_| !is_part)?;
    let (first, last) = days(&date)?;
    let (year, month, day) = if by < 0 { first } else { last };
    let edge = Day::new(year.cast_signed(), month, day)?.plus(by).to_string();
    edge.get(..date.len()).map(str::to_owned)
}

/// One date, perhaps with a word that says how certain the date is.
pub(super) fn one_day(text: &str) -> Option<String> {
    const ABOUT: [&str; 9] = ["circa ", "about ", "around ", "approx. ", "vers ", "ca. ", "ca ", "c. ", "~"];
    const MAYBE: [&str; 4] = ["probably ", "possibly ", "maybe ", "?"];
    let text = text.trim();
    let after = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word)).map(str::trim);
    let before = |words: &[&str]| words.iter().find_map(|word| text.strip_suffix(word)).map(str::trim);
    let (core, mark) = if let Some(core) = before(&["?~", "~?", "%"]) {
        (core, "%")
    } else if let Some(core) = after(&ABOUT).or_else(|| before(&["~"])) {
        (core, "~")
    } else if let Some(core) = after(&MAYBE).or_else(|| before(&["(?)", "??", "?"]).filter(|core| !core.ends_with('-')))
    {
        (core, "?")
    } else {
        (text, "")
    };
    let date = format!("{}{mark}", core_of(core)?);
    bounds(&date).map(|_| date)
}

/// Words for a part of a month or of a year. A date has no such parts, so the whole is offered.
const PARTS: [&str; 11] = [
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
    let timed =
        text.get(..10).filter(|day| plain(day).is_some() && text[10..].starts_with(['t', ' ']) && text.contains(':'));
    if let Some(day) = timed {
        return Some(day.to_owned());
    }
    if let Some(season) = season(text).or_else(|| quarter(text)) {
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
        [a, b, c] => [(a, b, c), (c, b, a), (c, a, b)].into_iter().find_map(|(year, month, day)| {
            let (year, month) = (a_year(year)?, a_month(month)?);
            let day = day.parse().ok()?;
            Day::new(year.cast_signed(), month, day).map(|_| format!("{year}-{month:02}-{day:02}"))
        }),
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

/// A quarter such as `Q1 2019`, as one day in a range.
fn quarter(text: &str) -> Option<String> {
    let (quarter, year) = text.split_once(' ')?;
    let first = match quarter {
        "q1" | "t1" => 1,
        "q2" | "t2" => 4,
        "q3" | "t3" => 7,
        "q4" | "t4" => 10,
        _ => return None,
    };
    let year = a_year(year)?;
    Some(format!("[{year}-{first:02}..{year}-{:02}]", first + 2))
}

/// The days of the week in English and French, which are left out of dates.
const WEEKDAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];

/// The numbers and names in a text, without the words between them.
fn parts(text: &str) -> Vec<String> {
    let words = text.split(['/', '.', ' ', '-', ',']).filter(|part| !part.is_empty());
    let words = words.filter(|word| !matches!(*word, "of" | "the" | "de" | "le" | "from" | "to" | "du" | "au" | "and"));
    let words = words.filter(|word| !WEEKDAYS.contains(word));
    let bare = |word: &str| {
        let number = word.trim_end_matches(|c: char| c.is_alphabetic());
        let ordinal = !number.is_empty() && matches!(&word[number.len()..], "st" | "nd" | "rd" | "th" | "er");
        if ordinal { number.to_owned() } else { word.to_owned() }
    };
    words.map(bare).collect()
}

fn year_and_month(year: &str, month: &str) -> Option<String> {
    let (year, month) = (a_year(year)?, a_month(month)?);
    (1..=12).contains(&month).then(|| format!("{year}-{month:02}"))
}

fn a_year(word: &str) -> Option<u32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1800..2200).contains(year))
}

/// The number of a month, or the month of that name: a whole name, three letters of its beginning or more, or a name with a
/// letter mistyped. Other words that begin like a month, such as `maybe`, are none.
fn a_month(word: &str) -> Option<u32> {
    let begins = |name: &str| name == word || word.chars().count() >= 3 && name.starts_with(word);
    let resembles = |name: &str| strsim::normalized_damerau_levenshtein(name, word) > 0.86;
    let only = |is_meant: &dyn Fn(&str) -> bool| {
        let mut months = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| is_meant(&name.to_lowercase())));
        months.next().filter(|_| months.next().is_none()).map(|(month, _)| month)
    };
    word.parse().ok().filter(|_| word.len() <= 2).or_else(|| only(&begins)).or_else(|| only(&resembles))
}

/// The day in words, for people who are not used to the order year, month, day.
pub(super) fn spoken(date: &str) -> String {
    match days(date) {
        Some(((year, month, day), last)) if (year, month, day) == last => {
            format!(" ({day} {} {year})", MONTHS[month as usize - 1][0])
        }
        _ => String::new(),
    }
}

/// The names of the months in English, first and with a capital; in French, with and without accents; and in Arabic, as they
/// are written in Morocco, in Algeria and Tunisia, in Egypt and in the Levant.
pub(in crate::value) const MONTHS: [&[&str]; 12] = [
    &["January", "janvier", "يناير", "جانفي"],
    &["February", "février", "fevrier", "فبراير", "فيفري", "شباط"],
    &["March", "mars", "مارس", "آذار"],
    &["April", "avril", "أبريل", "ابريل", "أفريل", "نيسان"],
    &["May", "mai", "ماي", "مايو", "أيار"],
    &["June", "juin", "يونيو", "جوان", "حزيران"],
    &["July", "juillet", "يوليو", "يوليوز", "جويلية", "تموز"],
    &["August", "août", "aout", "غشت", "أغسطس", "أوت", "آب"],
    &["September", "septembre", "شتنبر", "سبتمبر", "أيلول"],
    &["October", "octobre", "أكتوبر", "اكتوبر"],
    &["November", "novembre", "نونبر", "نوفمبر"],
    &["December", "décembre", "decembre", "دجنبر", "ديسمبر"],
];
