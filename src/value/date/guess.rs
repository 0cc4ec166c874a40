//! The date that a person probably meant by a text that is no date. Used only once a text is refused.

mod reading;

use super::{Civil, bounds, days, plain};
use crate::value::day::{Day, days_in};
use crate::value::refusal::Refusal;
pub(in crate::value) use reading::MONTHS;
use reading::{clean, in_between, one_day, other_order, spoken, two_days};

/// Why a text is no date, with the most likely reading where there is one.
pub(super) fn refusal(text: &str, interval: bool) -> Refusal {
    let no_date = Refusal::new(format!("`{text}` is no date"));
    if text.len() > LONGEST {
        return no_date;
    }
    let lower = text.trim().to_lowercase();
    match lower.as_str() {
        "" => return Refusal::new("this date is empty").help(LEAVE_OUT),
        "unknown" | "n/a" | "na" | "?" | "-" | "none" | "tbd" | "tba" | "inconnu" => return no_date.help(LEAVE_OUT),
        "now" | "today" | "present" | "ongoing" | "current" => {
            return no_date.help(
                "leave the field out while the end is not known; where a date must stand, write the day of the source as in `[..2019-01-24]`, not later than that",
            );
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
    let meant = two_days(&clean).filter(|_| interval).or_else(|| one_day(&clean)).or_else(|| in_between(&clean));
    let Some(meant) = meant else { return no_date };
    let range = meant.strip_prefix('[').and_then(|range| range.strip_suffix(']')?.split_once(".."));
    let range = range.filter(|(from, to)| !from.is_empty() && !to.is_empty());
    // `2018-2019` may be either.
    if let Some((from, to)) = range.filter(|_| interval && !clean.contains(char::is_alphabetic)) {
        let help = format!("did you mean `{from}/{to}`, all that time, or `{meant}`, one day in between?");
        return Refusal::new(format!("`{text}` is not written as a date")).help(help);
    }
    let why = match text {
        _ if text.trim() == meant => "has white space around it",
        _ if text.contains(':') => "has a time of day",
        _ => "is not written as a date",
    };
    let words = if range.is_some() { ", one day in between".to_owned() } else { spoken(&meant) };
    let refusal = Refusal::new(format!("`{text}` {why}"));
    // In one country the day stands first, in another the month; only the author knows.
    if let Some(other) = other_order(&clean) {
        return refusal.help(format!("did you mean `{meant}`{words}, or `{other}`{}?", spoken(&other)));
    }
    let ambiguous = |word: &str| Some((word.to_owned(), one_day(word)?, other_order(word)?));
    if let Some((word, day, other)) = clean.split(' ').chain(clean.split('-')).find_map(ambiguous) {
        let (spoken, other_spoken) = (spoken(&day), spoken(&other));
        return refusal
            .help(format!("`{word}` may be `{day}`{spoken}, or `{other}`{other_spoken}; write which day is meant"));
    }
    let help = format!("did you mean `{meant}`{words}?");
    refusal.meant(Some(meant)).help(help)
}

/// The length in bytes of the longest text that may be a date.
const LONGEST: usize = 100;

const LEAVE_OUT: &str = "write what is known, such as `2019`, or `[..2019-01]` for not later than that; where nothing is known, leave the field out, unless the record needs it";

/// What is wrong with a text that has two dates.
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

/// What is wrong with one of two dates, where both look like dates.
fn wrong_side(from: &str, to: &str) -> Option<Refusal> {
    let shaped = |side: &str| days(side.strip_suffix(['?', '~', '%']).unwrap_or(side));
    let sides = [from, to].into_iter().filter(|side| !side.is_empty());
    let wrong = sides.clone().find(|side| shaped(side).is_some() && plain(side).is_none())?;
    let refusal = refusal(wrong, false);
    sides.clone().all(|side| shaped(side).is_some()).then_some(Refusal { meant: None, ..refusal })
}

/// Why a text that looks like a date is none.
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

#[cfg(test)]
mod tests {
    use super::super::{Edtf, When};
    use super::*;
    use crate::value::StringFormat;

    #[test]
    fn the_nearest_reading_is_offered() {
        let meant = |text: &str, interval| refusal(text, interval).meant;
        for (text, day) in [
            ("22/01/2019", "2019-01-22"),
            ("01/22/2019", "2019-01-22"),
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
            ("mardi 22 janvier 2019", "2019-01-22"),
            ("Tuesday, January 22, 2019", "2019-01-22"),
            ("late January 2019", "2019-01"),
            ("early 2019", "2019"),
            ("fin 2019", "2019"),
            ("Q1 2019", "[2019-01..2019-03]"),
            ("between 2018 and 2019", "[2018..2019]"),
            ("2019-01-22 or 2019-01-23", "[2019-01-22..2019-01-23]"),
            ("before 2019", "[..2018]"),
            ("before 15 April 2024", "[..2024-04-14]"),
            ("before 1 March 2024", "[..2024-02-29]"),
            ("after 2024-12", "[2025-01..]"),
            ("after 2024-12-31", "[2025-01-01..]"),
            ("before the end of 2024", "[..2024]"),
            ("before late 2024", "[..2024]"),
            ("after early 2024", "[2024..]"),
            ("2024-04-??", "2024-04"),
            ("apres 2019", "[2020..]"),
            ("maybe 2019", "2019?"),
            ("22 janv. 2019", "2019-01-22"),
            ("Febuary 2019", "2019-02"),
            ("١ جويلية ٢٠١٩", "2019-07-01"),
            ("3 نيسان 2019", "2019-04-03"),
            ("by 2019", "[..2019]"),
            ("since March 2019", "[2019-03..]"),
            ("[2019,2020]", "[2019..2020]"),
        ] {
            for interval in [false, true] {
                assert_eq!(meant(text, interval).as_deref(), Some(day), "{text}");
            }
        }
        for (text, days) in [
            ("22-24 January 2019", "2019-01-22/2019-01-24"),
            ("from 22 to 24 January 2019", "2019-01-22/2019-01-24"),
            ("from 22 January to 24 January 2019", "2019-01-22/2019-01-24"),
            ("28 January – 2 February 2019", "2019-01-28/2019-02-02"),
            ("2019-01-22 to 2019-01-24", "2019-01-22/2019-01-24"),
            ("2019-01-22 – 2019-01-24", "2019-01-22/2019-01-24"),
            ("2019-01-22..2019-01-24", "2019-01-22/2019-01-24"),
        ] {
            assert_eq!(meant(text, true).as_deref(), Some(days), "{text}");
        }
        for (text, day) in [("2018-2019", "[2018..2019]"), ("2018/19", "[2018..2019]")] {
            assert_eq!((meant(text, false).as_deref(), meant(text, true)), (Some(day), None), "{text}");
            assert!(refusal(text, true).to_string().contains(&day[1..day.len() - 1].replace("..", "/")), "{text}");
        }
        for (text, days) in [
            ("3.4.2019", ["2019-04-03", "2019-03-04"]),
            ("05/04/2024", ["2024-04-05", "2024-05-04"]),
            ("before 05/04/2024", ["2024-04-05", "2024-05-04"]),
            ("between 3/4/2019 and 5/4/2019", ["2019-04-03", "2019-03-04"]),
        ] {
            let refused = refusal(text, false);
            assert_eq!(refused.meant, None, "the day or the month may stand first in {text}");
            assert!(days.iter().all(|day| refused.to_string().contains(day)), "{refused}");
        }
        for text in
            ["décennie 2020", "decade 2024", "novel 2024", "mayor 2024", "marcom 2024", "augusta 2024", "jui 2024"]
        {
            assert_eq!(meant(text, true), None, "{text}");
        }
        for text in
            ["soon", "2019-02-30", "1799", "2019/2020", "2019/..", "[..]", "[2019]", "é", "20XX", "2019-13-45", "/"]
        {
            assert_eq!(meant(text, false), None, "{text}");
        }
    }

    proptest::proptest! {
        /// For any text, nothing panics, and the text that is offered is a date and differs from the refused text.
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
    fn a_refusal_says_what_is_wrong_with_a_date() {
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
