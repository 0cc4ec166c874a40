//! The date that a person probably meant by a text that is no date. Used only once a text is refused.

mod calendar;
mod hijri;
mod no_day;
mod printed;
mod reading;
mod spreadsheet;
mod two_ends;

use super::{Civil, bounds, days, plain};
use crate::value::day::{Bounds, Day, days_in};
use crate::value::refusal::Refusal;
pub(in crate::value) use calendar::MONTHS;
pub(crate) use no_day::goes_on;
use no_day::{LEAVE_OUT, no_day};
pub(crate) use printed::day_of_publication;
use printed::{Label, Labelled};
use reading::{civil, clean, in_words, one_day, other_order, spoken};
pub(crate) use two_ends::OneEnd;
use two_ends::{dotted, in_between, in_order, two_days};

/// Why a text is no date, with the most likely reading where there is one.
pub(super) fn refusal(text: &str, interval: bool) -> Refusal {
    let no_date = Refusal::new(format!("`{text}` is no date"));
    if text.len() > LONGEST {
        return no_date;
    }
    if let Some(help) = no_day(text) {
        return if text.trim().is_empty() { Refusal::new("this date is empty") } else { no_date }.help(help);
    }
    if let Some(refusal) = ranges(text, interval).or_else(|| two_years(text, interval)) {
        return refusal;
    }
    let core = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    if let Some((civil, _)) = days(core) {
        return impossible(text, core, civil);
    }
    if let Some(advice) = spreadsheet::advice(text) {
        return Refusal::new(format!("`{text}` is not written as a date")).help(advice);
    }
    let clean = clean(text);
    if let Some((day, months)) = two_ends::day_or_months(&clean, interval) {
        let help = format!("did you mean `{day}`{}, or `{months}`, both months?", spoken(&day));
        return Refusal::new(format!("`{text}` may be a day or two months")).help(help);
    }
    if let Some(found) = printed::labelled(&clean) {
        return labelled(text, &found);
    }
    if let Some((date, weekday)) = calendar::misfit(&clean) {
        let day = in_words(&date).unwrap_or(date);
        return Refusal::new(format!("`{text}` has another day of the week: {day} is a {weekday}"))
            .help("look the day up again, and write it without the day of the week");
    }
    let both = || two_days(&clean).filter(|_| interval);
    let meant = both().or_else(|| dotted(&clean)).or_else(|| one_day(&clean)).or_else(|| in_between(&clean));
    if let Some(meant) = meant {
        return likely(text, &clean, meant, interval);
    }
    let Some(end) = two_ends::one_end(&clean) else { return incomplete(text, &clean).unwrap_or(no_date) };
    either(text, &clean).unwrap_or_else(|| half(text, &end))
}

/// The refusal of a day that no calendar has, or that has no year, or that is one of another calendar.
fn incomplete(text: &str, clean: &str) -> Option<Refusal> {
    if let Some(refusal) = hijri::refusal(text, clean) {
        return Some(refusal);
    }
    // A day that the calendar has is no wrong day, even where the rest of the text is not understood.
    let is_real = |(year, month, day): &Civil| Day::new(year.cast_signed(), *month, *day).is_some();
    if let Some((year, month, day)) = civil(clean).filter(|civil| !is_real(civil)) {
        return Some(impossible(text, &format!("{year}-{month:02}-{day:02}"), (year, month, day)));
    }
    let of_year = one_day(&format!("{clean} 2000")).filter(|date| date.len() >= 7)?;
    let help = format!("add the year, as in `2024{}`", &of_year[4..]);
    Some(Refusal::new(format!("`{text}` has no year")).help(help))
}

/// The only date that a text can mean, such as `16 avril 2024` or `15/04/2024`. A day that no calendar has, and an end
/// before its beginning, have to be looked up.
pub(crate) fn only_reading(text: &str, interval: bool) -> Option<String> {
    let is_written_as_date =
        text.starts_with(['[', '{', '(']) || days(text.trim_end_matches(['?', '~', '%'])).is_some();
    if is_written_as_date { None } else { refusal(text, interval).meant }
}

/// The refusal of a day that a site labels: it is the day of the page, and not always the day that a field asks for.
fn labelled(text: &str, Labelled { label, day, other }: &Labelled) -> Refusal {
    let other = other.as_ref().map(|other| format!(" or `{other}`{}", spoken(other))).unwrap_or_default();
    let spoken = spoken(day) + &other;
    let (what, help) = match label {
        Label::Published => ("of publication", format!("`{day}`{spoken} is the day on which the page was published")),
        Label::Changed => (
            "of a change of the page",
            format!(
                "write the day on which the page was first published; `{day}`{spoken} is the day of a later change"
            ),
        ),
    };
    Refusal::new(format!("`{text}` is the day {what}, with words before it")).help(help)
}

/// The end of a longer time that a text has, where it has no other: `since 2019`, `until 2024`.
pub(crate) fn one_end(text: &str) -> Option<OneEnd> {
    let clean = Some(text).filter(|text| text.len() <= LONGEST).map(clean)?;
    if calendar::misfit(&clean).is_some() || ambiguous(&clean).is_some() || two_days(&clean).is_some() {
        return None;
    }
    two_ends::one_end(&clean)
}

