//! Words that stand in the place of a day: that none is known, or that something goes on.

use crate::value::folded;

/// What to write where nothing is known.
pub(super) const LEAVE_OUT: &str = "write what is known, such as `2019`, or `[..2019-01]` for not later than that; where nothing is known, leave the field out, unless the record needs it";

/// What to do about a word that says that no day is known.
pub(super) fn no_day(text: &str) -> Option<&'static str> {
    match &*text.trim().to_lowercase() {
        "" | "unknown" | "n/a" | "na" | "?" | "-" | "none" | "tbd" | "tba" | "inconnu" | "inconnue" | "غير معروف" => {
            Some(LEAVE_OUT)
        }
        _ if goes_on(text) => Some(
            "write a day in digits, such as `2019-01-24`; leave the field out where it is the day of an end that has not come",
        ),
        _ => None,
    }
}

/// What people write for the end of something that has none yet.
const GOING_ON: [&str; 45] = [
    "now",
    "today",
    "present",
    "the present",
    "present day",
    "ongoing",
    "on-going",
    "current",
    "currently",
    "to date",
    "date",
    "the present day",
    "still",
    "still in office",
    "in office",
    "incumbent",
    "this day",
    "en cours",
    "actuel",
    "actuelle",
    "actuellement",
    "à présent",
    "aujourd'hui",
    "à ce jour",
    "ce jour",
    "maintenant",
    "toujours",
    "toujours en fonction",
    "en fonction",
    "en poste",
    "en exercice",
    "en curso",
    "presente",
    "el presente",
    "actual",
    "actualidad",
    "la actualidad",
    "hoy",
    "la fecha",
    "a la fecha",
    "حاليا",
    "الآن",
    "اليوم",
    "مستمر",
    "جار",
];

/// Whether a text says that something goes on: `present`, `until now`.
pub(crate) fn goes_on(text: &str) -> bool {
    const UNTIL: [&str; 9] = ["until ", "till ", "up to ", "to ", "jusqu a ", "jusqu en ", "jusqu ", "hasta ", "حتي "];
    // A longer text was not typed for a day.
    let Some(word) = Some(text).filter(|text| text.len() <= 60).map(folded) else { return false };
    let is_known = |word: &str| GOING_ON.iter().any(|known| folded(known) == word);
    is_known(&word) || UNTIL.iter().filter_map(|until| word.strip_prefix(until)).any(is_known)
}

/// The text before the words that say that something goes on: `2019` of `2019-present`.
pub(super) fn before_going_on(text: &str) -> Option<&str> {
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '-' | '/' | ' ')).map(|(at, _)| at);
    let before = ends.filter(|at| goes_on(&text[at + 1..])).map(|at| &text[..at]).next()?;
    Some(before.trim_end_matches([' ', '-', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_is_told_from_a_day() {
        for text in
            ["Present", "présent", "en cours", "aujourd’hui", "حاليًا", "حتى الآن", "until now", "to date", "À ce jour"]
        {
            assert!(goes_on(text), "{text}");
        }
        for text in ["", "2019", "until 2024", "14 mai", "unknown", "to"] {
            assert!(!goes_on(text), "{text}");
        }
        for (text, before) in
            [("2019-present", "2019"), ("2019 - en cours", "2019"), ("since 2019 to date", "since 2019")]
        {
            assert_eq!(before_going_on(text), Some(before), "{text}");
        }
        assert_eq!(before_going_on("2019-01"), None);
    }
}
