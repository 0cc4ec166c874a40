//! `wrong-language`: see the page beside this file.

use std::sync::LazyLock;

use hashbrown::HashMap;

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
    if is_first { WORDS.get(&*word.to_ascii_lowercase()) } else { WORDS.get(word) }.copied()
}

/// Each short word with the index of its language.
static WORDS: LazyLock<HashMap<&'static [u8], usize>> = LazyLock::new(|| {
    let by_language = TONGUES.iter().map(|(.., words)| *words).chain([&SHARED[..]]);
    by_language.enumerate().flat_map(|(index, words)| words.iter().map(move |word| (word.as_bytes(), index))).collect()
});

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
