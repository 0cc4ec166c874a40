//! The characters that nearly all texts here are made of, known without a look-up.

/// Whether a text has none but common characters: printable ASCII, Latin letters with their marks, Arabic letters, digits
/// and punctuation, and the quotation marks and dashes of print. Each of them is seen, none composes with its neighbour,
/// and no letter of another script is among them. A text of others may be just as good; it must be looked at.
pub(crate) fn is_common(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let second = || bytes.get(at + 1).copied().unwrap_or_default();
        let (common, length) = match byte {
            0x20..=0x7e => (true, 1),
            // U+00A0 to U+00BF, without the soft hyphen.
            0xc2 => (second() >= 0xa0 && second() != 0xad, 2),
            // U+00C0 to U+02BF.
            0xc3..=0xca => (true, 2),
            // The Arabic comma, semicolon and question mark, and U+0621 to U+063F.
            0xd8 => (matches!(second(), 0x8c | 0x9b | 0x9f | 0xa1..), 2),
            // U+0641 to U+064A, and the digits.
            0xd9 => (matches!(second(), 0x81..=0x8a | 0xa0..=0xa9), 2),
            // U+2010 to U+2026.
            0xe2 => (second() == 0x80 && matches!(bytes.get(at + 2), Some(0x90..=0xa6)), 3),
            _ => (false, 1),
        };
        if !common {
            return false;
        }
        at += length;
    }
    true
}

#[cfg(test)]
mod tests {
    use icu_normalizer::ComposingNormalizerBorrowed;
    use icu_properties::CodePointMapData;
    use icu_properties::props::{CanonicalCombiningClass, GeneralCategory, Script};

    use super::is_common;

    #[test]
    fn a_common_character_is_seen_and_stands_for_itself() {
        let common: Vec<char> = ('\0'..=char::MAX).filter(|c| is_common(&c.to_string())).collect();
        for c in &common {
            let category = CodePointMapData::<GeneralCategory>::new().get(*c);
            let hidden =
                matches!(category, GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::Unassigned);
            assert!(!hidden, "{c:?} is not seen");
            let class = CodePointMapData::<CanonicalCombiningClass>::new().get(*c);
            assert_eq!(class, CanonicalCombiningClass::NotReordered, "{c:?}");
            let script = CodePointMapData::<Script>::new().get(*c);
            assert!(matches!(script, Script::Common | Script::Latin | Script::Arabic | Script::Inherited), "{c:?}");
        }
        let all: String = common.iter().collect();
        let pairs: String = common.iter().flat_map(|c| [*c, 'e', *c, 'ا', *c]).collect();
        for text in [all, pairs] {
            assert!(ComposingNormalizerBorrowed::new_nfc().is_normalized(&text));
            assert!(is_common(&text));
        }
        assert!(common.len() > 700);
    }

    #[test]
    fn what_must_be_looked_at_is_not_common() {
        for text in
            ["\n", "\u{7f}", "\u{ad}", "e\u{301}", "\u{640}", "\u{64b}", "\u{200b}", "Α", "К", "\u{61c}", "\u{2028}"]
        {
            assert!(!is_common(text), "{text:?}");
        }
        for text in ["", "Rabat", "l’OTAN – « 25 ans »", "حلف شمال الأطلسي، ٢٠١٩؟"] {
            assert!(is_common(text), "{text}");
        }
    }
}
