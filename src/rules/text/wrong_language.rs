//! `wrong-language`: see the page beside this file.

use super::by_language;
use crate::lint::{DocumentContext, Findings, Place, Rule};
use crate::record::{ActorType, Body};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "wrong-language",
    "a text that is in another language than its tag says",
    "readers of that language get a text that is not for them, and the text is missing where it belongs",
    include_str!("wrong_language.md"),
);

/// A language, its name, and short words that only this one of the languages here has, in lower case.
type Tongue = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const TONGUES: [Tongue; 3] = [
    ("en", "English", &[
        "the", "of", "and", "to", "with", "from", "for", "by", "at", "its", "their", "was", "were", "is", "that", "this", "which",
        "between", "after", "into",
    ]),
    ("fr", "French", &[
        "le", "les", "des", "du", "à", "au", "aux", "et", "dans", "pour", "sur", "avec", "une", "sont", "qui", "ses", "leur", "entre",
    ]),
    ("es", "Spanish", &["el", "los", "las", "del", "y", "con", "para", "por", "sobre", "una", "en", "sus"]),
];
/// Short words of French and of Spanish alike, or of French before a word that begins with a vowel.
const SHARED: [&str; 4] = ["la", "de", "l", "d"];
/// How many words of another language make a text one of that language.
const ENOUGH: usize = 2;

/// Checks every text under English, French or Spanish, but the names of people.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    if matches!(&context.record.body, Body::Actor(actor) if actor.r#type == ActorType::Person) {
        return;
    }
    by_language::each(context.record, &mut |language, text, at| {
        let tag = language.as_ref();
        let Some(own) = TONGUES.iter().position(|(code, ..)| *code == tag) else { return };
        let Some(other) = spoken(text, own) else { return };
        let ((_, name, _), (code, other, _)) = (TONGUES[own], TONGUES[other]);
        findings
            .at(
                context.entry,
                Place::Value(at()),
                format!("this text is marked as {name} (`{tag}`), but reads as {other}"),
            )
            .help(format!("put it under `{code}`; under `{tag}` write the text in {name}, or leave it out"));
    });
}

/// The language of a text that has no word of its own language, if that is certain. Most texts have a word of their own near
/// the beginning, and are not read further.
fn spoken(text: &str, own: usize) -> Option<usize> {
    let (mut found, mut shared) = ([0; TONGUES.len()], 0);
    for (index, word) in text.as_bytes().split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).enumerate() {
        match language_of(word, index == 0) {
            None => {}
            Some(language) if language == own => return None,
            Some(language) if language < TONGUES.len() => found[language] += 1,
            Some(_) => shared += 1,
        }
    }
    // What French and Spanish share tells them from English alone.
    let is_romance = |index: usize| TONGUES[index].0 != "en";
    let other =
        (0..TONGUES.len()).filter(|index| *index != own && found[*index] > 0).max_by_key(|index| found[*index])?;
    let more = if is_romance(other) { shared } else { 0 };
    let is_certain =
        if is_romance(own) { shared == 0 && found[other] >= ENOUGH } else { found[other] + more >= ENOUGH };
    is_certain.then_some(other)
}

/// The index of the language that has a short word; the number of languages for a word that several share. A capital letter
/// begins a name more often than a sentence, as in `La Goulette`, but for the first word of a text.
fn language_of(word: &[u8], is_first: bool) -> Option<usize> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let mut packed = packed(word);
    if is_first && word[0].is_ascii_uppercase() {
        packed |= 0x20;
    }
    let mut slot = slot(packed);
    while WORDS[slot].0 != 0 {
        if WORDS[slot].0 == packed {
            return Some(WORDS[slot].1);
        }
        slot = (slot + 1) % SLOTS;
    }
    None
}

/// The length of the longest word that is looked for, in bytes: a word is compared as one number.
const LONGEST: usize = 7;
const SLOTS: usize = 256;

/// The short words, each as a number with the index of its language, in a table that is looked up by the number. A text has a
/// dozen words, and a dataset a million texts.
static WORDS: [(u64, usize); SLOTS] = {
    let mut table = [(0, 0); SLOTS];
    let mut language = 0;
    while language <= TONGUES.len() {
        let words: &[&str] = if language < TONGUES.len() { TONGUES[language].2 } else { &SHARED };
        let mut index = 0;
        while index < words.len() {
            assert!(words[index].len() <= LONGEST, "the word is too long for a number");
            let packed = packed(words[index].as_bytes());
            let mut slot = slot(packed);
            while table[slot].0 != 0 {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = (packed, language);
            index += 1;
        }
        language += 1;
    }
    table
};

/// A word of at most [`LONGEST`] bytes as a number.
const fn packed(word: &[u8]) -> u64 {
    let (mut packed, mut index) = (0, 0);
    while index < word.len() {
        packed |= (word[index] as u64) << (8 * index);
        index += 1;
    }
    packed
}

/// Where the table has a word at the earliest: the top bits of a product, by the number of Fibonacci hashing.
const fn slot(packed: u64) -> usize {
    (packed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_of_the_language_whose_short_words_it_has() {
        for (text, tag, spoken_as) in [
            ("Escale à Tanger du commandant", "en", Some("fr")),
            ("Le commandant de la force navale reçu à Tanger", "en", Some("fr")),
            ("Visita del jefe de la Armada a Rabat", "en", Some("es")),
            ("Visit of the commander to Tangier", "fr", Some("en")),
            ("Port call at La Goulette", "en", None),
            ("Institut royal", "en", None),
            ("Royal Institute for Amazigh Culture (Institut royal de la culture amazighe)", "en", None),
            ("Réunion de l'OTAN et du Maroc", "fr", None),
            ("Reunión de los ministros", "fr", None),
            ("La Haye", "en", None),
            ("Salah al Din al Ayyubi", "en", None),
            ("NATO", "fr", None),
        ] {
            let own = TONGUES.iter().position(|(code, ..)| *code == tag).expect("a known language");
            assert_eq!(spoken(text, own).map(|index| TONGUES[index].0), spoken_as, "{text} as {tag}");
        }
    }
}
