//! `placeholder-text`: see the page beside this file.

use super::TextAt;
use crate::finding::{Findings, Place};
use crate::rule::Rule;
use crate::value::{Shaped, Text, short};

/// The rule.
pub static RULE: Rule = Rule::error(
    "placeholder-text",
    "words that stand for a missing text",
    "readers would take it for what the record says",
    include_str!("placeholder_text.md"),
);

/// What people write where a text is still to come, or was looked for in vain; in small letters.
#[rustfmt::skip]
const WORDS: [&str; 42] = [
    "tbd", "tba", "tbc", "todo", "to do", "to be added", "to be announced", "to be confirmed", "to be determined",
    "to be completed", "fixme", "placeholder", "title", "text", "summary", "description", "name", "test", "foo", "bar",
    "asdf", "lorem", "ipsum", "n/a", "na", "n.a", "none", "null", "nil", "undefined", "unknown", "not known",
    "not available", "not applicable", "no data", "no title", "untitled", "inconnu", "sans titre", "non disponible",
    "غير معروف", "غير متوفر",
];

/// A text that is only a placeholder, only punctuation, or begins as filler does.
pub fn check(text: &TextAt<'_>, findings: &mut Findings<'_>) {
    let plain = text.text.trim_matches(|c: char| c.is_whitespace() || "[](){}<>*.!?".contains(c));
    let may_be = plain.chars().take(20).count() < 20 || plain.starts_with(['l', 'L']);
    if may_be && is_placeholder(text.text, &plain.to_lowercase()) && text.format() == Text::FORMAT {
        let message = format!("`{}` stands where a text should", short(text.text));
        findings
            .at(text.entry, Place::Value(text.at.pointer()), message)
            .help("write the text, or leave the whole field out");
    }
}

fn is_placeholder(text: &str, plain: &str) -> bool {
    let no_word = !text.chars().any(char::is_alphanumeric);
    let crossed = plain.len() > 1 && plain.bytes().all(|byte| byte == b'x');
    no_word || crossed || WORDS.contains(&plain) || plain.starts_with("lorem ipsum")
}
