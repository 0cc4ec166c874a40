//! Words and phrases that mean one thing in several languages.

use std::sync::LazyLock;

use compact_str::{CompactString, format_compact};
use hashbrown::HashMap;

use super::words::words;
use crate::value::{country_names, folded};

/// Every phrase and every name of a country, as the words of a name with single spaces, with its term.
static TERMS: LazyLock<HashMap<String, CompactString>> = LazyLock::new(|| {
    let mut terms: HashMap<String, CompactString> = HashMap::new();
    for line in include_str!("lexicon.tsv").lines().filter(|line| !line.starts_with("# ")) {
        let term = line.split('\t').next().unwrap_or_default();
        let own = term.trim_start_matches('#');
        for phrase in line.split('\t').skip(1).chain([own]) {
            terms.entry(words(&folded(phrase)).join(" ")).or_insert_with(|| term.into());
        }
    }
    for (name, country) in country_names::all() {
        terms.entry(words(name).join(" ")).or_insert_with(|| format_compact!("@{}", country.as_ref()));
    }
    terms
});

/// The term of a phrase, or of a word for a country or its people.
pub(super) fn term(phrase: &str) -> Option<CompactString> {
    let country = || country_names::called(phrase).map(|country| format_compact!("@{}", country.as_ref()));
    TERMS.get(phrase).cloned().or_else(country)
}

/// The number of words of the longest phrase that begins with a word, for the few words with which phrases of several
/// words begin.
static LONGEST: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let mut longest = HashMap::new();
    for phrase in TERMS.keys().map(String::as_str).chain(country_names::all().map(|(name, _)| name)) {
        if let Some((first, rest)) = phrase.split_once(' ') {
            let count = 1 + rest.split(' ').count();
            longest.entry(first).and_modify(|most: &mut usize| *most = count.max(*most)).or_insert(count);
        }
    }
    longest
});

/// How many words may be one phrase, where the first is this word.
pub(super) fn longest_from(word: &str) -> usize {
    LONGEST.get(word).copied().unwrap_or(1)
}

/// Whether phrases may stand for a term.
pub(super) fn is_term(term: &str) -> bool {
    term.starts_with(['@', '#']) || TERMS.values().any(|known| known == term)
}

/// Every phrase and every country of one word, with its term.
pub(super) fn single() -> impl Iterator<Item = (&'static str, &'static CompactString)> {
    let single = TERMS.iter().filter(|(phrase, _)| !phrase.contains(' '));
    let mut all: Vec<(&str, &CompactString)> = single.map(|(phrase, term)| (phrase.as_str(), term)).collect();
    all.sort_unstable();
    all.into_iter()
}

/// Whether a term is a word, and neither a country nor a sort of body.
pub(super) fn is_word(term: &str) -> bool {
    !term.starts_with(['@', '#'])
}

/// Whether a term is a number.
pub(super) fn is_number(term: &str) -> bool {
    term.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word distinguishes no name from another.
pub(super) fn is_weak(word: &str) -> bool {
    is_of_states(word) || is_title(word) || word.len() == 1 && !is_number(word)
}

/// Words that states and their bodies call themselves, and that distinguish no name.
pub(super) fn is_of_states(word: &str) -> bool {
    matches!(
        word,
        "royal"
            | "royale"
            | "real"
            | "ملكي"
            | "ملكيه"
            | "national"
            | "nationale"
            | "nacional"
            | "وطني"
            | "وطنيه"
            | "kingdom"
            | "royaume"
            | "reino"
            | "مملكه"
            | "republic"
            | "republique"
            | "republica"
            | "جمهوريه"
            | "state"
            | "dawla"
            | "دوله"
            | "force"
            | "operation"
            | "exercise"
    )
}

/// Titles of persons, which distinguish no name.
pub(super) fn is_title(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "sir"
            | "lord"
            | "lady"
            | "baron"
            | "baroness"
            | "general"
            | "gen"
            | "admiral"
            | "amiral"
            | "adm"
            | "colonel"
            | "col"
            | "captain"
            | "capt"
            | "lieutenant"
            | "major"
            | "ambassador"
            | "amb"
            | "ambassadeur"
            | "embajador"
            | "minister"
            | "ministre"
            | "ministro"
            | "president"
            | "secretary"
            | "secretaire"
            | "secretario"
            | "king"
            | "roi"
            | "rey"
            | "deputy"
            | "assistant"
            | "chairman"
            | "chair"
            | "prince"
            | "sheikh"
            | "سيد"
            | "وزير"
            | "ملك"
            | "رئيس"
            | "جنرال"
            | "امين"
            | "عام"
            | "سفير"
    )
}
