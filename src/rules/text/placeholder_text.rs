//! `placeholder-text`: see the page beside this file.

use std::sync::LazyLock;

use comity_document::pointer::Span;
use hashbrown::HashSet;

use crate::lint::{CharClasses, Findings, Place, Rule, TextContext, TextFilter};
use crate::rules::schema::or_leave_out;
use crate::value::{Edtf, StringFormat, Text, short};

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
const WORDS: [&str; 61] = [
    "tbd", "tba", "tbc", "todo", "to do", "to be added", "to be announced", "to be confirmed", "to be determined",
    "to be completed", "fixme", "placeholder", "title", "text", "summary", "description", "name", "test", "foo", "bar",
    "asdf", "lorem", "ipsum", "n/a", "na", "n.a", "none", "null", "nil", "undefined", "unknown", "not known",
    "not available", "not applicable", "no data", "no title", "untitled", "inconnu", "sans titre", "non disponible",
    "à préciser", "a préciser", "non précisé", "non précisée", "à vérifier", "à confirmer", "à définir", "néant", "idem",
    "same as above", "see above", "voir ci-dessus", "nan", "#ref", "#n/a", "#value", "object object",
    "غير معروف", "غير متوفر", "لا يوجد", "غير محدد",
];

/// How a text begins that is still to be written, in lower case.
const BEGINNINGS: [&str; 8] = [
    "lorem ipsum",
    "todo:",
    "todo ",
    "your text here",
    "à compléter",
    "as an ai language model",
    "as an ai assistant",
    "error! bookmark not defined",
];
/// What a program, an encyclopaedia or a template leaves behind in a text, in lower case.
const LEFTOVERS: [&str; 8] =
    ["[insert ", "[your ", "[citation needed]", "contentreference[oaicite", "[oaicite", "[todo", "[edit]", "【"];
/// What an assistant leaves behind where it had a source, with the number of a page behind it.
const CITED: &str = "citeturn";

/// Reports a text that is only a placeholder or punctuation, that begins like filler text, that is an address or a date in the
/// place of a name, or in which something was left over from where it was made.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    let around = |c: char| {
        c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>' | '*' | '.' | '!' | '?')
    };
    let plain = text.text.trim_matches(around);
    if is_placeholder(text, plain) {
        let message = format!("`{}` stands where a text should", short(text.text));
        let or = or_leave_out(text.kind, &text.at.pointer());
        findings.at(text.entry, Place::Value(text.at.pointer()), message).help(format!("write the text{or}"));
    } else if let Some(what) = no_name(text) {
        findings
            .at(text.entry, Place::Value(text.at.pointer()), format!("{what} stands where a name should"))
            .help("write the name that readers know");
    } else if let Some(span) = leftover(text) {
        let message = format!("`{}` was left over where this text was made", &text.text[span.range()]);
        findings
            .at(text.entry, Place::Within(text.at.pointer(), span), message)
            .help("take it out, and see whether the rest is what the sources say");
    }
}

/// What a text is that should be a name, and is none.
fn no_name(text: &TextContext<'_>) -> Option<&'static str> {
    if text.classes.have(CharClasses::SPACED) || !matches!(text.at.field(), Some("names" | "title" | "publisher")) {
        return None;
    }
    let is_date = || text.classes.have(CharClasses::DIGIT) && text.text.contains('-') && Edtf::parse(text.text).is_ok();
    if text.text.starts_with("https://") || text.text.starts_with("http://") {
        Some("an address")
    } else {
        is_date().then_some("a date")
    }
}

/// The first thing that was left over. Few texts have such signs, and only those are searched.
fn leftover(text: &TextContext<'_>) -> Option<Span> {
    // To ask whether it is there takes less time than to find where.
    if text.classes.have(CharClasses::DIGIT) && text.text.contains(CITED) {
        return text.text.find(CITED).map(|at| Span::new(at, at + CITED.len()));
    }
    if !text.classes.have(CharClasses::MARKUP.or(CharClasses::UNCOMMON)) {
        return None;
    }
    let lower = text.text.to_ascii_lowercase();
    LEFTOVERS.iter().find_map(|mark| lower.find(mark).map(|at| Span::new(at, at + mark.trim_end().len())))
}

fn is_placeholder(text: &TextContext<'_>, plain: &str) -> bool {
    let words = CharClasses::LETTER.or(CharClasses::DIGIT);
    let no_word = || !text.classes.have(words) && !text.text.chars().any(char::is_alphanumeric);
    let crossed = || plain.len() > 1 && plain.bytes().all(|byte| matches!(byte, b'x' | b'X'));
    let accented = || text.classes.have(CharClasses::FOREIGN) && is_word(&plain.to_lowercase());
    let known = || plain.len() <= LONGEST && (is_word(plain) || accented());
    no_word() || crossed() || known() || begins_as_filler(plain)
}

/// The length of the longest of the [`WORDS`], in bytes.
const LONGEST: usize = 20;

/// The [`WORDS`], to be looked up.
static KNOWN: LazyLock<HashSet<&'static [u8]>> = LazyLock::new(|| WORDS.iter().map(|word| word.as_bytes()).collect());

/// Whether a text is one of the [`WORDS`], with ASCII letters in either case.
fn is_word(plain: &str) -> bool {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..plain.len()) else { return false };
    lower.copy_from_slice(plain.as_bytes());
    lower.make_ascii_lowercase();
    KNOWN.contains(&*lower)
}

/// Whether a text begins with one of the [`BEGINNINGS`], in either case.
fn begins_as_filler(plain: &str) -> bool {
    let is_begun = |start: &&str| {
        // The first letter decides about nearly all texts.
        let (own, start) = (plain.as_bytes(), start.as_bytes());
        own.len() >= start.len()
            && own[0].eq_ignore_ascii_case(&start[0])
            && own[..start.len()].eq_ignore_ascii_case(start)
    };
    BEGINNINGS.iter().any(is_begun) || plain.starts_with("À compléter")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_placeholder_is_longer_than_the_longest() {
        assert!(WORDS.iter().all(|word| word.len() <= LONGEST));
        assert!(is_word("TBD") && is_word("non disponible") && !is_word("Rabat"));
    }
}
