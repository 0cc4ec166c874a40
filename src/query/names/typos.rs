//! Words that differ by a slip of the finger, found without comparing with every word: two words that differ by one letter
//! become one once a letter is left out of either.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashMap};

use super::skeleton::skeleton;

/// A word that has fewer letters is what it is.
const SHORTEST: usize = 4;
/// From so many letters on, two slips are one too many only after the second.
const LONG: usize = 8;
/// A longer word is compared with none.
const LONGEST: usize = 40;

/// Words, by every word that is left once a letter is left out.
#[derive(Debug, Default)]
pub(super) struct Typos {
    by_rest: HashMap<u64, Vec<u32>>,
    hasher: DefaultHashBuilder,
}

impl Typos {
    /// Adds a word by its number.
    pub(super) fn add(&mut self, word: &str, number: u32) {
        for rest in rests(word) {
            let words = self.by_rest.entry(self.hasher.hash_one(rest)).or_default();
            if words.last() != Some(&number) {
                words.push(number);
            }
        }
    }

    /// The numbers of the words that may be meant; `text` gives a word by its number.
    pub(super) fn like<'t>(&self, word: &str, text: impl Fn(u32) -> &'t str) -> Vec<u32> {
        let letters = word.chars().count();
        let most = if letters >= LONG { 2 } else { 1 };
        let found = rests(word).filter_map(|rest| self.by_rest.get(&self.hasher.hash_one(rest))).flatten().copied();
        let mut found: Vec<u32> = found.collect();
        found.sort_unstable();
        found.dedup();
        // The first letter is hardly ever wrong, and a slip in a digit names another thing.
        let consonants = skeleton(word);
        let is_spelling = |other: &str| letters >= 6 && skeleton(other) == consonants;
        let is_like = |number: &u32| {
            let other = text(*number);
            let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
            other.chars().count() >= SHORTEST
                && strsim::osa_distance(word, other) <= if is_spelling(other) { 2 } else { most }
                && (letters >= 6 || other.chars().next() == word.chars().next())
                && digits(word) == digits(other)
        };
        found.retain(is_like);
        found
    }
}

/// The word, and the word without each of its letters.
fn rests(word: &str) -> impl Iterator<Item = String> {
    let is_compared = (SHORTEST..=LONGEST).contains(&word.chars().count());
    let without = word.char_indices().map(|(at, c)| format!("{}{}", &word[..at], &word[at + c.len_utf8()..]));
    std::iter::once(word.to_owned()).chain(without).filter(move |_| is_compared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_and_another_word_is_not() {
        let words =
            ["mediterranean", "maritime", "rabat", "trainer", "kenitra", "oberammergau", "2019", "nato", "snmg2"];
        let mut typos = Typos::default();
        (0..).zip(words).for_each(|(number, word)| typos.add(word, number));
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
