//! `wrong-language`: see the page beside this file.

use std::sync::LazyLock;

use comity_document::at;
use comity_document::pointer::Pointer;
use hashbrown::HashMap;

use super::by_language;
use crate::lint::{DocumentContext, Findings, Place, Rule};
use crate::record::{ActorType, Body};
use crate::value::Language;

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
/// The length of the longest short word, in bytes.
const LONGEST: usize = 7;
/// How many words of another language make a text one of that language.
const ENOUGH: usize = 2;

/// Checks every text under English, French or Spanish, but the names of people, and every tag that is the code of a country.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let is_person = matches!(&context.record.body, Body::Actor(actor) if actor.r#type == ActorType::Person);
    by_language::each(context.record, &mut |language, text, at| {
        let own = TONGUES.iter().position(|(code, ..)| *code == language.as_ref());
        match own {
            Some(own) if !is_person => compare(context, own, text, at, findings),
            Some(_) => {}
            None => as_country(context, language, &|| Place::Key(at()), findings),
        }
    });
    let languages = match &context.record.body {
        Body::Source(source) => Some(&source.languages),
        Body::Survey(survey) => survey.languages.as_ref(),
        _ => None,
    };
    for (index, language) in languages.into_iter().flat_map(|languages| languages.iter()).enumerate() {
        as_country(context, language, &|| Place::Value(at!["languages"].index(index)), findings);
    }
}

fn compare(
    context: &DocumentContext<'_>,
    own: usize,
    text: &str,
    at: &dyn Fn() -> Pointer,
    findings: &mut Findings<'_>,
) {
    let Some(other) = spoken(text, own) else { return };
    let ((tag, name, _), (code, other, _)) = (TONGUES[own], TONGUES[other]);
    findings
        .at(context.entry, Place::Value(at()), format!("this text is marked as {name} (`{tag}`), but reads as {other}"))
        .help(format!("put it under `{code}`; under `{tag}` write the text in {name}, or leave it out"));
}

/// Codes of countries that are also the tags of languages in which nobody writes about these countries: the code, the language, the
/// country, and the languages of the country.
#[rustfmt::skip]
const COUNTRIES: [(&str, &str, &str, &str); 12] = [
    ("ae", "Avestan", "the United Arab Emirates", "`ar`"),
    ("ba", "Bashkir", "Bosnia and Herzegovina", "`bs`, `hr` or `sr`"),
    ("ch", "Chamorro", "Switzerland", "`de`, `fr` or `it`"),
    ("dz", "Dzongkha", "Algeria", "`ar` or `fr`"),
    ("ee", "Ewe", "Estonia", "`et`"),
    ("kw", "Cornish", "Kuwait", "`ar`"),
    ("mr", "Marathi", "Mauritania", "`ar` or `fr`"),
    ("om", "Oromo", "Oman", "`ar`"),
    ("sa", "Sanskrit", "Saudi Arabia", "`ar`"),
    ("se", "Northern Sami", "Sweden", "`sv`"),
    ("sn", "Shona", "Senegal", "`fr`"),
    ("tn", "Tswana", "Tunisia", "`ar` or `fr`"),
];

/// Reports the code of a country in the place of a language.
fn as_country(
    context: &DocumentContext<'_>,
    language: &Language,
    place: &dyn Fn() -> Place,
    findings: &mut Findings<'_>,
) {
    let tag = language.as_ref();
    let Some((_, name, country, meant)) = COUNTRIES.iter().find(|(code, ..)| *code == tag) else { return };
    let message = format!("`{tag}` is the tag of {name}, which is not a language of {country}");
    findings.at(context.entry, place(), message).help(format!("write {meant}, as the text is"));
}

/// The language of a text that has no word of its own language, if that is certain. Most texts have a word of their own near
/// the beginning, and are not read further.
fn spoken(text: &str, own: usize) -> Option<usize> {
    let (mut found, mut shared) = ([0; TONGUES.len()], 0);
    for (index, word) in text.as_bytes().split(|byte| SEPARATES[usize::from(*byte)]).enumerate() {
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
    // Most words are too long or begin with a capital letter, and need not be looked up.
    if !(1..=LONGEST).contains(&word.len()) || !is_first && word[0].is_ascii_uppercase() {
        return None;
    }
    if is_first { WORDS.get(&*word.to_ascii_lowercase()) } else { WORDS.get(word) }.copied()
}

/// Whether a byte separates words: in ASCII, whatever is no letter and no digit. A look-up, since each byte of a text is asked.
static SEPARATES: [bool; 256] = {
    let mut separates = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        separates[byte as usize] = !byte.is_ascii_alphanumeric();
        byte += 1;
    }
    separates
};

/// Each short word with the index of its language.
static WORDS: LazyLock<HashMap<&'static [u8], usize>> = LazyLock::new(|| {
    let by_language = TONGUES.iter().map(|(.., words)| *words).chain([&SHARED[..]]);
    by_language.enumerate().flat_map(|(index, words)| words.iter().map(move |word| (word.as_bytes(), index))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_short_word_is_longer_than_the_longest() {
        assert_eq!(WORDS.keys().map(|word| word.len()).max(), Some(LONGEST));
    }

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
