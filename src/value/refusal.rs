//! Why a text is refused, in words for the person who typed the text, and what was probably meant.

use std::borrow::Cow;
use std::fmt;

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Why a text is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// What is wrong: a sentence in lower case, without a full stop, with the text in backticks.
    pub why: String,
    /// The text that was probably meant. This text is never refused itself.
    pub meant: Option<String>,
    /// Advice on what to type, where the text that was meant is not enough.
    pub help: Option<String>,
}

impl Refusal {
    /// A refusal without advice.
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), meant: None, help: None }
    }

    /// Adds the text that was probably meant.
    pub(crate) fn meant(self, meant: Option<String>) -> Self {
        Self { meant, ..self }
    }

    /// Adds advice on what to type.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The advice on what to type, or else the question whether another text was meant.
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

/// The text, cut to a length for messages.
pub(crate) fn short(text: &str) -> Cow<'_, str> {
    cut(text, 80)
}

/// The largest number of characters of a value that a message quotes.
const QUOTED: usize = 120;
/// The largest number of characters of a message.
const MESSAGE: usize = 1_000;

/// Cuts the values that a message quotes. A value may be as long as its record, and thousands of messages may quote the
/// value.
pub(crate) fn shortened(message: String) -> String {
    if message.len() <= QUOTED {
        return message;
    }
    let mut parts: Vec<Cow<'_, str>> = message.split('`').map(Cow::from).collect();
    // Where a value has a backtick, the quoted parts are unknown.
    if parts.len() % 2 == 1 {
        parts.iter_mut().skip(1).step_by(2).for_each(|part| *part = cut(part, QUOTED).into_owned().into());
    }
    cut(&parts.join("`"), MESSAGE).into_owned()
}

/// The text, or its first `most` characters with an ellipsis.
pub(crate) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{} …", text[..end].trim_end()).into(),
        None => text.into(),
    }
}

/// The length in bytes of the longest word that [`nearest`] compares: no id, code, field or reference is longer. The
/// time of a comparison grows with the product of the lengths of the words, and a hostile word has a million
/// characters.
const LONGEST: usize = 128;

/// The candidate that is most similar to a word; `None` where no candidate is similar. Capitals and the characters that
/// join words do not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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
        // The first measure finds a short word similar to each long word with the same beginning; the second measure
        // counts the missing letters. The second measure takes ten times as long, and thousands of candidates may be
        // similar.
        if strsim::normalized_damerau_levenshtein(&text, &word) > 0.6 && !is_opposite(&word, &text) {
            best = Some((begins, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether a word says the opposite of a candidate, or names the same relation from its other end: `not held` and `held`,
/// `incomplete` and `completed`, `superseded by` and `supersedes`.
pub(crate) fn is_opposite(word: &str, candidate: &str) -> bool {
    const DENIALS: [&str; 15] = [
        "not", "no", "non", "never", "without", "be", "pas", "sans", "jamais", "sin", "nunca", "غير", "لم", "لن",
        "بدون",
    ];
    let word = plain(word);
    let has = |part: &str| candidate.split('-').any(|own| own == part);
    let is_denied = || word.split('-').any(|part| DENIALS.contains(&part) && !has(part));
    let begins = |rest: &str| rest.chars().count() > 3 && rest.chars().take(4).eq(candidate.chars().take(4));
    let is_undone = || ["un", "in", "non", "dis"].iter().any(|prefix| word.strip_prefix(prefix).is_some_and(begins));
    let last = word.rsplit('-').next().unwrap_or_default();
    is_denied() || is_undone() || matches!(last, "by" | "in") && !has(last)
}

/// The text in lower case with hyphens between words. Most candidates, such as ids, already have this form.
fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/')) {
        return text.into();
    }
    text.to_lowercase().replace([' ', '_'], "-").into()
}

/// The text in lower-case letters and digits, without accents, with a single hyphen for each group of other characters.
/// Letters without a Latin form stay.
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
    fn the_opposite_of_a_word_is_not_near() {
        for (word, candidate) in [
            ("not held", "held"),
            ("will be held", "held"),
            ("unheld", "held"),
            ("incomplete", "completed"),
            ("superseded by", "supersedes"),
            ("resulted in", "result-of"),
        ] {
            assert!(is_opposite(word, candidate), "{word} and {candidate}");
            assert_eq!(nearest(word, [candidate]), None);
        }
        for (word, candidate) in [("invitd", "invited"), ("informal talks", "informal"), ("non-paper", "non-paper")] {
            assert!(!is_opposite(word, candidate), "{word} and {candidate}");
        }
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
