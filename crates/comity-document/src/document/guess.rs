//! What a person probably meant by a text that is not JSON. Used only once a fault is certain, so that a text without faults
//! pays nothing.

use super::{Bracket, Fault, FaultKind, Value};
use crate::pointer::Span;

/// The quotation marks that word processors and other languages use in place of `"`.
pub(super) const CURLY: &[&str] =
    &["\u{201c}", "\u{201d}", "\u{201e}", "\u{ab}", "\u{bb}", "\u{2018}", "\u{2019}", "\u{201a}"];

/// The line that begins here, cut to 4 KiB, so that a text of one long line costs no more than others.
pub(super) fn line(rest: &str) -> &str {
    let rest = &rest[..rest.floor_char_boundary(rest.len().min(1 << 12))];
    rest.split(['\n', '\r']).next().unwrap_or_default()
}

/// The length in bytes of the words that belong together: up to a comma, a bracket, a quotation mark, a comment, or the end
/// of the line. At least the first character.
pub(super) fn phrase(rest: &str) -> usize {
    let line = line(rest);
    let line = &line[..line.find([',', ';', '،', '，', '；', '{', '}', '[', ']', '"']).unwrap_or(line.len())];
    let comment = ["//", "/*", "#"].iter().flat_map(|mark| line.match_indices(mark)).map(|(at, _)| at);
    let line = &line[..comment.filter(|at| line[..*at].ends_with([' ', '\t'])).min().unwrap_or(line.len())];
    // A colon is part of an address, and of nothing else that may be meant here.
    let colon = line.match_indices(':').map(|(at, _)| at).find(|at| !line[*at..].starts_with("://"));
    let words = line[..colon.unwrap_or(line.len())].trim_end().len();
    words.max(rest.chars().next().map_or(0, char::len_utf8))
}

/// The length in bytes of a name without quotation marks: up to its colon, where one follows on the line.
pub(super) fn name(rest: &str) -> usize {
    let words = phrase(rest);
    let first = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$' | '/')));
    if rest[words..].trim_start_matches([' ', '\t']).starts_with(':') {
        words
    } else {
        first.unwrap_or(rest.len()).max(1)
    }
}

/// The value that a word of another language stands for.
pub(super) fn literal<'t>(word: &str) -> Option<Value<'t>> {
    Some(match word.to_ascii_lowercase().as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "none" | "null" | "nil" | "nan" | "undefined" => Value::Null,
        _ => return None,
    })
}

/// The marks that people type in place of a comma.
pub(super) const COMMAS: [char; 6] = [';', '،', '؛', '，', '；', '、'];
/// The mark of Chinese and Japanese keyboards in place of a colon.
pub(super) const WIDE_COLON: char = '：';

/// Whether a string seems to go on after the `"` that closes it: then that mark was meant as part of the string.
pub(super) fn goes_on(rest: &str) -> bool {
    match rest.chars().next() {
        Some('"') => ends_text(line(&rest[1..])),
        Some(c) => {
            let is_mark = matches!(c, '{' | '}' | '[' | ']' | ',' | ':' | WIDE_COLON | '/' | '\'' | '#' | '=');
            !c.is_whitespace() && !is_mark && !COMMAS.contains(&c)
        }
        None => false,
    }
}

/// Whether an entry begins here: then only the comma before the entry is missing.
pub(super) fn begins_entry(rest: &str, bracket: Bracket) -> bool {
    let line = line(rest);
    if bracket == Bracket::Array {
        return line.starts_with(['"', '\'', '{', '[', '-']) || line.starts_with(|c: char| c.is_ascii_digit());
    }
    let after = match line.chars().next() {
        Some(mark @ ('"' | '\'')) => line[1..].split_once(mark).map(|(_, after)| after),
        Some(c) if c.is_ascii_alphabetic() || c == '_' => {
            Some(line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        }
        _ => None,
    };
    after.is_some_and(|after| after.trim_start().starts_with(':'))
}

/// Whether the lines below show that an entry ended with its line: another entry begins, where the line `is_ended` by a comma
/// or a bracket; or a bracket closes. Otherwise the text may go on below.
pub(super) fn follows_a_line(below: &str, is_ended: bool) -> bool {
    let next = below[..below.floor_char_boundary(below.len().min(1 << 12))].trim_start();
    let is_text = || {
        line(next).strip_prefix('"').and_then(|rest| rest.split_once('"')).is_some_and(|(_, after)| ends_text(after))
    };
    next.starts_with(['}', ']']) || is_ended && (begins_entry(next, Bracket::Object) || is_text())
}

/// The span of a number that a comma cuts: `1,000`, `34,26`.
pub(super) fn thousands(text: &str, comma: usize) -> Option<Span> {
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let before = text[..comma].bytes().rev().take_while(u8::is_ascii_digit).count();
    let mut end = comma;
    while text[end..].starts_with(',') && digits(&text[end + 1..]) == 3 {
        end += 4;
    }
    if end == comma {
        end += 1 + digits(&text[comma + 1..]);
    }
    (before > 0 && end > comma + 1).then(|| Span::new(comma - before, end))
}

/// The offset and length of the closing mark of a string in the wrong quotation marks. The closing mark is the first one on
/// the line after which a string may end, which rules out an apostrophe.
pub(super) fn closing(line: &str, marks: &[&str]) -> Option<(usize, usize)> {
    marks
        .iter()
        .filter_map(|mark| line.match_indices(*mark).find(|(at, mark)| ends_text(&line[at + mark.len()..])))
        .map(|(at, mark)| (at, mark.len()))
        .min()
}

/// The offset and length of the first of the marks on a line.
pub(super) fn first(line: &str, marks: &[&str]) -> Option<(usize, usize)> {
    marks.iter().filter_map(|mark| line.find(mark).map(|at| (at, mark.len()))).min()
}

/// Whether a string may end before this text.
pub(super) fn ends_text(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty() || after.starts_with([',', ':', '}', ']'])
}

/// The start and end of the bad escape in a string; the whole string when none is found.
pub(super) fn bad_escape(raw: &str) -> (usize, usize) {
    let mut at = 0;
    while let Some(found) = raw[at..].find('\\') {
        let start = at + found;
        at = start + 1 + raw[start + 1..].chars().next().map_or(0, char::len_utf8);
        match raw.as_bytes().get(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {}
            Some(b'u') => {
                let digits = raw[at..].bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
                at += digits;
                match (digits, unit(&raw[start..])) {
                    (4, Some(0xd800..=0xdbff)) if matches!(unit(&raw[at..]), Some(0xdc00..=0xdfff)) => at += 6,
                    (4, Some(unit)) if !(0xd800..=0xdfff).contains(&unit) => {}
                    _ => return (start, at),
                }
            }
            _ => return (start, at),
        }
    }
    (0, raw.len())
}

/// The UTF-16 unit of the escape at the beginning of a text.
fn unit(escape: &str) -> Option<u16> {
    escape.strip_prefix("\\u")?.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok())
}

