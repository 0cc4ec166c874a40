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

    /// A sign that may begin a group of signs into which one letter was garbled; see [`garbled`](super::garbled).
    pub(crate) const GARBLED: Self = Self(1 << 5);

    /// The classes of the characters of a text.
    ///
    /// ASCII characters, Latin letters with marks, Arabic letters, vowel signs, digits and punctuation, and typographic
    /// quotation marks and dashes are common. Except for the control characters of ASCII, each common character is
    /// visible, does not compose with its neighbour, and belongs to no other script. Uncommon characters may have these
    /// properties, too, but need a closer look. ASCII letters are not counted: callers look up ASCII in a table of bytes.
    pub(crate) fn of(text: &str) -> Self {
        let (bytes, mut all) = (text.as_bytes(), 0);
        for start in (0..bytes.len()).step_by(BLOCK) {
            let rest = &bytes[start..];
            all |= if let Some(block) = rest.first_chunk() {
                of_block(block)
            } else {
                let mut block = [0; BLOCK + AHEAD];
                block[..rest.len()].copy_from_slice(rest);
                of_block(&block)
            };
        }
        Self(all)
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

/// How many bytes of a text are looked at together.
const BLOCK: usize = 16;
/// How many bytes after a block are read too: of two vowel signs, the first may begin in the last byte of the block.
const AHEAD: usize = 3;

/// The classes of the characters that begin in a block, as the table has them. Treats each byte as the start of a character
/// and has no branches, so that the compiler vectorizes the loop: a branch for each character would be mispredicted, which
/// costs more than all comparisons. Blocks with rarer characters go to [`of_any_block`].
fn of_block(bytes: &[u8; BLOCK + AHEAD]) -> u8 {
    let (mut latin, mut arabic, mut digit, mut other, mut garbled) = (0, 0, 0, 0, 0);
    for at in 0..BLOCK {
        let [lead, next, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
        let is_latin = lead == 0xc3 && next != 0x97 && next != 0xb7;
        let is_arabic = lead == 0xd8 && is_in(next, 0xa1, 0xbf) || lead == 0xd9 && is_in(next, 0x81, 0x8a);
        let is_digit = lead == 0xd9 && is_in(next, 0xa0, 0xa9);
        let is_dash = lead == 0xe2 && next == 0x80 && is_in(third, 0x90, 0xa6);
        latin |= u8::from(is_latin);
        arabic |= u8::from(is_arabic);
        digit |= u8::from(is_digit);
        // U+00C2 to U+00DF or U+00E2 before anything beyond ASCII; `Ã` before a space is the word `à`.
        let is_first = is_in(next, 0x82, 0x9f) || next == 0xa2;
        let is_garbled = lead == 0xc3 && (is_first && third >= 0x80 || next == 0x83 && third == b' ');
        other |= u8::from(!(lead < 0xc0 || is_latin || is_arabic || is_digit || is_dash));
        garbled |= u8::from(is_garbled);
    }
    let garbled = garbled * Characters::GARBLED.0;
    if other != 0 {
        return of_any_block(bytes) | garbled;
    }
    (latin * Characters::LATIN.0) | (arabic * Characters::ARABIC.0) | (digit * Characters::DIGIT.0) | garbled
}

/// Like [`of_block`], for every character, by the table.
fn of_any_block(bytes: &[u8; BLOCK + AHEAD]) -> u8 {
    let of_two = |lead: u8, next: u8| TABLE[usize::from(lead & 0x1f) << 6 | usize::from(next & 0x3f)];
    let from = |at: usize| match bytes[at..] {
        [lead @ 0xc0..=0xdf, next, ..] => {
            let class = of_two(lead, next);
            let is_sign =
                |at: usize| matches!(bytes[at..], [0xd9, next, ..] if of_two(0xd9, next) == Characters::SIGN.0);
            if is_sign(at) && is_sign(at + 2) { class | Characters::UNCOMMON.0 } else { class }
        }
        // U+2010 to U+2026.
        [..=0xbf, ..] | [0xe2, 0x80, 0x90..=0xa6, ..] => 0,
        _ => Characters::UNCOMMON.0,
    };
    (0..BLOCK).fold(0, |all, at| all | from(at))
}

/// Whether a byte lies in the range from `first` to `last`, both included. Without a branch, for [`of_block`].
fn is_in(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last - first
}

/// The ASCII digit for an Arabic one.
pub(crate) fn ascii_digit(c: char) -> Option<char> {
    let digit = u32::from(c).checked_sub(0x660).filter(|digit| *digit < 10)?;
    char::from_digit(digit, 10)
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
    fn a_text_has_the_classes_of_its_characters() {
        for c in '\u{80}'..=char::MAX {
            for around in ["", "abcdefghijklmn", "abcdefghijklmno", "abcdefghijklmnop"] {
                let text = format!("{around}{c}{around}");
                assert_eq!(Characters::of(&text), Characters::of_one(c), "{text:?}");
            }
        }
        for before in 0..40 {
            let text = |marks: &str| format!("{}{marks} ", "x".repeat(before));
            assert!(!Characters::of(&text("\u{64b}ب\u{651}")).have(Characters::UNCOMMON), "{before}");
            assert!(Characters::of(&text("\u{64b}\u{651}")).have(Characters::UNCOMMON), "{before}");
        }
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
