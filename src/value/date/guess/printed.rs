//! What sites print around the day of a page: a time of day, and a label such as `Publié le`.

use super::other_order;
use super::reading::{clean, one_day};

/// The text without a time of day before its date or behind it, and without what joins them: `19 juin 2024 à 14h32`,
/// `june 19, 2024 - 9:15 am`, `14:32 - 19/06/2024`. The text is in lower case.
pub(super) fn without_time(text: &str) -> Option<String> {
    let date = |part: &str| Some(part.trim_matches(JOINS).to_owned()).filter(|date| !date.is_empty());
    let starts = text.match_indices(' ').map(|(at, _)| at);
    if let Some(at) = starts.clone().find(|at| is_time(&text[*at..])) {
        return date(&text[..at]);
    }
    starts.rev().find(|at| is_time(&text[..*at])).and_then(|at| date(&text[at..]))
}

/// Whether a text has a time of day beside its date.
pub(super) fn has_time(text: &str) -> bool {
    without_time(&super::reading::plain_characters(text)).is_some()
}

/// The marks that join a date and a time.
const JOINS: [char; 8] = [',', '،', '-', '|', '·', '•', ' ', ':'];

/// Whether a text is nothing but a time of day, with its zone: `à 14h32`, `- 9:15 am`, `08:22:00 gmt`.
fn is_time(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(' ').map(|word| word.trim_matches(JOINS)).filter(|word| !word.is_empty()).collect();
    let begins = words.iter().position(|word| !matches!(*word, "à" | "a" | "at" | "h" | "على" | "الساعة" | "kl"));
    let Some(words) = begins.and_then(|begins| words.get(begins..)) else { return false };
    let zone = match words {
        [clock, zone @ ..] if is_clock(clock) => zone,
        [hour, "h", minute, zone @ ..] if is_clock(&format!("{hour}h{minute}")) => zone,
        _ => return false,
    };
    zone.len() <= 2 && zone.iter().all(|word| is_zone(word))
}

/// Whether a word is a time: `14:32`, `08:22:00`, `14h32`, `14h`.
fn is_clock(word: &str) -> bool {
    let is_part = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    let word = word.trim_end_matches(['z', 'm', 'p', 'a']);
    match word.split_once('h') {
        Some((hour, minute)) => is_part(hour) && (minute.is_empty() || is_part(minute)),
        None => word.contains(':') && word.split(':').all(is_part),
    }
}

/// Whether a word behind a time belongs to it: a half of the day, or a zone.
fn is_zone(word: &str) -> bool {
    let word = word.trim_matches(['(', ')']);
    let offset = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let is_offset = offset.is_empty() || offset.starts_with(['+', '-']) || offset == ".m.";
    is_offset || matches!(word, "مساء" | "مساءً" | "صباحا" | "صباحًا" | "ص" | "م")
}

/// What a label says of the day behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// `Publié le`: the day of publication.
    Published,
    /// `Updated`: the day of a later change.
    Changed,
}

/// A date behind a label.
pub(super) struct Labelled {
    pub(super) label: Label,
    pub(super) day: String,
    /// The other reading of the date, where day and month may change places.
    pub(super) other: Option<String>,
}

/// The label of a text, with its date. The text is clean.
pub(super) fn labelled(text: &str) -> Option<Labelled> {
    const PUBLISHED: [&str; 10] = [
        "date de publication",
        "publication date",
        "published",
        "publié",
        "publiée",
        "publie",
        "posted",
        "تاريخ النشر",
        "نشر",
        "publicado",
    ];
    const CHANGED: [&str; 9] = [
        "last updated",
        "updated",
        "last modified",
        "modified",
        "mis à jour",
        "mise à jour",
        "modifié",
        "آخر تحديث",
        "actualizado",
    ];
    let behind = |labels: &[&str]| {
        let rest = labels.iter().find_map(|label| text.strip_prefix(label))?.strip_prefix([' ', ':'])?;
        let rest = rest.trim_start_matches([' ', ':']);
        let joined = ["le", "on", "في", "بتاريخ", "el"].iter().find_map(|word| rest.strip_prefix(word));
        Some(joined.filter(|rest| rest.starts_with([' ', ':'])).unwrap_or(rest).trim_start_matches([' ', ':']))
    };
    let found = behind(&PUBLISHED).map(|rest| (Label::Published, rest));
    let (label, rest) = found.or_else(|| behind(&CHANGED).map(|rest| (Label::Changed, rest)))?;
    one_day(rest).map(|day| Labelled { label, day, other: other_order(rest) })
}

