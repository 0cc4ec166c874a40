//! `garbled-text`: see the page beside this file.

use comity_document::pointer::Span;
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::lint::{Change, CharClasses, Findings, Fixable, Place, Rule, TextContext, TextFilter};
use crate::value::{StringFormat, Text, garbled, short};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "garbled-text",
    "letters that turned into other signs when the text was copied or saved",
    "nobody can read or find it, and what was lost comes back only from the page itself",
    include_str!("garbled_text.md"),
)
.fixed(Fixable::Suggested);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter = TextFilter {
    classes: |classes| classes.have(CharClasses::GARBLED.or(CharClasses::UNCOMMON).or(CharClasses::QUERY)),
    formats: &[Text::FORMAT],
};

/// What programs write for a letter that they could not read.
const LOST: char = char::REPLACEMENT_CHARACTER;

/// Reports UTF-8 that was read as Windows-1252, letters that were lost, and letters as a PDF draws them.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    if let Some(found) = garbled(text.text) {
        let signs = &text.text[found.at.range()];
        let message = format!(
            "`{signs}` stands here for `{}`: this text was saved in one encoding and read in another",
            found.was
        );
        let finding = findings.at(text.entry, Place::Within(text.at.pointer(), found.at), message);
        if let Some(meant) = found.meant {
            let what = format!("write `{}`", short(&meant));
            finding.help(what.clone()).suggest(what, Change::Replace { at: text.at.pointer(), with: meant.into() });
        } else {
            finding.help("signs of some letters are lost: copy the text again from the page, or type it");
        }
    } else if let Some(at) = text.text.find(LOST) {
        let place = Place::Within(text.at.pointer(), Span::new(at, at + LOST.len_utf8()));
        let message = format!("`{LOST}` stands here for a letter that was lost when this text was copied or saved");
        findings.at(text.entry, place, message).help("type the letter that the page has here");
    } else if let Some((at, c)) = text.text.char_indices().find(|(_, c)| is_shape(*c)) {
        report_shape(text, at, c, findings);
    } else if let Some(at) = lost_in_word(text.text) {
        let place = Place::Within(text.at.pointer(), Span::new(at, at + 1));
        let message = "`?` stands inside a word for a letter that was lost when this text was copied or saved";
        findings.at(text.entry, place, message).help("type the letter that the page has here");
    }
}

/// The first question mark inside a word, which a spreadsheet writes for a letter that its encoding does not have. A small
/// letter follows; in an address, the mark belongs to the address.
fn lost_in_word(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_lost = |at: &usize| {
        let word = text[..*at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let (before, behind) = (word.chars().next_back(), text[at + 1..].chars().next());
        let is_small = |c: char| c.is_alphabetic() && c.is_lowercase();
        before.is_some_and(char::is_alphabetic) && behind.is_some_and(is_small) && !word.contains(['/', '.', '=', ':'])
    };
    (0..bytes.len()).filter(|at| bytes[*at] == b'?').find(is_lost)
}

/// Whether a character is a letter, or several, in the one shape in which a PDF draws it. Marks of honour and the brackets of
/// the Quran are characters in their own right.
fn is_shape(c: char) -> bool {
    is_ligature(c) || matches!(c, '\u{fb50}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdc7}' | '\u{fe70}'..='\u{fefc}')
}

/// Whether a character stands for several Latin letters, such as `ﬁ`.
fn is_ligature(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}')
}

fn report_shape(text: &TextContext<'_>, at: usize, c: char, findings: &mut Findings<'_>) {
    let place = Place::Within(text.at.pointer(), Span::new(at, at + c.len_utf8()));
    let letters = |text: &str| ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned();
    let message =
        format!("`{c}` is the shape in which a document draws `{}`, and no search finds it", letters(&c.to_string()));
    let finding = findings.at(text.entry, place, message);
    if text.text.chars().any(|c| is_shape(c) && !is_ligature(c)) {
        // A document may have them from left to right, which no program can tell from a word.
        finding.help(
            "type the words with an Arabic keyboard: in such a copy, letters often stand in the wrong order, too",
        );
        return;
    }
    let letter = |c: char| if is_ligature(c) { letters(&c.to_string()) } else { c.to_string() };
    let with: String = text.text.chars().map(letter).collect();
    let what = "write the letters one by one";
    finding.help(what).suggest(what, Change::Replace { at: text.at.pointer(), with: with.into() });
}

#[cfg(test)]
mod tests {
    use super::lost_in_word;

    #[test]
    fn a_question_mark_inside_a_word_is_a_lost_letter() {
        for (text, at) in [
            ("Visite d?une d?l?gation ? Rabat", Some(8)),
            ("Minist?re", Some(6)),
            ("Qui vient ? Rabat ?", None),
            ("What?Where? And why?", None),
            ("see https://a.org/x?y=1 and page.php?id", None),
            ("?", None),
        ] {
            assert_eq!(lost_in_word(text), at, "{text}");
        }
    }
}
