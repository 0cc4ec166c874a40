//! What a text that is no date was probably meant to be. Asked only once a text is refused.

use super::{Civil, Day, bounds, days, days_in, plain};
use crate::value::refusal::Refusal;

/// Why a text is no date, with the nearest reading where there is one.
pub(super) fn refusal(text: &str, interval: bool) -> Refusal {
    let lower = text.trim().to_lowercase();
    let no_date = Refusal::new(format!("`{text}` is no date"));
    match lower.as_str() {
        "" => return Refusal::new("this date is empty").help(LEAVE_OUT),
        "unknown" | "n/a" | "na" | "?" | "-" | "none" | "tbd" | "tba" | "inconnu" => return no_date.help(LEAVE_OUT),
        "now" | "today" | "present" | "ongoing" | "current" => {
            return no_date.help("leave the field out while the end is not known");
        }
        _ => {}
    }
    if let Some(refusal) = ranges(text, interval) {
        return refusal;
    }
    let core = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    if let Some((civil, _)) = days(core) {
        return impossible(text, core, civil);
    }
    let clean = clean(text);
    let Some(meant) = two_days(&clean).filter(|_| interval).or_else(|| one_day(&clean)) else { return no_date };
    let why = match text {
        _ if text.trim() == meant => "has white space around it",
        _ if text.contains(':') => "has a time of day",
        _ => "is not written as a date",
    };
    let other = other_order(&clean).map_or_else(String::new, |other| format!(", or `{other}`{}", spoken(&other)));
    let help = format!("did you mean `{meant}`{}{other}?", spoken(&meant));
    Refusal::new(format!("`{text}` {why}")).meant(Some(meant)).help(help)
}

const LEAVE_OUT: &str = "leave the whole field out";

/// What is wrong with two dates in one text.
fn ranges(text: &str, interval: bool) -> Option<Refusal> {
    if let Some(inner) = text.strip_prefix(['[', '{', '(']).and_then(|rest| rest.strip_suffix([']', '}', ')'])) {
        let (from, to) = inner.split_once("..").or_else(|| inner.split_once([',', '/'])).unwrap_or((inner, ""));
        let (from, to) = (from.trim(), to.trim());
        let meant =
            [format!("[{from}..{to}]"), format!("[{to}..{from}]")].into_iter().find(|text| bounds(text).is_some());
        if let Some(refusal) = wrong_side(from, to) {
            return Some(refusal);
        }
        let turned = plain(from).zip(plain(to)).is_some_and(|(from, to)| from.earliest > to.latest);
        return match (meant, turned, inner.contains("..")) {
            (meant, true, _) => Some(Refusal::new(format!("`{text}` ends before it begins")).meant(meant)),
            (None, ..) if inner == ".." => Some(Refusal::new(format!("`{text}` names no day")).help(LEAVE_OUT)),
            (Some(_), _, false) if to.is_empty() => {
                let help = format!("write `{from}`; or `[..{from}]` for by then, `[{from}..]` for then or later");
                Some(Refusal::new(format!("`{text}` needs two dots before or behind its day")).help(help))
            }
            (meant @ Some(_), ..) => {
                let help = meant.as_ref().map(|meant| format!("did you mean `{meant}`, one day in between?"));
                let refusal = Refusal::new(format!("`{text}` is not written as a date")).meant(meant);
                Some(Refusal { help, ..refusal })
            }
            _ => None,
        };
    }
    let (from, to) = text.split_once('/')?;
    if let Some(refusal) = wrong_side(from, to) {
        return Some(refusal);
    }
    let day = |side: &str| plain(side).map(|_| side.to_owned());
    match (day(from), day(to)) {
        (Some(from), Some(to)) if !interval => Some(
            Refusal::new(format!("`{text}` is an interval, and one day is wanted here"))
                .help(format!("write the first day; or `[{from}..{to}]` for one day in between")),
        ),
        (Some(day), None) | (None, Some(day))
            if from.trim_matches('.').is_empty() || to.trim_matches('.').is_empty() =>
        {
            let help = format!("`[..{day}]` is a day not later than this, `[{day}..]` one not earlier");
            Some(Refusal::new(format!("`{text}` leaves one end open")).help(help))
        }
        _ => None,
    }
}

/// What is wrong with one of two dates, where both are of the shape of one.
fn wrong_side(from: &str, to: &str) -> Option<Refusal> {
    let shaped = |side: &str| days(side.strip_suffix(['?', '~', '%']).unwrap_or(side));
    let sides = [from, to].into_iter().filter(|side| !side.is_empty());
    let wrong = sides.clone().find(|side| shaped(side).is_some() && plain(side).is_none())?;
    let refusal = refusal(wrong, false);
    sides.clone().all(|side| shaped(side).is_some()).then_some(Refusal { meant: None, ..refusal })
}

