//! Texts that were written as UTF-8 and read as Windows-1252: each letter beyond ASCII became two or three signs, as in
//! `sÃ©curitÃ©`.

use comity_document::pointer::Span;
use encoding_rs::WINDOWS_1252;

use super::Characters;

/// A garbled text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Garbled {
    /// The place of the first group of signs, in bytes.
    pub(crate) at: Span,
    /// The character that the group stands for.
    pub(crate) was: char,
    /// The text as it was written. `None` where signs got lost on the way.
    pub(crate) meant: Option<String>,
}

/// How a text was garbled. `None` where every character may stand for itself.
pub(crate) fn garbled(text: &str) -> Option<Garbled> {
    if !Characters::of(text).have(Characters::GARBLED) {
        return None;
    }
    let (mut meant, mut first, mut leads) = (String::with_capacity(text.len()), None, Leads::default());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let at = text.len() - rest.len();
        let begins_word = text[..at].ends_with(' ') || at == 0;
        let length = if let Some((was, length)) = group(rest).or_else(|| lone_a(rest).filter(|_| begins_word)) {
            first.get_or_insert((Span::new(at, at + length), was));
            leads.add(sign);
            meant.push(was);
            length
        } else {
            meant.push(sign);
            sign.len_utf8()
        };
        rest = &rest[length..];
    }
    let (at, was) = first?;
    // A first sign that is left has lost the sign behind it.
    let meant = Some(meant).filter(|meant| !meant.contains(|sign| leads.have(sign)));
    (leads.count > 1 || leads.is_rare).then_some(Garbled { at, was, meant })
}

/// The first signs of the groups of one text. A text may have a million groups, and there are few different signs.
#[derive(Default)]
struct Leads {
    count: usize,
    /// Whether one of the signs is rare.
    is_rare: bool,
    /// A bit for each sign.
    signs: u64,
}

impl Leads {
    fn add(&mut self, sign: char) {
        self.count += 1;
        self.is_rare |= is_rare(sign);
        self.signs |= Self::bit(sign);
    }

    fn have(&self, sign: char) -> bool {
        self.signs & Self::bit(sign) != 0
    }

    /// The bit of a sign from U+00C0 to U+00FF; none for others, which begin no group.
    fn bit(sign: char) -> u64 {
        let place = u32::from(sign).wrapping_sub(0xc0);
        1_u64.checked_shl(place).unwrap_or(0)
    }
}

/// Whether hardly any text has the sign before one that is no letter, as the first sign of a group stands. A multiplication sign
/// may stand before a no-break space, a letter of Iceland before a quotation mark.
fn is_rare(sign: char) -> bool {
    matches!(sign, '\u{c2}'..='\u{c5}' | '\u{e2}')
}

/// The character that the signs at the beginning of a text stand for, and the length of the signs in bytes.
fn group(text: &str) -> Option<(char, usize)> {
    let mut signs = text.char_indices();
    let (_, lead) = signs.next()?;
    let count = match lead {
        '\u{c2}'..='\u{df}' => 1,
        '\u{e2}' => 2,
        _ => return None,
    };
    let (mut bytes, mut length) = (vec![byte(lead)?], 0);
    for _ in 0..count {
        let (at, sign) = signs.next()?;
        bytes.push(byte(sign)?);
        length = at + sign.len_utf8();
    }
    let was = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    is_usual(was).then_some((was, length))
}

/// The word `à` at the beginning of a text, whose second sign is a no-break space, which programs turn into a plain one.
fn lone_a(text: &str) -> Option<(char, usize)> {
    const SIGNS: &str = "Ã ";
    let behind = text.strip_prefix(SIGNS)?;
    let length = if behind.starts_with(' ') { SIGNS.len() } else { SIGNS.len() - 1 };
    Some(('à', length))
}

/// The byte that is read as a sign: by Windows-1252, or by Latin-1 where that leaves control characters.
fn byte(sign: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(sign) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(sign.encode_utf8(&mut buffer));
    bytes.first().copied().filter(|_| !is_lossy)
}

/// Whether texts of records have such characters: Latin, Greek, Cyrillic, Hebrew and Arabic letters, typographic signs, the euro
/// and the sign of trade marks.
fn is_usual(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{24f}' | '\u{386}'..='\u{3ce}' | '\u{400}'..='\u{45f}' | '\u{5d0}'..='\u{5ea}'
        | '\u{60c}'..='\u{6d3}' | '\u{2010}'..='\u{2044}' | '\u{20ac}' | '\u{2122}')
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::garbled;

    /// A text as Windows-1252 reads the bytes of UTF-8.
    fn misread(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn a_text_is_as_it_was_before_it_was_garbled() {
        for text in [
            "sécurité",
            "à",
            "cœur",
            "l’OTAN – « 25 ans »",
            "Ministère de l’Intérieur et État-major",
            "Español: año, Córdoba",
            "Türkiye",
            "Đurđević, Škoda",
            "الرباط",
            "حلف شمال الأطلسي، ٢٠١٩؟",
            "Ελλάδα",
            "Россия и НАТО",
            "ירושלים",
            "5 €",
            "100 × 20 m à Rabat",
        ] {
            let read = misread(text);
            let found = garbled(&read).unwrap_or_else(|| panic!("{read:?} was not recognised"));
            assert_eq!(found.meant.as_deref(), Some(text));
            assert_eq!(misread(&found.was.to_string()), read[found.at.range()], "{text}");
        }
        let latin: String = "Été".bytes().map(char::from).collect();
        let meant = |text: &str| garbled(text).expect("garbled").meant;
        for spaced in ["Réunion Ã  Tunis", "Réunion Ã Tunis"] {
            assert_eq!(meant(spaced).as_deref(), Some("Réunion à Tunis"));
        }
        assert_eq!(meant(&latin).as_deref(), Some("Été"));
        assert_eq!(meant("Ministère, sÃ©curité").as_deref(), Some("Ministère, sécurité"));
        // A scan of all earlier groups for each character would take minutes.
        assert_eq!(meant(&"Ã©".repeat(300_000)), Some("é".repeat(300_000)));
        assert_eq!(meant(&misread("ندوة في الرباط").replace('\u{81}', "")), None, "a sign was lost");
    }

    #[test]
    fn a_text_that_is_right_is_left_alone() {
        for text in [
            "",
            "Rabat",
            "sécurité »",
            "« café »",
            "« café\u{a0}»",
            "SÃO PAULO",
            "SÃO TOMÉ »",
            "ESPAÑA «ÑANDÚ»",
            "3\u{a0}×\u{a0}4",
            "Ø–Å",
            "„SØ“",
            "ÂGE D’OR, CÔTE D’ÂGE",
            "Âîne âîné",
            "الرباط",
            "Ελλάδα",
            "crème brûlée, dès l’été…",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }
}