/// The day in a text that labels it as the day of publication.
pub(crate) fn day_of_publication(text: &str) -> Option<String> {
    let text = Some(text).filter(|text| text.len() <= super::LONGEST)?;
    let Labelled { label, day, other } = labelled(&clean(text))?;
    (label == Label::Published && other.is_none()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::super::refusal;
    use super::*;

    /// What sites print, with the day that is offered.
    const DAYS: &[(&str, &str)] = &[
        ("mercredi 19 juin 2024 - 14:32", "2024-06-19"),
        ("الأربعاء 19 يونيو 2024 - 22:32", "2024-06-19"),
        ("الأربعاء ١٩ يونيو ٢٠٢٤، الساعة ٢٢:٣٢", "2024-06-19"),
        ("June 19, 2024 - 9:15 AM", "2024-06-19"),
        ("June 19, 2024 at 9:15 a.m.", "2024-06-19"),
        ("2024-06-19 - 14:32", "2024-06-19"),
        ("19/06/2024 - 14:32", "2024-06-19"),
        ("19/06/2024 | 14:32 (GMT+1)", "2024-06-19"),
        ("19/06/2024 à 14:32", "2024-06-19"),
        ("19 juin 2024 à 14h32", "2024-06-19"),
        ("19 juin 2024 à 14 h 32", "2024-06-19"),
        ("14:32 - 19/06/2024", "2024-06-19"),
        ("2019-06-16 08:22:00 GMT", "2019-06-16"),
    ];

    #[test]
    fn a_time_of_day_is_no_wrong_day() {
        for (text, day) in DAYS {
            let refused = refusal(text, false);
            assert_eq!(refused.meant.as_deref(), Some(*day), "{text}");
            assert!(refused.why.ends_with("has a time of day"), "{refused}");
        }
        let refused = refusal("05/06/2024 - 14:32", false);
        assert!(refused.meant.is_none() && refused.to_string().contains("`2024-06-05`"), "{refused}");
        for text in ["14:32", "2024-06-19 10:00 - 2024-06-20 12:00"] {
            assert_eq!(refusal(text, false).meant, None, "{text}");
        }
        for text in ["19 June 2024 -", "19 June 2024 somewhere"] {
            let refused = refusal(text, false);
            assert!(refused.meant.is_none() && !refused.why.contains("no day of the calendar"), "{refused}");
        }
    }

    #[test]
    fn the_label_of_a_site_says_which_day_is_meant() {
        for (text, part) in [
            ("Publié le 19/06/2024", "`2024-06-19` (19 June 2024) is the day on which the page was published"),
            ("Publié le 19 juin 2024 à 14h32", "`2024-06-19`"),
            ("Publié le 05/06/2024", "`2024-06-05` (5 June 2024) or `2024-05-06` (6 May 2024)"),
            ("Updated 20 June 2024", "`2024-06-20` (20 June 2024) is the day of a later change"),
            ("Last updated on: June 20, 2024", "`2024-06-20`"),
            ("آخر تحديث: 20 يونيو 2024", "`2024-06-20`"),
        ] {
            let refused = refusal(text, false);
            assert!(refused.meant.is_none() && refused.to_string().contains(part), "{refused}");
        }
        assert_eq!(day_of_publication("Publié le 19/06/2024").as_deref(), Some("2024-06-19"));
        for text in ["Updated 20 June 2024", "Publié le 05/06/2024", "19/06/2024"] {
            assert_eq!(day_of_publication(text), None, "{text}");
        }
    }
}