/// Why a text of the shape of a date is none.
fn impossible(text: &str, core: &str, (year, month, day): Civil) -> Refusal {
    let refusal = Refusal::new(format!("`{text}` is no day of the calendar"));
    let of = |year: u32, month: u32, day: u32| Day::new(year.cast_signed(), month, day).is_some();
    if !(1800..2200).contains(&year) {
        return Refusal::new(format!("`{text}` lies outside the years 1800 to 2199"));
    }
    if month == 0 || day == 0 {
        let known = if month == 0 || !of(year, month, 1) { core[..4].to_owned() } else { core[..7].to_owned() };
        let help = format!("where the day or the month is not known, leave it out: `{known}`");
        return refusal.meant(Some(known)).help(help);
    }
    if month > 12 {
        let swapped = Some(format!("{year}-{day:02}-{month:02}")).filter(|_| core.len() == 10 && of(year, day, month));
        let season = (21..=24).contains(&month) && core.len() == 7;
        let help = match &swapped {
            Some(meant) => format!("did you mean `{meant}`{}?", spoken(meant)),
            None if season => format!("a season is written as one day in between: `[{year}-03..{year}-05]`"),
            None => "the months are 01 to 12; a date is year, month, day".to_owned(),
        };
        return Refusal::new(format!("`{text}`: there is no month {month}")).meant(swapped).help(help);
    }
    let (name, last) = (MONTHS[month as usize - 1][0], days_in(year.cast_signed(), month));
    Refusal::new(format!("`{text}` is no day of the calendar: {name} {year} has {last} days"))
        .help(format!("look the day up again; if only the month is certain, write `{}`", &core[..7]))
}

/// With plain digits, hyphens and spaces.
fn clean(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.trim().chars().map(plain).collect::<String>().to_lowercase()
}

/// First and last day, in words or with another sign between.
fn two_days(text: &str) -> Option<String> {
    for between in [" to ", " until ", " au ", " - ", " / ", "..", "/"] {
        let Some((from, to)) = text.split_once(between) else { continue };
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

/// One date, perhaps with a word that says how sure it is.
fn one_day(text: &str) -> Option<String> {
    const ABOUT: [&str; 9] = ["circa ", "about ", "around ", "approx. ", "vers ", "ca. ", "ca ", "c. ", "~"];
    const MAYBE: [&str; 3] = ["probably ", "possibly ", "?"];
    let text = text.trim();
    let after = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word)).map(str::trim);
    let before = |words: &[&str]| words.iter().find_map(|word| text.strip_suffix(word)).map(str::trim);
    let (core, mark) = if let Some(core) = before(&["?~", "~?", "%"]) {
        (core, "%")
    } else if let Some(core) = after(&ABOUT).or_else(|| before(&["~"])) {
        (core, "~")
    } else if let Some(core) = after(&MAYBE).or_else(|| before(&["(?)", "??", "?"])) {
        (core, "?")
    } else {
        (text, "")
    };
    let date = format!("{}{mark}", core_of(core)?);
    bounds(&date).map(|_| date)
}