/// The refusal of a text that says when something began or ended.
fn half(text: &str, end: &OneEnd) -> Refusal {
    let help = match end {
        OneEnd::Began(day) => format!("`{day}` is the date; `[{day}..]` is one day that is not earlier"),
        OneEnd::Ended(day) => format!("`{day}` is the date; `[..{day}]` is one day that is not later"),
    };
    Refusal::new(format!("`{text}` is one end of a longer time, and no date")).help(help)
}

/// The refusal of two years such as `2023-24`, which looks like a month of the first year.
fn two_years(text: &str, interval: bool) -> Option<Refusal> {
    let (from, to) = text.split_once('-').filter(|_| text.len() == 7)?;
    let (first, last): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
    let is_next = (1800..2199).contains(&first) && last > 12 && (first + 1) % 100 == last;
    is_next.then(|| likely(text, text, format!("[{first}..{}]", first + 1), interval))
}

/// The refusal of a text with its most likely reading.
fn likely(text: &str, clean: &str, meant: String, interval: bool) -> Refusal {
    let range = meant.strip_prefix('[').and_then(|range| range.strip_suffix(']')?.split_once(".."));
    let range = range.filter(|(from, to)| !from.is_empty() && !to.is_empty());
    // `2018-2019` may be either.
    if let Some((from, to)) =
        range.filter(|_| interval && !clean.contains(|c: char| c.is_alphabetic() || c == '.' || c == '…'))
    {
        let help = format!("did you mean `{from}/{to}`, all that time, or `{meant}`, one day in between?");
        return Refusal::new(format!("`{text}` is not written as a date")).help(help);
    }
    let why = match text {
        _ if text.trim() == meant => "has white space around it",
        _ if text.contains(':') || printed::has_time(text) => "has a time of day",
        _ => "is not written as a date",
    };
    let words = if range.is_some() { ", one day in between".to_owned() } else { spoken(&meant) };
    let refusal = Refusal::new(format!("`{text}` {why}"));
    // In one country the day stands first, in another the month; only the author knows.
    if let Some(other) = other_order(clean) {
        return refusal.help(format!("did you mean `{meant}`{words}, or `{other}`{}?", spoken(&other)));
    }
    either(text, clean).unwrap_or_else(|| {
        let help = format!("did you mean `{meant}`{words}?");
        refusal.meant(Some(meant)).help(help)
    })
}

/// The refusal of a text with a day that may be either of two.
fn either(text: &str, clean: &str) -> Option<Refusal> {
    let (word, day, other) = ambiguous(clean)?;
    let (spoken, other_spoken) = (spoken(&day), spoken(&other));
    let help = format!("`{word}` may be `{day}`{spoken}, or `{other}`{other_spoken}; write which day is meant");
    Some(Refusal::new(format!("`{text}` is not written as a date")).help(help))
}

/// A word of a text that is a day by two readings, with both.
fn ambiguous(text: &str) -> Option<(String, String, String)> {
    let both = |word: &str| Some((word.to_owned(), one_day(word)?, other_order(word)?));
    let sides = text.split("..").map(|side| side.trim_matches(['[', ']', '(', ')', '.', '…', ' ']));
    sides.flat_map(|side| side.split(' ').chain(side.split('-'))).find_map(both)
}

/// The length in bytes of the longest text that may be a date.
const LONGEST: usize = 100;

/// What is wrong with a text that has two dates.
fn ranges(text: &str, interval: bool) -> Option<Refusal> {
    if let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|_| interval) {
        return all_of(text, inner);
    }
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

/// The refusal of a set of days in braces, which EDTF reads as all of them, where brackets have one of them.
fn all_of(text: &str, inner: &str) -> Option<Refusal> {
    let listed: Vec<&str> = inner.split(',').map(str::trim).collect();
    let (first, last, has_gap) = match &listed[..] {
        [range] => range.split_once("..").map(|(first, last)| (first, last, false))?,
        [first, .., last] => {
            let days: Vec<Bounds> = listed.iter().map(|day| plain(day)).collect::<Option<_>>()?;
            (*first, *last, days.windows(2).any(|pair| pair[0].latest.plus(1) != pair[1].earliest))
        }
        [] => return None,
    };
    plain(first).zip(plain(last)).filter(|_| in_order(first, last))?;
    let refusal = Refusal::new(format!("`{text}` is not written as a date"));
    Some(if has_gap {
        refusal.help(format!(
            "braces mean all of these days: make a record of each, or write `{first}/{last}` if it went on in between"
        ))
    } else {
        let meant = format!("{first}/{last}");
        let help = format!("did you mean `{meant}`, from the first day to the last?");
        refusal.meant(Some(meant)).help(help)
    })
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
    if hijri::is_year(year) {
        return hijri::looks_like_a_year(text);
    }
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
mod tests;
