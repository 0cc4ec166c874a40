//! The characters that nearly all texts here are made of, known without a look-up.

/// Whether a text has none but common characters: ASCII, Latin letters with their marks, Arabic letters, vowel signs,
/// digits and punctuation, and the quotation marks and dashes of print. Beside the control characters of ASCII each of
/// them is seen, none composes with its neighbour, and no letter of another script is among them. A text of others may be
/// just as good; it must be looked at.
pub(crate) fn is_common(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut signed) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        // ASCII comes in runs.
        if let Some(Ok(word)) = bytes.get(at..at + 8).map(|word| word.try_into().map(u64::from_le_bytes))
            && word & 0x8080_8080_8080_8080 == 0
        {
            (at, signed) = (at + 8, false);
            continue;
        }
        let second = || bytes.get(at + 1).copied().unwrap_or_default();
        let (common, length) = match byte {
            0..=0x7f => (true, 1),
            // U+00A0 to U+00BF, without the soft hyphen.
            0xc2 => (second() >= 0xa0 && second() != 0xad, 2),
            // U+00C0 to U+02BF.
            0xc3..=0xca => (true, 2),
            // The Arabic comma, semicolon and question mark, and U+0621 to U+063F.
            0xd8 => (matches!(second(), 0x8c | 0x9b | 0x9f | 0xa1..), 2),
            // A vowel sign, unless it follows another: two have an order.
            0xd9 if matches!(second(), 0x8b..=0x92) => (!signed, 2),
            // U+0641 to U+064A, and the digits.
            0xd9 => (matches!(second(), 0x81..=0x8a | 0xa0..=0xa9), 2),
            // U+2010 to U+2026.
            0xe2 => (second() == 0x80 && matches!(bytes.get(at + 2), Some(0x90..=0xa6)), 3),
            _ => (false, 1),
        };
        if !common {
            return false;
        }
        signed = byte == 0xd9 && matches!(second(), 0x8b..=0x92);
        at += length;
    }
    true
}

#[cfg(test)]
mod tests {
    use icu_normalizer::ComposingNormalizerBorrowed;
    use icu_properties::CodePointMapData;
    use icu_properties::props::{GeneralCategory, Script};

    use super::is_common;

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
        }
        for one in &common {
            // Behind another and before another, as far as both are common together.
            let pairs =
                ['e', 'o', 'ا', 'و', 'ي', '\u{64e}', '\u{651}'].map(|other| format!("{one}{other}x{other}{one}"));
            for text in pairs.iter().filter(|text| is_common(text)) {
                assert!(ComposingNormalizerBorrowed::new_nfc().is_normalized(text), "{text:?}");
            }
        }
        assert!(common.len() > 700);
    }

    #[test]
    fn what_must_be_looked_at_is_not_common() {
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
