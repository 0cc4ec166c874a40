//! `placeholder-text`: see the page beside this file.

use crate::lint::{CharClasses, Findings, Place, Rule, TextContext, TextFilter};
use crate::value::{StringFormat, Text, short};

/// The rule.
pub static RULE: Rule = Rule::error(
    "placeholder-text",
    "words that stand for a missing text",
    "readers would take it for what the record says",
    include_str!("placeholder_text.md"),
);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter = TextFilter { classes: |classes| !classes.is_empty(), formats: &[Text::FORMAT] };

/// What people write for a text that is still to come or was not found, in lower case.
#[rustfmt::skip]
const WORDS: [&str; 42] = [
    "tbd", "tba", "tbc", "todo", "to do", "to be added", "to be announced", "to be confirmed", "to be determined",
    "to be completed", "fixme", "placeholder", "title", "text", "summary", "description", "name", "test", "foo", "bar",
    "asdf", "lorem", "ipsum", "n/a", "na", "n.a", "none", "null", "nil", "undefined", "unknown", "not known",
    "not available", "not applicable", "no data", "no title", "untitled", "inconnu", "sans titre", "non disponible",
    "غير معروف", "غير متوفر",
];

/// Reports a text that is only a placeholder or punctuation, or that begins like filler text.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    let around = |c: char| {
        c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>' | '*' | '.' | '!' | '?')
    };
    let plain = text.text.trim_matches(around);
    if is_placeholder(text, plain) {
        let message = format!("`{}` stands where a text should", short(text.text));
        findings
            .at(text.entry, Place::Value(text.at.pointer()), message)
            .help("write the text, or leave the whole field out");
    }
}

fn is_placeholder(text: &TextContext<'_>, plain: &str) -> bool {
    const FILLER: &str = "lorem ipsum";
    /// The length of the longest placeholder, in bytes.
    const LONGEST: usize = 20;
    let words = CharClasses::LETTER.or(CharClasses::DIGIT);
    let no_word = || !text.classes.have(words) && !text.text.chars().any(char::is_alphanumeric);
    let crossed = || plain.len() > 1 && plain.bytes().all(|byte| matches!(byte, b'x' | b'X'));
    let filler = || plain.get(..FILLER.len()).is_some_and(|start| start.eq_ignore_ascii_case(FILLER));
    let known = || plain.len() <= LONGEST && WORDS.iter().any(|word| word.eq_ignore_ascii_case(plain));
    no_word() || crossed() || known() || filler()
}
