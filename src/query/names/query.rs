//! What is looked for, as terms; and words that are nearly a country or a phrase.

use std::sync::LazyLock;

use compact_str::CompactString;

use super::typos::Typos;
use super::words::{terms, words};
use super::{lexicon, skeleton};
use crate::value::folded;

/// The longest text that is looked for, in bytes: no name is longer.
const LONGEST: usize = 256;

/// A text as terms.
#[derive(Debug)]
pub(super) struct Query {
    /// The terms, each once.
    pub(super) terms: Vec<CompactString>,
    /// All letters and digits.
    pub(super) joined: String,
    /// The consonants of all words.
    pub(super) skeleton: String,
    /// Whether the text is an abbreviation: a few capitals.
    pub(super) is_abbreviation: bool,
    /// Whether a word says that a country is the place where something is: `in Morocco`, `au Maroc`.
    pub(super) says_where: bool,
}

impl Query {
    /// The query of a text, if the text says anything.
    pub(super) fn of(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let folded = folded(text);
        let says_where =
            folded.split(' ').any(|word| matches!(word, "in" | "at" | "to" | "au" | "aux" | "en" | "a" | "في" | "لدي"));
        let words = words(&folded);
        let is_abbreviation = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let skeleton = joined_skeleton(&words);
        let query = Self { terms: terms(&words), joined: joined(folded), skeleton, is_abbreviation, says_where };
        (!query.terms.is_empty()).then_some(query)
    }

    /// Whether a term of a name is a country that is asked for: a country that the record has anyway.
    pub(super) fn names(&self, term: &str) -> bool {
        term.starts_with('@') && self.terms.iter().any(|own| own == term)
    }

    /// Whether a sort of body is asked for, and not of which country: there is one in every country.
    pub(super) fn is_body_alone(&self) -> bool {
        let has = |sign| self.terms.iter().any(|term| term.starts_with(sign));
        has('#') && !has('@')
    }
}

/// All letters and digits of a name, which is [folded].
pub(super) fn joined(mut folded: String) -> String {
    folded.retain(|c| c != ' ');
    folded
}

/// The consonants of all words of a name.
pub(super) fn joined_skeleton(words: &[String]) -> String {
    skeleton::skeleton(&words.concat())
}

struct Known {
    words: Vec<(&'static str, &'static CompactString)>,
    typos: Typos,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let words: Vec<_> = lexicon::single().collect();
    let typos = Typos::of((0..).zip(words.iter().map(|(word, _)| *word)));
    Known { words, typos }
});

/// The terms of countries and phrases that a word nearly is.
pub(super) fn nearly(word: &str) -> impl Iterator<Item = CompactString> {
    let known = &*KNOWN;
    let found = known.typos.like(word, |number| known.words[number as usize].0);
    found.into_iter().map(|number| known.words[number as usize].1.clone())
}
