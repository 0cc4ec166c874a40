//! Words that differ by a slip of the finger, found without comparing with every word: two words that differ by one letter
//! become one once a letter is left out of either.

use super::by_text::ByText;
use super::skeleton::skeleton;
use crate::value::digits;

/// A word that has fewer letters is what it is.
const SHORTEST: usize = 4;
/// From so many letters on, two slips are one too many only after the second.
const LONG: usize = 8;
/// A longer word is compared with none.
const LONGEST: usize = 40;

/// Words, by every word that is left once a letter is left out.
#[derive(Debug, Default)]
pub(super) struct Typos {
    by_rest: ByText,
}

impl Typos {
    /// All words with their numbers.
    pub(super) fn of<'w>(words: impl Iterator<Item = (u32, &'w str)>) -> Self {
        let mut by_rest = ByText::default();
        words.for_each(|(number, word)| each_rest(word, |rest| by_rest.add(rest, number)));
        by_rest.sort();
        Self { by_rest }
    }

    /// The numbers of the words that may be meant; `text` gives a word by its number.
    pub(super) fn like<'t>(&self, word: &str, text: impl Fn(u32) -> &'t str) -> Vec<u32> {
        let letters = word.chars().count();
        let most = if letters >= LONG { 2 } else { 1 };
        let mut found: Vec<u32> = Vec::new();
        each_rest(word, |rest| found.extend(self.by_rest.of(rest)));
        found.sort_unstable();
        found.dedup();
        // The first letter is hardly ever wrong, and a slip in a digit names another thing.
        let consonants = skeleton(word);
        let is_spelling = |other: &str| letters >= 6 && skeleton(other) == consonants;
        let is_like = |number: &u32| {
            let other = text(*number);
            other.chars().count() >= SHORTEST
                && strsim::osa_distance(word, other) <= if is_spelling(other) { 2 } else { most }
                && (letters >= 6 || other.chars().next() == word.chars().next())
                && digits(word) == digits(other)
        };
        found.retain(is_like);
        found
    }
}

/// The word, and the word without each of its letters, one after the other in the same memory.
fn each_rest(word: &str, mut visit: impl FnMut(&str)) {
    if !(SHORTEST..=LONGEST).contains(&word.chars().count()) {
        return;
    }
    visit(word);
    let mut rest = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        rest.clear();
        rest.push_str(&word[..at]);
        rest.push_str(&word[at + c.len_utf8()..]);
        visit(&rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_and_another_word_is_not() {
        let words =
            ["mediterranean", "maritime", "rabat", "trainer", "kenitra", "oberammergau", "2019", "nato", "snmg2"];
        let typos = Typos::of((0..).zip(words));
        for (word, meant) in [
            ("mediteranean", Some("mediterranean")),
            ("mediterrannean", Some("mediterranean")),
            ("maritme", Some("maritime")),
            ("rabta", Some("rabat")),
            ("rabatt", Some("rabat")),
            ("oberamergau", Some("oberammergau")),
            ("2018", None),
            ("nata", Some("nato")),
            ("neto", Some("nato")),
            ("mato", None),
            ("nat", None),
            ("snmg1", None),
            ("sabat", None),
            ("trainee", Some("trainer")),
            ("kenya", None),
        ] {
            let found = typos.like(word, |number| words[number as usize]);
            assert_eq!(found.first().map(|number| words[*number as usize]), meant, "{word}");
        }
    }
}
