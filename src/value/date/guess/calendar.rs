//! Months and days of the week, by their names.

use super::reading::{a_year, bare, one_day, other_order, words};
use crate::value::day::Day;

/// The names of the months in English, first and with a capital; in Spanish and Italian; in French, with and without accents; and
/// in Arabic, as they are written in Morocco, in Algeria and Tunisia, in Egypt and in the Levant.
pub(in crate::value) const MONTHS: [&[&str]; 12] = [
    &["January", "enero", "gennaio", "janvier", "يناير", "جانفي"],
    &["February", "febrero", "febbraio", "février", "fevrier", "فبراير", "فيفري", "شباط"],
    &["March", "marzo", "mars", "مارس", "آذار"],
    &["April", "abril", "aprile", "avril", "أبريل", "ابريل", "أفريل", "نيسان"],
    &["May", "mayo", "maggio", "mai", "ماي", "مايو", "أيار"],
    &["June", "junio", "giugno", "juin", "يونيو", "جوان", "حزيران"],
    &["July", "julio", "luglio", "juillet", "يوليو", "يوليوز", "جويلية", "تموز"],
    &["August", "agosto", "août", "aout", "غشت", "أغسطس", "أوت", "آب"],
    &["September", "septiembre", "settembre", "septembre", "شتنبر", "سبتمبر", "أيلول"],
    &["October", "octubre", "ottobre", "octobre", "أكتوبر", "اكتوبر"],
    &["November", "noviembre", "novembre", "نونبر", "نوفمبر"],
    &["December", "diciembre", "dicembre", "décembre", "decembre", "دجنبر", "ديسمبر"],
];

/// The number of a month, or the month of that name: a whole name, three letters of its beginning or more, or a name with a
/// letter mistyped. Other words that begin like a month, such as `maybe`, are none.
pub(super) fn a_month(word: &str) -> Option<u32> {
    let begins = |name: &str| name == word || word.chars().count() >= 3 && name.starts_with(word);
    let resembles = |name: &str| strsim::normalized_damerau_levenshtein(name, word) > 0.86;
    let only = |is_meant: &dyn Fn(&str) -> bool| {
        let mut months = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| is_meant(&name.to_lowercase())));
        months.next().filter(|_| months.next().is_none()).map(|(month, _)| month)
    };
    word.parse().ok().filter(|_| word.len() <= 2).or_else(|| only(&begins)).or_else(|| only(&resembles))
}

/// The days of the week: in English, first; in Spanish, Italian, French and Arabic. Of the short names, those are left out that
/// a month has too.
const WEEKDAYS: [&[&str]; 7] = [
    &["Monday", "lunes", "lunedì", "mon", "lundi", "الاثنين", "الإثنين"],
    &["Tuesday", "martes", "martedì", "tue", "tues", "mardi", "الثلاثاء"],
    &["Wednesday", "miércoles", "mercoledì", "wed", "mercredi", "الأربعاء", "الاربعاء"],
    &["Thursday", "jueves", "giovedì", "thu", "thurs", "jeudi", "الخميس"],
    &["Friday", "viernes", "venerdì", "fri", "vendredi", "الجمعة"],
    &["Saturday", "sábado", "sabato", "sat", "samedi", "السبت"],
    &["Sunday", "domingo", "domenica", "sun", "dimanche", "الأحد", "الاحد"],
];

/// The day of the week of that name, in lower case: 0 for Monday.
pub(super) fn weekday(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|names| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
}

/// The first date in a text whose day of the week is another one than the text has, with its day of the week:
/// `Tuesday 15 April 2024` was a Monday.
pub(super) fn misfit(text: &str) -> Option<(String, &'static str)> {
    let words: Vec<&str> = words(text).collect();
    let mut days = words.iter().enumerate().filter_map(|(at, word)| Some((at, weekday(word)?)));
    days.find_map(|(at, named)| {
        let date = day_beside(&words, at)?;
        let actual = usize::try_from((date.parse::<Day>().ok()?.count() + 3).rem_euclid(7)).ok()?;
        (actual != named).then(|| (date, WEEKDAYS[actual][0]))
    })
}

/// The date to which the day of the week at this place belongs: the three words behind it, or the only three; or else the day
/// behind it, with the next month and year.
fn day_beside(words: &[&str], at: usize) -> Option<String> {
    let numbers = |words: &[&str]| words.iter().filter(|word| weekday(word).is_none()).map(|word| bare(word)).collect();
    let (behind, all): (Vec<String>, Vec<String>) = (numbers(&words[at + 1..]), numbers(words));
    let full = |words: &[String]| one_day(&words.join(" ")).filter(|date| date.len() == 10);
    // Only the author knows which number is the day.
    if other_order(&all.join(" ")).is_some() {
        return None;
    }
    let later = || {
        let day: u32 = behind.iter().take(2).find_map(|word| word.parse().ok().filter(|day| *day <= 31))?;
        let month = behind.iter().filter(|word| word.parse::<u32>().is_err()).find_map(|word| a_month(word))?;
        let year = behind.iter().find_map(|word| a_year(word))?;
        Some(format!("{year}-{month:02}-{day:02}"))
    };
    full(behind.get(..3).unwrap_or_default()).or_else(|| full(&all).filter(|_| all.len() == 3)).or_else(later)
}
