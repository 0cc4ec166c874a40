//! The words of names that are compared.

use crate::dataset::{PRINT, fingerprint};
use crate::value::folded;

/// How many words of a name are considered. A longer name is a text, and its further words do not distinguish it.
const WORDS: usize = 64;

/// The fingerprints of the words that distinguish a name, each with the type of number that it is.
pub(crate) fn prints(name: &str) -> Vec<u64> {
    let folded = folded(name);
    let mut prints = Vec::with_capacity(8);
    for word in distinctive(&folded).take(WORDS) {
        let sort = number(word).checked_ilog2().map_or(0, |bit| u64::from(bit) + 1);
        let print = (fingerprint(word) << SORT | sort) & PRINT;
        if !prints.contains(&print) {
            prints.push(print);
        }
    }
    prints
}

/// How many bits of a fingerprint give the type of number.
const SORT: u32 = 6;

/// The type of number that a word is, from its fingerprint; see [`number`].
pub(crate) fn sort_of_print(print: u64) -> u32 {
    match u32::try_from(print & ((1 << SORT) - 1)).unwrap_or_default() {
        0 => 0,
        bit => 1 << (bit - 1),
    }
}

/// The fingerprint of an actor's name; 0 for one that has no words.
pub(crate) fn print_of_actor(text: &str) -> u64 {
    let name = name_of_actor(text);
    if name.is_empty() { 0 } else { fingerprint(name.as_str()) & PRINT }
}

/// Whether a word does not distinguish names; `s` is the rest of `NATO's`.
fn is_empty(word: &str) -> bool {
    matches!(
        word,
        "" | "a"
            | "an"
            | "and"
            | "at"
            | "between"
            | "by"
            | "for"
            | "from"
            | "in"
            | "its"
            | "of"
            | "on"
            | "s"
            | "the"
            | "to"
    )
}

/// The words that distinguish a name, with plurals as singulars.
pub(crate) fn distinctive(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(' ').filter(|word| !is_empty(word));
    words.map(singular)
}

/// A word without the `s` of a plural.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(singular) if singular.len() > 2 && !singular.ends_with('s') => singular,
        _ => word,
    }
}

/// The word that is compared for a word of an actor's name: of spellings, of adjectives and their countries, and of words for
/// one sort of body, one stands for all. Empty for a word that says little.
fn of_actor(word: &str) -> &str {
    match word {
        "affairs" | "armed" => "",
        "algerian" => "algeria",
        "bahraini" => "bahrain",
        "center" => "centre",
        "defense" => "defence",
        "egyptian" => "egypt",
        "exterior" => "foreign",
        "french" => "france",
        "german" => "germany",
        "greek" => "greece",
        "hq" => "headquarter",
        "iraqi" => "iraq",
        "israeli" => "israel",
        "italian" => "italy",
        "jordanian" => "jordan",
        "kuwaiti" => "kuwait",
        "libyan" => "libya",
        "mauritanian" => "mauritania",
        "moroccan" => "morocco",
        "naval" => "navy",
        "dutch" => "netherlands",
        "norwegian" => "norway",
        "organization" => "organisation",
        "portuguese" => "portugal",
        "qatari" => "qatar",
        "spanish" => "spain",
        "tunisian" => "tunisia",
        "turkey" | "turkish" => "turkiye",
        "univ" => "university",
        _ => singular(word),
    }
}

/// The words of an actor's name in an order of their own, with one word for each that stands for it: `Moroccan Royal
/// Navy` and `Royal Navy of Morocco` are one.
pub(crate) fn name_of_actor(text: &str) -> String {
    let folded = folded(text);
    let each = folded.split(' ').filter(|word| !is_empty(word)).map(of_actor);
    let mut words: Vec<&str> = each.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    // A name of words that say little, such as `Armed Forces`, is compared as it stands.
    if words.len() > 1 { words.join(" ") } else { folded }
}

/// The type of number that a word is, as a bit. Two names with different numbers of one type are different: another
/// year, or the second instead of the third.
pub(crate) fn number(word: &str) -> u32 {
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    match word.bytes().filter(u8::is_ascii_digit).count() {
        0 => u32::from(ORDINALS.contains(&word)),
        digits => 1 << digits.min(31),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::folded;

    #[test]
    fn of_a_long_name_the_first_words_count() {
        let text = (0..10_000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(prints(&text).len(), WORDS);
    }

    #[test]
    fn a_fingerprint_tells_which_type_of_number_a_word_is() {
        for word in ["visit", "first", "2", "25", "2019"] {
            assert_eq!(prints(word).into_iter().map(sort_of_print).collect::<Vec<_>>(), [number(word)], "{word}");
        }
        assert_ne!(prints("25"), prints("26"));
    }

    #[test]
    fn plurals_and_empty_words_do_not_distinguish() {
        let words = |text: &str| distinctive(&folded(text)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words("Visits of NATO's partners to Rabat"), ["visit", "nato", "partner", "rabat"]);
        assert_eq!(words("the gas is across"), ["gas", "is", "across"]);
    }

    #[test]
    fn an_actor_is_known_whatever_the_order_of_its_words() {
        for (one, other, same) in [
            ("Moroccan Royal Navy", "Royal Navy of Morocco", true),
            ("Royal Moroccan Naval Forces", "Royal Moroccan Navy Force", true),
            ("Ministry of Foreign Affairs", "Foreign Ministry", true),
            ("Jordan Armed Forces", "Jordanian Armed Forces", true),
            ("NATO Defence College", "NATO Defense College", true),
            ("Armed Forces", "Forces", false),
            ("Ministry of Defence", "Ministry of the Interior", false),
            ("Royal Moroccan Navy", "Royal Moroccan Air Force", false),
            ("Nasser Bourita", "Bourita, Nasser", true),
        ] {
            assert_eq!(name_of_actor(one) == name_of_actor(other), same, "{one} and {other}");
        }
    }

    #[test]
    fn numbers_are_compared_with_their_like() {
        assert_eq!(number("2018"), number("2019"));
        assert_ne!(number("2018"), number("25"));
        assert_eq!(number("first"), number("second"));
        assert_eq!(number("visit"), 0);
    }
}
