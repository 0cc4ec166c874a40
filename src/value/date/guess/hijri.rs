//! Days of the Hijri calendar, which are told and never converted: the same month begins on different days in different
//! countries.

use crate::value::folded;
use crate::value::refusal::Refusal;

const GREGORIAN: &str = "write the day of the Gregorian calendar, which the page or its address mostly has beside it";

/// The refusal of a text with a month or a year of the Hijri calendar. `clean` is the text with ASCII digits.
pub(super) fn refusal(text: &str, clean: &str) -> Option<Refusal> {
    if has_month(clean) {
        return Some(Refusal::new(format!("`{text}` names a month of the Hijri calendar")).help(GREGORIAN));
    }
    has_year(clean).then(|| looks_like_a_year(text))
}

/// The refusal of a text with a year of the Hijri calendar.
pub(super) fn looks_like_a_year(text: &str) -> Refusal {
    Refusal::new(format!("`{text}` looks like a year of the Hijri calendar")).help(GREGORIAN)
}

/// Whether a year is one of the Hijri calendar: those of the last two centuries.
pub(super) fn is_year(year: u32) -> bool {
    (1300..1500).contains(&year)
}

/// Whether a text is a date in digits with a year of the Hijri calendar, perhaps with the letter of its era.
fn has_year(text: &str) -> bool {
    const ERAS: [&str; 8] = ["h", "ah", "hijri", "hegire", "ه", "هـ", "هجري", "هجريه"];
    let letters = folded(&text.replace(|c: char| c.is_ascii_digit(), " "));
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let has_year = numbers.any(|number| number.len() == 4 && number.parse().is_ok_and(is_year));
    has_year && (letters.is_empty() || letters.split(' ').all(|word| ERAS.contains(&word)))
}

/// The months in Latin letters, as they are spelt in English and in French.
const SPELT: [&str; 32] = [
    "muharram",
    "moharram",
    "mouharram",
    "safar",
    "rabi",
    "rabii",
    "rabia",
    "rabie",
    "jumada",
    "joumada",
    "djoumada",
    "jumadi",
    "rajab",
    "rajeb",
    "redjeb",
    "shaban",
    "shaaban",
    "chaban",
    "chaabane",
    "chaabân",
    "ramadan",
    "ramadhan",
    "ramazan",
    "shawwal",
    "shawal",
    "chawwal",
    "chaoual",
    "dhulhijja",
    "dhulhijjah",
    "dhulqada",
    "dhulqadah",
    "zulhijjah",
];
/// The months in Arabic letters.
const ARABIC: [&str; 10] =
    ["محرم", "صفر", "ربيع الاول", "ربيع الاخر", "ربيع الثاني", "جمادي", "رجب", "شعبان", "رمضان", "شوال"];

/// Whether a text names a month.
fn has_month(text: &str) -> bool {
    let words = folded(&text.replace(['\'', '’', '‘', 'ʿ', 'ʾ', '`'], ""));
    let mut pairs = words.split(' ').zip(words.split(' ').skip(1));
    let of_pair = |(first, second): (&str, &str)| {
        let begins = |starts: &[&str]| starts.iter().any(|start| second.starts_with(start));
        match first {
            "dhu" | "dhul" | "dhou" | "dhoul" | "zul" | "zu" | "thul" | "doul" | "dou" => {
                begins(&["al", "el", "q", "k", "h"])
            }
            "ذو" | "ذي" => begins(&["القعد", "الحج"]),
            _ => false,
        }
    };
    words.split(' ').any(|word| SPELT.contains(&word))
        || pairs.any(of_pair)
        || ARABIC.iter().any(|month| words.contains(month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::date::guess::reading::clean;

    #[test]
    fn a_day_of_the_hijri_calendar_is_told() {
        for text in [
            "06/11/1445",
            "1445/11/06",
            "٠٦/١١/١٤٤٥",
            "1445 هـ",
            "1445H",
            "6 dhu al-qidah 1445",
            "06 Dhul Qi'dah 1445",
            "6 ذو القعدة 1445",
            "Ramadan 2022",
            "1 Rajab 1444",
            "10 Joumada I 1445",
            "ربيع الأول 1445",
        ] {
            assert!(refusal(text, &clean(text)).is_some(), "{text}");
        }
        for text in ["06/11/2024", "1445 persons", "room 1445", "dhu", "May 2024", ""] {
            assert!(refusal(text, &clean(text)).is_none(), "{text}");
        }
    }
}
