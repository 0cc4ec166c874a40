//! A name as words, and words as terms: what is compared.

use compact_str::{CompactString, ToCompactString as _};

use super::lexicon;
use crate::value::folded;

/// How many words of a name are considered. A longer name is a text.
const MOST: usize = 32;

/// Words that do not distinguish names. `s` is the rest of `NATO's`.
const EMPTY: &[&str] = &[
    "a", "an", "and", "at", "by", "for", "from", "in", "its", "of", "on", "s", "the", "to", "with", "de", "du", "des",
    "la", "le", "les", "l", "d", "et", "en", "au", "aux", "sur", "pour", "el", "al", "los", "las", "del", "y", "un",
    "une", "una", "ar", "ech", "في", "من", "و", "على", "الي", "مع",
];

/// The words of a name, which is [folded](crate::value::folded), without those that say nothing, and Arabic ones without
/// the article.
pub(super) fn words(folded: &str) -> Vec<String> {
    let all = || folded.split(' ').filter(|word| !word.is_empty());
    let telling = || all().filter(|word| !is_empty(word)).map(bare).take(MOST).map(str::to_owned);
    let words: Vec<String> = telling().collect();
    // `UN` is the United Nations, unless it is one word among others.
    if words.is_empty() { all().take(MOST).map(str::to_owned).collect() } else { words }
}

/// Whether a word distinguishes no name from another. The longest of these words have six bytes.
fn is_empty(word: &str) -> bool {
    word.len() <= 6 && EMPTY.contains(&word)
}

/// An Arabic word without the article, and without what is written together with the article.
fn bare(word: &str) -> &str {
    let of = |prefix: &str| word.strip_prefix(prefix).filter(|rest| rest.chars().count() >= 3);
    ["وال", "بال", "لل", "ال"].into_iter().find_map(of).unwrap_or(word)
}

/// The terms of a name, each once, in the order of the words: `@MA` for a country, `#navy` for a sort of body, and
/// otherwise one word for all words that mean it.
pub(super) fn terms(words: &[String]) -> Vec<CompactString> {
    let mut terms: Vec<CompactString> = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some(first) = rest.first() {
        let one = || singular(first).and_then(|one| phrase(&[one])).map(|(term, _)| (term, 1));
        let roman = || ordinal(rest).filter(|_| rest.len() < words.len()).map(|term| (term, 1));
        let (term, length) = phrase(rest).or_else(one).or_else(roman).unwrap_or_else(|| (plain(first), 1));
        if !terms.contains(&term) {
            terms.push(term);
        }
        rest = &rest[length..];
    }
    terms
}

/// The longest phrase at the beginning that has a term of its own, with the number of its words.
fn phrase(words: &[String]) -> Option<(CompactString, usize)> {
    let most = words.len().min(lexicon::longest_from(words.first()?));
    (1..=most).rev().find_map(|length| {
        let term =
            if let [word] = &words[..length] { lexicon::term(word) } else { lexicon::term(&words[..length].join(" ")) };
        term.map(|term| (term, length))
    })
}

/// The number that a Roman numeral at the beginning is, in digits: that of a king, or of a group. A letter alone is one only at
/// the end of a name or before a country; elsewhere it is an initial.
fn ordinal(words: &[String]) -> Option<CompactString> {
    let (first, rest) = words.split_first()?;
    let number = roman(first)?;
    let is_last = || rest.is_empty() || phrase(rest).is_some_and(|(term, _)| term.starts_with('@'));
    (first.len() > 1 || is_last()).then(|| number.to_compact_string())
}

/// The number that a word is as a Roman numeral, from 2 on: `i` is more often a word or an initial.
pub(super) fn roman(word: &str) -> Option<usize> {
    const FROM_TWO: [&str; 15] =
        ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi"];
    Some(FROM_TWO.iter().position(|numeral| *numeral == word)? + 2)
}

/// What a name of these words is abbreviated to: all initials, and the initials behind the first word, as in `NATO PDD`.
/// `Armée nationale populaire (Algérie)` is called ANP.
pub(super) fn abbreviations(text: &str, own: &[String]) -> [String; 2] {
    let without = text.split_once('(').map(|(said, _)| words(&folded(said)));
    let said = without.as_deref().unwrap_or(own);
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let (first, rest) = said.split_at(said.len().min(1));
    [initials(said), format!("{} {}", terms(first).concat(), initials(rest))]
}

fn singular(word: &str) -> Option<String> {
    let singular = word.strip_suffix('s').filter(|singular| singular.len() > 3 && !singular.ends_with(['s', 'u', 'i']));
    singular.map(str::to_owned)
}

fn plain(word: &str) -> CompactString {
    singular(word).map_or_else(|| word.to_compact_string(), CompactString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_words_are_short() {
        assert!(EMPTY.iter().all(|word| is_empty(word)));
    }

    #[test]
    fn names_of_one_thing_have_one_set_of_terms() {
        let of = |text: &str| {
            let mut terms = terms(&words(&folded(text)));
            terms.retain(|term| !lexicon::is_of_states(term));
            terms.sort_unstable();
            terms
        };
        for (names, expected) in [
            (
                &[
                    "Royal Moroccan Navy",
                    "moroccan-navy",
                    "Marine royale (Maroc)",
                    "la Marine royale marocaine",
                    "البحرية الملكية المغربية",
                    "Armada de Marruecos",
                    "Navy of the Kingdom of Morocco",
                ][..],
                &["#navy", "@MA"][..],
            ),
            (
                &[
                    "Ministry of National Defence of Tunisia",
                    "Tunisian defence ministry",
                    "Ministère de la Défense tunisien",
                    "وزارة الدفاع الوطني التونسية",
                    "Ministerio de Defensa de Túnez",
                    "tunisia-mod",
                ],
                &["#defence-ministry", "@TN"],
            ),
            (&["NATO", "OTAN", "L'OTAN", "North Atlantic Treaty Organization", "الناتو", "حلف شمال الأطلسي"], &["nato"]),
            (
                &["Mediterranean Dialogue", "Dialogue méditerranéen", "dialogue-mediterranean", "الحوار المتوسطي"],
                &["dialogue", "mediterranean"],
            ),
            (&["United States", "USA", "les États-Unis", "the US", "الولايات المتحدة الأمريكية"], &["@US"]),
            (&["UN", "ONU", "United Nations"], &["united-nations"]),
            (&["Mohamed Zaki", "Muhammad Zaki", "mohammad-zaki", "محمد zaki"], &["mohamed", "zaki"]),
            (&["King Mohammed VI", "mohamed-6-king"], &["6", "king", "mohamed"]),
            (&["Mohammed V of Morocco", "Mohamed V, Maroc"], &["5", "@MA", "mohamed"]),
            (&["V. Putin"], &["putin", "v"]),
            (&["Dmitry V. Petrov"], &["dmitry", "petrov", "v"]),
        ] {
            for name in names {
                assert_eq!(of(name), expected, "{name}");
            }
        }
    }
}
