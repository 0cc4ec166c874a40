//! The words of names that are compared.

/// Words that do not distinguish names; `s` is the rest of `NATO's`.
const EMPTY: [&str; 15] =
    ["a", "an", "and", "at", "between", "by", "for", "from", "in", "its", "of", "on", "s", "the", "to"];

/// The words that distinguish a name, with plurals as singulars.
pub(crate) fn distinctive(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word));
    words.map(|word| match word.strip_suffix('s') {
        Some(singular) if singular.len() > 2 && !singular.ends_with('s') => singular,
        _ => word,
    })
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
    fn plurals_and_empty_words_do_not_distinguish() {
        let words = |text: &str| distinctive(&folded(text)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words("Visits of NATO's partners to Rabat"), ["visit", "nato", "partner", "rabat"]);
        assert_eq!(words("the gas is across"), ["gas", "is", "across"]);
    }

    #[test]
    fn numbers_are_compared_with_their_like() {
        assert_eq!(number("2018"), number("2019"));
        assert_ne!(number("2018"), number("25"));
        assert_eq!(number("first"), number("second"));
        assert_eq!(number("visit"), 0);
    }
}