fn core_of(text: &str) -> Option<String> {
    if plain(text).is_some() {
        return Some(text.to_owned());
    }
    let timed =
        text.get(..10).filter(|day| plain(day).is_some() && text[10..].starts_with(['t', ' ']) && text.contains(':'));
    if let Some(day) = timed {
        return Some(day.to_owned());
    }
    if let Some(season) = season(text) {
        return Some(season);
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

/// The other reading of a day and a month in numbers, where the year comes last: 3/4/2019.
fn other_order(text: &str) -> Option<String> {
    let parts = parts(text);
    let [month, day, year] = &parts[..] else { return None };
    let (month, day, year): (u32, u32, _) = (month.parse().ok()?, day.parse().ok()?, a_year(year)?);
    let two = month <= 12 && day <= 12 && month != day;
    two.then(|| format!("{year}-{month:02}-{day:02}")).filter(|date| plain(date).is_some())
}

/// `20190122`, `201901`, `2010s`, `201x`.
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

/// A season that lies in one year, as one day in between.
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

/// The numbers and names in a text, without the words between them.
fn parts(text: &str) -> Vec<String> {
    let words = text.split(['/', '.', ' ', '-', ',']).filter(|part| !part.is_empty());
    let words = words.filter(|word| !matches!(*word, "of" | "the" | "de" | "le" | "from" | "to" | "du" | "au" | "and"));
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

/// The number of a month, or the month of that name.
fn a_month(word: &str) -> Option<u32> {
    let named = || {
        let index = MONTHS.iter().position(|names| names[1..].iter().any(|name| word.starts_with(name)))?;
        u32::try_from(index + 1).ok()
    };
    word.parse().ok().filter(|_| word.len() <= 2).or_else(named)
}

/// A day in words, for somebody who is not used to reading year, month, day.
fn spoken(date: &str) -> String {
    match days(date) {
        Some(((year, month, day), last)) if (year, month, day) == last => {
            format!(" ({day} {} {year})", MONTHS[month as usize - 1][0])
        }
        _ => String::new(),
    }
}

/// The months in English, and how their names begin in English, French and Arabic.
const MONTHS: [&[&str]; 12] = [
    &["January", "jan", "يناير"],
    &["February", "feb", "fév", "fev", "فبراير"],
    &["March", "mar", "مارس"],
    &["April", "apr", "avr", "أبريل", "ابريل"],
    &["May", "may", "mai", "ماي"],
    &["June", "jun", "juin", "يونيو"],
    &["July", "jul", "juil", "يوليو"],
    &["August", "aug", "aoû", "aou", "غشت", "أغسطس"],
    &["September", "sep", "شتنبر", "سبتمبر"],
    &["October", "oct", "أكتوبر", "اكتوبر"],
    &["November", "nov", "نونبر", "نوفمبر"],
    &["December", "dec", "déc", "دجنبر", "ديسمبر"],
];

#[cfg(test)]
mod tests {
    use super::super::{Edtf, When};
    use super::*;
    use crate::value::Shaped;

    #[test]
    fn the_nearest_reading_is_offered() {
        let meant = |text: &str, interval| refusal(text, interval).meant;
        for (text, day) in [
            ("22/01/2019", "2019-01-22"),
            ("01/22/2019", "2019-01-22"),
            ("3.4.2019", "2019-04-03"),
            ("22 janvier 2019", "2019-01-22"),
            ("January 22nd, 2019", "2019-01-22"),
            ("١ يناير ٢٠١٩", "2019-01-01"),
            ("January 2019", "2019-01"),
            ("01/2019", "2019-01"),
            ("2019-1", "2019-01"),
            ("2019-1-5", "2019-01-05"),
            ("20190122", "2019-01-22"),
            ("2019-22-01", "2019-01-22"),
            ("2019-00-00", "2019"),
            ("2019-05-00", "2019-05"),
            ("2019-05-XX", "2019-05"),
            ("2019-XX-XX", "2019"),
            ("2019-01-22T10:00", "2019-01-22"),
            ("2019-01-22 10:00", "2019-01-22"),
            (" 2019", "2019"),
            ("2019 ", "2019"),
            ("c. 2019", "2019~"),
            ("2019 (?)", "2019?"),
            ("2019?~", "2019%"),
            ("?2019", "2019?"),
            ("2010s", "201X"),
            ("201x", "201X"),
            ("spring 2019", "[2019-03..2019-05]"),
            ("[2021..2019]", "[2019..2021]"),
            ("{2019..2020}", "[2019..2020]"),
            ("[2019,2020]", "[2019..2020]"),
        ] {
            for interval in [false, true] {
                assert_eq!(meant(text, interval).as_deref(), Some(day), "{text}");
            }
        }
        for (text, days) in [
            ("22-24 January 2019", "2019-01-22/2019-01-24"),
            ("from 22 to 24 January 2019", "2019-01-22/2019-01-24"),
            ("2019-01-22 to 2019-01-24", "2019-01-22/2019-01-24"),
            ("2019-01-22 – 2019-01-24", "2019-01-22/2019-01-24"),
            ("2019-01-22..2019-01-24", "2019-01-22/2019-01-24"),
        ] {
            assert_eq!(meant(text, true).as_deref(), Some(days), "{text}");
        }
        for text in
            ["soon", "2019-02-30", "1799", "2019/2020", "2019/..", "[..]", "[2019]", "é", "20XX", "2019-13-45", "/"]
        {
            assert_eq!(meant(text, false), None, "{text}");
        }
    }

    proptest::proptest! {
        /// Whatever was typed: nothing breaks, and what is offered is a date, and another one.
        #[test]
        fn what_is_offered_is_good(text in "[0-9A-Za-z/.,?~%X\\[\\]{}: é٣–-]{0,14}") {
            for interval in [false, true] {
                let refused = if interval { When::parse(&text).err() } else { Edtf::parse(&text).err() };
                if let Some(meant) = refused.and_then(|refusal| refusal.meant) {
                    let good = if interval { When::parse(&meant).is_ok() } else { Edtf::parse(&meant).is_ok() };
                    proptest::prop_assert!(good && meant != text, "{} for {}", meant, text);
                }
            }
        }
    }

    #[test]
    fn an_impossible_day_is_told_why() {
        for (text, part) in [
            ("2019-02-30", "February 2019 has 28 days"),
            ("2019-13", "there is no month 13"),
            ("1799-01-01", "outside the years"),
            ("2019/2020", "is an interval"),
            ("../2019", "leaves one end open"),
            ("[2021..2019]", "ends before it begins"),
            ("[2019]", "needs two dots"),
        ] {
            let why = refusal(text, false).why;
            assert!(why.contains(part), "{text}: {why}");
        }
    }
}
