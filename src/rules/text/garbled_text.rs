//! `garbled-text`: see the page beside this file.

use comity_document::pointer::Span;

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
    classes: |classes| classes.have(CharClasses::GARBLED.or(CharClasses::UNCOMMON)),
    formats: &[Text::FORMAT],
};

/// What programs write for a letter that they could not read.
const LOST: char = char::REPLACEMENT_CHARACTER;

/// Reports UTF-8 that was read as Windows-1252, and letters that were lost.
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
    }
}
