//! The characters of nearly all texts of records, recognised without a look-up in the tables of Unicode.

/// A set of classes of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Characters(u8);

impl Characters {
    /// A Latin letter. For a whole text, only letters outside ASCII count.
    pub(crate) const LATIN: Self = Self(1);
    /// An Arabic letter.
    pub(crate) const ARABIC: Self = Self(1 << 1);
    /// An Arabic digit.
    pub(crate) const DIGIT: Self = Self(1 << 2);
    /// An Arabic vowel sign.
    const SIGN: Self = Self(1 << 3);
    /// Any other character, and two vowel signs in a row, whose order matters for composition.
    pub(crate) const UNCOMMON: Self = Self(1 << 4);

    /// The classes of the characters of a text.
    ///
    /// ASCII characters, Latin letters with marks, Arabic letters, vowel signs, digits and punctuation, and typographic
    /// quotation marks and dashes are common. Except for the control characters of ASCII, each common character is
    /// visible, does not compose with its neighbour, and belongs to no other script. Uncommon characters may have these
    /// properties, too, but need a closer look. ASCII letters are not counted, because eight of them are skipped in one
    /// step.
    pub(crate) fn of(text: &str) -> Self {
        let (mut all, mut rest) = (Self(0), text.as_bytes());
        loop {
            rest = match rest {
                [] => return all,
                [lead @ 0xc0..=0xdf, next, after @ ..] => {
                    let class = Self::of_two(*lead, *next);
                    all = all.or(class);
                    if class == Self::SIGN && begins_with_sign(after) {
                        all = all.or(Self::UNCOMMON);
                    }
                    after
                }
                // The space between two Arabic words, and U+2010 to U+2026.
                [b' ', after @ ..] | [0xe2, 0x80, 0x90..=0xa6, after @ ..] => after,
                [0..=0x7f, after @ ..] => without_ascii(after),
                [_, after @ ..] => {
                    all = all.or(Self::UNCOMMON);
                    after
                }
            };
        }
    }

    /// The class of a character of two bytes.
    fn of_two(lead: u8, next: u8) -> Self {
        Self(TABLE[usize::from(lead & 0x1f) << 6 | usize::from(next & 0x3f)])
    }

    /// The class of one character.
    pub(crate) fn of_one(c: char) -> Self {
        match TABLE.get(c as usize) {
            Some(class) => Self(*class),
            None if matches!(c, '\u{2010}'..='\u{2026}') => Self(0),
            None => Self::UNCOMMON,
        }
    }

    /// The union of two sets.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have a class in common.
    pub(crate) const fn have(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

fn begins_with_sign(text: &[u8]) -> bool {
    matches!(text, [lead @ 0xc0..=0xdf, next, ..] if Characters::of_two(*lead, *next) == Characters::SIGN)
}

/// The bytes after the ASCII characters among the first eight bytes.
fn without_ascii(bytes: &[u8]) -> &[u8] {
    let word = bytes.first_chunk().map(|word| u64::from_le_bytes(*word) & 0x8080_8080_8080_8080);
    &bytes[word.map_or(0, |foreign| foreign.trailing_zeros() as usize / 8)..]
}

/// Whether all characters of a text are common.
pub(crate) fn is_common(text: &str) -> bool {
    !Characters::of(text).have(Characters::UNCOMMON)
}

/// The class of each character of one or two bytes.
const TABLE: [u8; 0x800] = {
    let mut table = [0; 0x800];
    let mut c: u16 = 0;
    while (c as usize) < table.len() {
        table[c as usize] = match c {
            0x41..=0x5a | 0x61..=0x7a | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x24f => Characters::LATIN.0,
            // Without the control characters after ASCII and the soft hyphen; with the Arabic comma, semicolon and
            // question mark.
            0..=0x7f | 0xa0..=0xac | 0xae..=0xbf | 0xd7 | 0xf7 | 0x250..=0x2bf | 0x60c | 0x61b | 0x61f => 0,
            0x621..=0x63f | 0x641..=0x64a => Characters::ARABIC.0,
            0x64b..=0x652 => Characters::SIGN.0,
            0x660..=0x669 => Characters::DIGIT.0,
            _ => Characters::UNCOMMON.0,
        };
        c += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use icu_normalizer::ComposingNormalizerBorrowed;
    use icu_properties::CodePointMapData;
    use icu_properties::props::{GeneralCategory, Script};

    use super::{Characters, is_common};

    #[test]
    fn a_common_character_is_seen_and_stands_for_itself() {
        let common: Vec<char> = (' '..=char::MAX).filter(|c| is_common(&c.to_string()) && *c != '\u{7f}').collect();
        for c in &common {
            let category = CodePointMapData::<GeneralCategory>::new().get(*c);
            let hidden =
                matches!(category, GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::Unassigned);
            assert!(!hidden, "{c:?} is not seen");
            let script = CodePointMapData::<Script>::new().get(*c);
            assert!(matches!(script, Script::Common | Script::Latin | Script::Arabic | Script::Inherited), "{c:?}");
            let class = Characters::of_one(*c);
            assert!(!class.have(Characters::LATIN) || script == Script::Latin && c.is_alphabetic(), "{c:?}");
            assert!(!class.have(Characters::ARABIC) || script == Script::Arabic && c.is_alphabetic(), "{c:?}");
            assert!(!class.have(Characters::DIGIT) || c.is_numeric(), "{c:?}");
        }
        for one in &common {
            // The character after and before other characters, where both are common together.
            let pairs =
                ['e', 'o', 'ا', 'و', 'ي', '\u{64e}', '\u{651}'].map(|other| format!("{one}{other}x{other}{one}"));
            for text in pairs.iter().filter(|text| is_common(text)) {
                assert!(ComposingNormalizerBorrowed::new_nfc().is_normalized(text), "{text:?}");
            }
        }
        assert!(common.len() > 700);
    }

    #[test]
    fn a_character_that_needs_a_closer_look_is_not_common() {
        for text in
            ["\u{ad}", "e\u{301}", "\u{640}", "\u{64b}\u{651}", "\u{653}", "\u{200b}", "Α", "К", "\u{61c}", "\u{2028}"]
        {
            assert!(!is_common(text), "{text:?}");
        }
        for text in ["", "Rabat", "l’OTAN – « 25 ans »", "حلف شمال الأطلسي، ٢٠١٩؟", "شكرًا"]
        {
            assert!(is_common(text), "{text}");
        }
    }
}