/// The fault of a bracket that is never closed. The brackets alone do not show which; the indentation does, where a line
/// that begins with a closing bracket is indented less than the line of the bracket that it would close.
pub(super) fn unclosed(text: &str, outermost: usize, bracket: Bracket) -> Fault {
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut quoted = false;
    let (mut line, mut indent, mut blank) = (0, 0, true);
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quoted => drop(bytes.next()),
            b'"' => quoted = !quoted,
            b'\n' => (line, indent, blank, quoted) = (line + 1, 0, true, false),
            b' ' | b'\t' if blank => {
                indent += 1;
                continue;
            }
            b'{' | b'[' if !quoted => open.push((at, line, indent)),
            b'}' | b']' if !quoted => match open.pop() {
                Some((begun, on, depth)) if on < line && blank && indent < depth => {
                    let bracket = if text.as_bytes()[begun] == b'{' { Bracket::Object } else { Bracket::Array };
                    return Fault { what: FaultKind::Unclosed(bracket), span: Span::new(begun, begun + 1) };
                }
                _ => {}
            },
            _ => {}
        }
        blank &= matches!(byte, b'\n' | b'\r');
    }
    Fault { what: FaultKind::Unclosed(bracket), span: Span::new(outermost, outermost + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_shows_which_bracket_is_open() {
        let cases = [
            ("{\n  \"a\": { \"b\": 1,\n  \"c\": 2\n}\n", 9),
            ("{\n  \"a\": {\n    \"b\": 1,\n  \"c\": 2\n}\n", 9),
            ("{\n  \"a\": { \"b\": \"}\" },\n  \"c\": 2\n", 0),
            ("{ \"a\": { \"b\": 1 }", 0),
        ];
        for (text, at) in cases {
            assert_eq!(unclosed(text, 0, Bracket::Object).span.start, at, "{text}");
        }
    }

    #[test]
    fn words_end_with_their_entry() {
        for (rest, words) in [
            ("Seminar in Rabat, \"x\"", "Seminar in Rabat"),
            ("https://nato.int/x // see", "https://nato.int/x"),
            ("yes }", "yes"),
            ("1 # one", "1"),
            ("a: 1", "a"),
            (": 1", ":"),
            ("é", "é"),
        ] {
            assert_eq!(&rest[..phrase(rest)], words);
        }
    }

    #[test]
    fn an_apostrophe_does_not_close_a_text() {
        assert_eq!(closing("the king's visit', 'x'", &["'"]), Some((16, 1)));
        assert_eq!(closing("the king's visit", &["'"]), None);
        assert_eq!(first("a' b", &["'"]), Some((1, 1)));
    }

    #[test]
    fn a_bad_escape_is_found_among_good_ones() {
        for (raw, bad) in [
            (r#""\b\n\d""#, r"\d"),
            (r#""\u00e9\u12x""#, r"\u12"),
            (r#""\u""#, r"\u"),
            (r#""\"\ud83d!""#, r"\ud83d"),
            (r#""\ud83d\ude00\ude00""#, r"\ude00"),
            (r#""\ud83d\n""#, r"\ud83d"),
            (r#""\\ude€ \ud800""#, r"\ud800"),
            (r#""\u+123""#, r"\u"),
            (r#""\é""#, r"\é"),
        ] {
            let (start, end) = bad_escape(raw);
            assert_eq!(&raw[start..end], bad, "{raw}");
        }
    }

    #[test]
    fn a_number_goes_on_after_its_comma() {
        let found =
            |text: &str| thousands(text, text.find(',').expect("a comma")).map(|span| text[span.range()].to_owned());
        assert_eq!(found("{\"a\": 1,000,000 }").as_deref(), Some("1,000,000"));
        assert_eq!(found("{\"a\": 1, \"b\"").as_deref(), None);
        assert_eq!(found("{\"a\": 34,26 }").as_deref(), Some("34,26"));
        assert_eq!(found("{\"a\": true,26 }").as_deref(), None);
    }
}
