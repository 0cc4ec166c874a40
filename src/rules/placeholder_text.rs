//! `placeholder-text`: see the page beside this file.

use super::TextAt;
use crate::finding::{Findings, Place};
use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule::error(
    "placeholder-text",
    "words that stand for a missing text",
    "readers would take it for what the record says",
    include_str!("placeholder_text.md"),
);

const WORDS: [&str; 17] = [
    "tbd",
    "tba",
    "tbc",
    "todo",
    "n/a",
    "na",
    "n.a.",
    "none",
    "null",
    "nil",
    "unknown",
    "xxx",
    "test",
    "lorem",
    "???",
    "inconnu",
    "غير معروف",
];

/// A text that is only a placeholder, only punctuation, or begins as filler does.
pub fn check(text: &TextAt<'_>, findings: &mut Findings<'_>) {
    if text.text.len() > 24 && !text.text.starts_with(['l', 'L']) {
        return;
    }
    let word = text.text.trim().to_lowercase();
    // Codes and ids are held to their own lists; `none` and `unknown` are no ids of ours, being words of this list.
    let empty = !word.is_empty() && !word.chars().any(char::is_alphanumeric) && text.at.field() != Some("evidence");
    if empty || WORDS.contains(&word.as_str()) || word.starts_with("lorem ipsum") {
        let message = format!("`{}` stands where a text should", text.text);
        findings
            .at(text.entry, Place::Value(text.at.pointer()), message)
            .help("write the text, or leave the whole field out");
    }
}
