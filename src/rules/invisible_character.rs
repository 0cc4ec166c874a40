//! `invisible-character`: see the page beside this file.

use icu_properties::props::{GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::TextAt;
use crate::finding::{Change, Findings, Place};
use crate::rule::{Fixable, Rule};
use comity_document::pointer::Span;

/// The rule.
pub static RULE: Rule = Rule::error(
    "invisible-character",
    "characters that cannot be seen, or letters of two scripts in one word",
    "two texts that look alike would differ for every search and every comparison",
    include_str!("invisible_character.md"),
)
.fixed(Fixable::Safe);

const CATEGORY: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::<GeneralCategory>::new();
const SCRIPT: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::<Script>::new();

/// Controls, zero-width characters, bidirectional overrides; in a name, a word of Latin and Cyrillic or Greek letters.
pub fn check(text: &TextAt<'_>, findings: &mut Findings<'_>) {
    if text.text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return;
    }
    if let Some((at, c)) = text.text.char_indices().find(|(_, c)| is_invisible(*c)) {
        let visible: String = text.text.chars().filter(|c| !is_invisible(*c)).collect();
        let place = Place::Within(text.at.pointer(), Span::new(at, at + c.len_utf8()));
        let message = format!("an invisible character (U+{:04X}) stands in this text", u32::from(c));
        let change = Change::Replace { at: text.at.pointer(), with: visible.into() };
        findings.at(text.entry, place, message).fix("remove what cannot be seen", change);
    }
    if matches!(text.at.field(), Some("names" | "aliases" | "title"))
        && let Some((start, word)) = mixed_word(text.text)
    {
        let place = Place::Within(text.at.pointer(), Span::new(start, start + word.len()));
        let message = format!("the word `{word}` has letters of two scripts that look alike");
        findings.at(text.entry, place, message).help("type the word again in one script");
    }
}

/// A character without a picture of its own. The joiners (U+200C, U+200D) and the marks of direction (U+200E, U+200F,
/// U+061C) have their place in Arabic and Persian text and stay.
fn is_invisible(c: char) -> bool {
    match c {
        '\u{200c}'..='\u{200f}' | '\u{61c}' => false,
        _ => matches!(
            CATEGORY.get(c),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::PrivateUse
                | GeneralCategory::Unassigned
        ),
    }
}

/// The first word with letters of Latin and of Cyrillic or Greek.
fn mixed_word(text: &str) -> Option<(usize, &str)> {
    let scripts = |word: &str| {
        let has = |script: Script| word.chars().any(|c| SCRIPT.get(c) == script);
        usize::from(has(Script::Latin)) + usize::from(has(Script::Cyrillic)) + usize::from(has(Script::Greek))
    };
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii() && scripts(word) > 1);
    words.map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word)).next()
}
