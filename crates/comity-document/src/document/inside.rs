//! From bytes of a string's value to the bytes of the text in which the value is written, with or without escapes.

use crate::pointer::Span;

/// The span, in the text, of bytes of a string's value. `raw` is the string as written, with its quotation marks, and `span`
/// is its place.
pub(super) fn inside(raw: &str, within: Span, span: Span) -> Span {
    let (mut value, mut at) = (0, 1);
    let (mut start, mut end) = (None, None);
    while at < raw.len() {
        if value >= within.start as usize {
            start.get_or_insert(at);
        }
        if value >= within.end as usize {
            end.get_or_insert(at);
            break;
        }
        let (written, read) = unit(&raw[at..]);
        (value, at) = (value + read, at + written);
    }
    match (start, end) {
        (Some(start), Some(end)) => Span::new(span.start as usize + start, span.start as usize + end),
        _ => span,
    }
}

/// The length in bytes of the next character as written, and its length in the value.
fn unit(raw: &str) -> (usize, usize) {
    let code = |escape: &str| escape.strip_prefix("\\u").and_then(|hex| u32::from_str_radix(hex.get(..4)?, 16).ok());
    if !raw.starts_with('\\') {
        let length = raw.chars().next().map_or(1, char::len_utf8);
        return (length, length);
    }
    match code(raw) {
        None => (2, 1),
        Some(code) => char::from_u32(code).map_or((12, 4), |c| (6, c.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Arena, parse};
    use crate::pointer::Span;

    #[test]
    fn each_character_of_a_value_has_its_place_in_the_text() {
        let text = r#"["aé\n\u00e9\ud83d\ude00𝒳z"]"#;
        let arena = Arena::default();
        let document = parse(text, &arena);
        let list = document.root.as_ref().expect("JSON");
        let node = list.at(&crate::at!["0"]).expect("a string");
        let value = node.as_str().expect("a string");
        let written: Vec<&str> = value
            .char_indices()
            .map(|(at, c)| &text[node.inside(Span::new(at, at + c.len_utf8()), text).range()])
            .collect();
        assert_eq!(written, ["a", "é", r"\n", r"\u00e9", r"\ud83d\ude00", "𝒳", "z"]);
        assert_eq!(node.inside(Span::new(0, 99), text), node.span, "a span outside the value gives the whole string");
    }
}
