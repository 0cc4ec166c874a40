//! Why a text is refused, in the words of the person who typed it; and what was probably meant.

use std::borrow::Cow;
use std::fmt;

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, in lower case and without a full stop, with the text in backticks.
    pub why: String,
    /// The text that was probably meant; always one that is not refused.
    pub meant: Option<String>,
    /// What to type, where that is more than what was meant.
    pub help: Option<String>,
}

impl Refusal {
    /// A refusal and no more.
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), meant: None, help: None }
    }

    /// With what was probably meant, if that is known.
    pub(crate) fn meant(self, meant: Option<String>) -> Self {
        Self { meant, ..self }
    }

    /// With what to type.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// What to type, as far as that is known.
    pub fn advice(&self) -> Option<String> {
        self.help.clone().or_else(|| self.meant.as_ref().map(|meant| format!("did you mean `{meant}`?")))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)?;
        self.advice().map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for String {
    fn from(refusal: Refusal) -> Self {
        refusal.to_string()
    }
}

/// A text short enough for a message.
pub(crate) fn short(text: &str) -> Cow<'_, str> {
    cut(text, 80)
}

/// How many characters of a value a message quotes.
const QUOTED: usize = 120;
/// How many characters a message has.
const MESSAGE: usize = 1_000;

/// A message in which no quoted value is longer than a person reads: a value may be as long as its record, and thousands
/// of messages may quote it.
pub(crate) fn shortened(message: String) -> String {
    if message.len() <= QUOTED {
        return message;
    }
    let mut parts: Vec<Cow<'_, str>> = message.split('`').map(Cow::from).collect();
    // A value that itself has a backtick leaves unclear what is quoted.
    if parts.len() % 2 == 1 {
        parts.iter_mut().skip(1).step_by(2).for_each(|part| *part = cut(part, QUOTED).into_owned().into());
    }
    cut(&parts.join("`"), MESSAGE).into_owned()
}

/// The beginning of a text that is longer than so many characters, with a sign that there is more.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()).into(),
        None => text.into(),
    }
}

/// The longest word that a nearest one is looked for, in bytes: no id, code, field or reference is longer. To compare two
/// words takes time in proportion to the product of their lengths, and a hostile word has a million characters.
const LONGEST: usize = 128;

/// The candidate most like a word, if one is like it. Capitals, and what joins words, do not count.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = plain(word);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST) {
        let text = plain(candidate);
        let begins = strsim::jaro_winkler(&text, &word);
        let is_worse = |best: (f64, &str)| begins.total_cmp(&best.0).then_with(|| best.1.cmp(candidate)).is_le();
        if begins <= 0.85 || best.is_some_and(is_worse) {
            continue;
        }
        // A short word is much like every long one that begins with it; the second measure counts what is missing. It
        // takes ten times as long, and there may be thousands of candidates that are all alike.
        if strsim::normalized_damerau_levenshtein(&text, &word) > 0.6 {
            best = Some((begins, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Most candidates, such as ids, are plain as they are.
fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/')) {
        return text.into();
    }
    text.to_lowercase().replace([' ', '_'], "-").into()
}

/// A text as small letters and digits, without accents, with single hyphens for all else. Letters that have no plain
/// form stay.
pub(crate) fn slugged(text: &str) -> String {
    let plain = DecomposingNormalizerBorrowed::new_nfd().normalize(text).to_lowercase();
    let mut slug = String::with_capacity(plain.len());
    for c in plain.chars().filter(|c| !matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}')) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("Head of State", ["head-of-government", "head-of-state"]), Some("head-of-state"));
        assert_eq!(nearest("eur", ["EUR", "USD"]), Some("EUR"));
        assert_eq!(nearest("wehn", ["when", "where"]), Some("when"));
        assert_eq!(nearest("x", ["EUR", "USD"]), None);
        assert_eq!(nearest("moroccan-foreign-ministry", ["morocco"]), None);
        let (long, longer) = ("x".repeat(LONGEST), "x".repeat(LONGEST + 1));
        assert_eq!(nearest(&long, [long.as_str()]), Some(long.as_str()));
        assert_eq!((nearest(&longer, [long.as_str()]), nearest(&long, [longer.as_str()])), (None, None));
    }

    #[test]
    fn a_message_quotes_the_beginning_of_a_long_value() {
        let long = "x".repeat(1_000_000);
        let words = format!("{} is what this field needs", "one word more and ".repeat(20));
        let quoted = format!("`{} …`", &long[..QUOTED]);
        for (message, expected) in [
            (format!("`{long}` is no date"), format!("{quoted} is no date")),
            (format!("neither `a` nor `{long}`"), format!("neither `a` nor {quoted}")),
            (words.clone(), words),
            (long.clone(), format!("{} …", &long[..MESSAGE])),
            (format!("`a`b{long}`"), format!("`a`b{} …", &long[..MESSAGE - 4])),
        ] {
            assert_eq!(shortened(message), expected);
        }
    }

    #[test]
    fn a_slug_keeps_what_can_be_kept() {
        for (text, slug) in [
            ("Séminaire de Rabat (2019)", "seminaire-de-rabat-2019"),
            ("L'Économiste", "leconomiste"),
            ("__a--b", "a-b"),
        ] {
            assert_eq!(slugged(text), slug);
        }
        assert_eq!(slugged("الرباط"), "الرباط");
    }
}
