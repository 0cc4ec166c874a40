//! `markup-in-text`: see the page beside this file.

use comity_document::pointer::Span;

use crate::lint::{CharClasses, Findings, Place, Rule, TextContext, TextFilter};
use crate::value::short;

/// The rule.
pub static RULE: Rule = Rule::error(
    "markup-in-text",
    "signs meant for a web page, not for a reader",
    "they would be shown as they are typed, or, where they are not, do what nobody asked for",
    include_str!("markup_in_text.md"),
);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter =
    TextFilter { classes: |classes| classes.have(CharClasses::MARKUP.or(CharClasses::AT_SIGN)), formats: &[] };

/// The fields that are written for readers. A quotation may contain such characters.
const FIELDS: [&str; 9] =
    ["names", "aliases", "summary", "position", "definition", "title", "contested", "allow", "retired"];

/// Reports HTML tags and entities, links and bold type of Markdown, links of wikis, and @mentions.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    if !text.at.field().is_some_and(|field| FIELDS.contains(&field)) {
        return;
    }
    if let Some((span, what, help)) = markup(text.text) {
        let place = Place::Within(text.at.pointer(), span);
        findings
            .at(
                text.entry,
                place,
                format!("`{}` is {what}, and this is a text for readers", short(&text.text[span.range()])),
            )
            .help(help);
    }
}

/// The first piece of markup, what it is, and what to do about it.
fn markup(text: &str) -> Option<(Span, &'static str, &'static str)> {
    text.char_indices().find_map(|(start, c)| {
        let rest = &text[start..];
        let (length, what, help) = match c {
            '<' => (tag(rest)?, "a sign for web pages (HTML)", "remove it, and keep the plain words"),
            '&' => (entity(rest)?, "how web pages write a character (HTML)", "type the character itself"),
            '[' if rest.starts_with("[[") => {
                (enclosed(rest, "[[", "]]")?, "a link (of a wiki)", "write the words alone")
            }
            '[' => (link(rest)?, "a link (Markdown)", "write the words alone; an address belongs to a source"),
            '*' => (enclosed(rest, "**", "**")?, "bold type (Markdown)", "remove the stars, and keep the plain words"),
            '@' if !text[..start].ends_with(|before: char| before.is_alphanumeric() || ".-_+".contains(before)) => {
                (mention(rest)?, "a name with `@` before it", "write the name of the person or the body")
            }
            _ => return None,
        };
        Some((Span::new(start, start + length), what, help))
    })
}

/// The length of the tag at the beginning of a text.
fn tag(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(4);
    }
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let end = 1 + text[1..].find(['<', '>'])?;
    let named = inner.starts_with(|c: char| c.is_ascii_alphabetic()) && text[end..].starts_with('>');
    named.then_some(end + 1)
}

/// The length of the entity at the beginning of a text: `&amp;`, `&#233;`.
fn entity(text: &str) -> Option<usize> {
    let end = text.bytes().take(10).position(|byte| byte == b';').filter(|end| *end >= 3)?;
    let body = &text[1..end];
    let shaped = match body.strip_prefix('#') {
        Some(number) => number.strip_prefix(['x', 'X']).unwrap_or(number).bytes().all(|b| b.is_ascii_hexdigit()),
        None => body.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    };
    shaped.then_some(end + 1)
}

/// The length of the link at the beginning of a text: `[words](address)`.
fn link(text: &str) -> Option<usize> {
    let words = 1 + text[1..].find(['[', ']'])?;
    let address = text[words..].strip_prefix("](")?;
    let end = address.find(['[', ')']).filter(|end| address[*end..].starts_with(')'))?;
    Some(words + 2 + end + 1)
}

/// The length of the words between two signs at the beginning of a text: `**words**`, `[[words]]`.
fn enclosed(text: &str, open: &str, close: &str) -> Option<usize> {
    let inside = text.strip_prefix(open)?;
    let end = inside.find(close)?;
    let words = &inside[..end];
    let is_text = words.starts_with(char::is_alphanumeric) && !words.contains(['[', '\n']);
    is_text.then_some(open.len() + end + close.len())
}

/// The length of the mention at the beginning of a text.
fn mention(text: &str) -> Option<usize> {
    let name = text[1..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len() - 1);
    (name >= 2).then_some(name + 1)
}

#[cfg(test)]
mod tests {
    use super::markup;

    proptest::proptest! {
        /// What is found covers whole characters, whatever stands around it.
        #[test]
        fn any_text_can_be_searched(text in "[<>/&;#@(a\\[\\])!*é -]{0,30}") {
            proptest::prop_assert!(markup(&text).is_none_or(|(span, ..)| !text[span.range()].is_empty()));
        }
    }

    #[test]
    fn markup_is_distinguished_from_what_resembles_it() {
        for (text, found) in [
            ("a <b>bold</b> word", "<b>"),
            ("a line<br/>", "<br/>"),
            ("x</p>", "</p>"),
            ("Q&amp;A", "&amp;"),
            ("caf&#233;", "&#233;"),
            ("see [the page](https://x.org) there", "[the page](https://x.org)"),
            ("![a](b)", "[a](b)"),
            ("thanks to @NATO", "@NATO"),
            ("(@jfc_naples)", "@jfc_naples"),
            ("é<i>", "<i>"),
            ("**They met** in Rabat", "**They met**"),
            ("the [[NATO|Alliance]] said", "[[NATO|Alliance]]"),
            ("[[a](b)", "[a](b)"),
        ] {
            assert_eq!(markup(text).map(|(span, ..)| &text[span.range()]), Some(found), "{text}");
        }
        for text in [
            "5 < 7 and 9 > 8",
            "AT&T",
            "Q&A; more",
            "[sic] (in French)",
            "[..2019]",
            "women@NATO",
            "a@b.org",
            "at @ 5",
            "<",
            "&",
            "[",
            "@",
            "&#;é",
            "< p >",
            "R & D; S & T",
            "2 ** 3 ** 4",
            "the list* and its note*",
            "**",
            "****",
            "[[",
            "[[]]",
            "a [[b",
        ] {
            assert!(markup(text).is_none(), "{text}");
        }
    }
}
