//! One string of a record, and the classes of its characters.

use std::ops::BitOr;

use comity_document::pointer::Path;

use super::Findings;
use crate::dataset::EntryId;
use crate::kind::Kind;
use crate::value::Characters;

/// A string value of a record and its place.
#[derive(Debug)]
#[non_exhaustive]
pub struct TextContext<'a> {
    /// The record.
    pub entry: EntryId,
    /// The record's kind.
    pub kind: Kind,
    /// The place.
    pub at: &'a Path<'a>,
    /// The string.
    pub text: &'a str,
    /// The classes of the characters.
    pub classes: CharClasses,
    /// The `format` of the field in the schema. A value under `says` has the format of the field that its key names.
    /// Empty for a code.
    pub format: &'static str,
}

/// The check of a rule that sees strings.
pub type TextCheck = fn(&TextContext<'_>, &mut Findings<'_>);

/// Which strings a rule sees.
#[derive(Debug)]
#[non_exhaustive]
pub struct TextFilter {
    /// Whether the rule may find something in a string with characters of these classes.
    pub(crate) classes: fn(CharClasses) -> bool,
    /// The formats of the fields in which the rule may find something. An empty list means every field.
    pub(crate) formats: &'static [&'static str],
}

/// A set of classes of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharClasses(u16);

impl CharClasses {
    /// A control character.
    pub const CONTROL: Self = Self(1);
    /// Anything that is not ASCII.
    pub const FOREIGN: Self = Self(1 << 1);
    /// An ASCII or Arabic digit.
    pub const DIGIT: Self = Self(1 << 2);
    /// A space or a plus.
    pub const SPACED: Self = Self(1 << 3);
    /// `@`.
    pub const AT_SIGN: Self = Self(1 << 4);
    /// `<`, `&`, `[`, `*`: the beginning of markup other than `@`.
    pub const MARKUP: Self = Self(1 << 5);
    /// `?` or `#`: the beginning of the last parts of a web address.
    pub const QUERY: Self = Self(1 << 6);
    /// A Latin or Arabic letter.
    pub const LETTER: Self = Self(1 << 7);
    /// Anything else.
    pub const OTHER: Self = Self(1 << 8);
    /// A character outside ASCII that is not common, and needs a closer look.
    pub const UNCOMMON: Self = Self(1 << 9);
    /// A sign that may begin a group of signs into which one letter was garbled.
    pub const GARBLED: Self = Self(1 << 10);
    /// How many sets of classes there are.
    pub(crate) const SETS: u16 = Self::GARBLED.0 << 1;

    /// Every set of classes, each at its [`index`](Self::index).
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..Self::SETS).map(Self)
    }

    /// Whether the set has no class: the text is empty.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The index of the set among all sets.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }

    /// The classes of the characters of a text.
    pub fn of(text: &str) -> Self {
        let classes = Self(text.bytes().fold(0, |classes, byte| classes | CLASSES[byte as usize]));
        if !classes.have(Self::FOREIGN) {
            return classes;
        }
        let characters = Characters::of(text);
        let letter = characters.have(Characters::LATIN.or(Characters::ARABIC));
        let of = |has: bool, class: Self| if has { class } else { Self(0) };
        classes
            | of(letter, Self::LETTER)
            | of(characters.have(Characters::DIGIT), Self::DIGIT)
            | of(characters.have(Characters::UNCOMMON), Self::UNCOMMON)
            | of(characters.have(Characters::GARBLED), Self::GARBLED)
    }

    /// The union of two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have a class in common.
    pub const fn have(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

impl BitOr for CharClasses {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

/// The class of each byte.
const CLASSES: [u16; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte.to_le_bytes()[0] {
            0..=0x1f | 0x7f => CharClasses::CONTROL.0,
            0x80.. => CharClasses::FOREIGN.0,
            b'0'..=b'9' => CharClasses::DIGIT.0,
            b' ' | b'+' => CharClasses::SPACED.0,
            b'@' => CharClasses::AT_SIGN.0,
            b'<' | b'&' | b'[' | b'*' => CharClasses::MARKUP.0,
            b'?' | b'#' => CharClasses::QUERY.0,
            b'A'..=b'Z' | b'a'..=b'z' => CharClasses::LETTER.0,
            _ => CharClasses::OTHER.0,
        };
        byte += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::CharClasses;

    #[test]
    fn a_text_has_the_classes_of_its_characters() {
        for (text, classes) in [
            ("rabat-seminar", CharClasses::LETTER | CharClasses::OTHER),
            ("2019", CharClasses::DIGIT),
            ("é", CharClasses::FOREIGN | CharClasses::LETTER),
            ("– –", CharClasses::FOREIGN | CharClasses::SPACED),
            ("٢٠١٩", CharClasses::FOREIGN | CharClasses::DIGIT),
            ("e\u{301}", CharClasses::FOREIGN | CharClasses::UNCOMMON | CharClasses::LETTER),
            ("abcdefgh\u{64b}\u{651}", CharClasses::FOREIGN | CharClasses::UNCOMMON | CharClasses::LETTER),
            ("a\n", CharClasses::LETTER | CharClasses::CONTROL),
            ("abcdefghijklmnÃ©", CharClasses::FOREIGN | CharClasses::LETTER | CharClasses::GARBLED),
            ("Ã ", CharClasses::FOREIGN | CharClasses::LETTER | CharClasses::SPACED | CharClasses::GARBLED),
            (
                "+1 <b>",
                CharClasses::SPACED
                    | CharClasses::DIGIT
                    | CharClasses::MARKUP
                    | CharClasses::LETTER
                    | CharClasses::OTHER,
            ),
            ("a@b?c", CharClasses::AT_SIGN | CharClasses::LETTER | CharClasses::QUERY),
            ("-", CharClasses::OTHER),
        ] {
            assert_eq!(CharClasses::of(text), classes, "{text:?}");
        }
    }
}
