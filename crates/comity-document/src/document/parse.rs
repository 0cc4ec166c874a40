//! Strict RFC 8259, by recursive descent. What a person is likely to have done gets its own fault, and where the value
//! is beyond doubt in spite of it, parsing goes on, so that one run shows every such fault.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Bracket, Document, Fault, Member, Node, Value, What};
use crate::pointer::Span;

/// How many brackets may stand inside one another.
pub const DEPTH: usize = 127;
/// How many members one object, and how many items one list, may have.
pub const MEMBERS: usize = 10_000;
/// How many faults are kept: a text with more is no record that somebody wrote, and is left there.
pub const FAULTS: usize = 10_000;
/// Above this many keys a set finds the repeated one; below it a scan is faster. Without the set, an object of 400,000
/// keys would take minutes.
const SCAN: usize = 24;

/// Parses the text of one record.
pub fn parse(text: &str) -> Document<'_> {
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, depth: 0, faults: Vec::new() };
    let root = match parser.document() {
        Ok(node) => parser.faults.iter().all(|fault| fault.what.spares_the_tree()).then_some(node),
        Err(fatal) => {
            parser.faults.push(fatal);
            None
        }
    };
    parser.faults.sort_by_key(|fault| fault.span);
    Document { root, faults: parser.faults }
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    depth: usize,
    faults: Vec<Fault>,
}

/// `Err` ends the parse.
type Step<T> = Result<T, Fault>;

impl<'t> Parser<'t> {
    fn document(&mut self) -> Step<Node<'t>> {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            self.note(What::ByteOrderMark, 0);
        }
        self.space()?;
        if self.peek().is_none() {
            return Err(Fault { what: What::Empty, span: Span::new(0, self.at) });
        }
        let node = self.value()?;
        self.space()?;
        if self.peek().is_some() { Err(self.fault_here(What::AfterEnd)) } else { Ok(node) }
    }

    fn value(&mut self) -> Step<Node<'t>> {
        self.few_faults()?;
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => Value::String(self.string()?),
            Some(b'{') => self.nested(Bracket::Object)?,
            Some(b'[') => self.nested(Bracket::Array)?,
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number()?,
            Some(b'\'') => Value::String(self.other_quotes(What::SingleQuotes, &['\''])?),
            Some(byte) if byte.is_ascii_alphabetic() => self.word()?,
            _ if self.curly() => Value::String(self.other_quotes(What::CurlyQuotes, CURLY)?),
            Some(b',' | b'}' | b']') => return Err(self.fault_here(What::MissingValue)),
            _ => return Err(self.unexpected()),
        };
        Ok(Node { span: Span::new(start, self.at), value })
    }

    fn nested(&mut self, bracket: Bracket) -> Step<Value<'t>> {
        let open = self.at;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.fault_here(What::TooDeep));
        }
        self.at += 1;
        self.space()?;
        let value = match bracket {
            Bracket::Object => self.object(open)?,
            Bracket::Array => self.array(open)?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self, open: usize) -> Step<Value<'t>> {
        let mut members: Vec<Member<'t>> = Vec::with_capacity(4);
        let mut seen = Seen::default();
        while !self.closes(Bracket::Object, open)? {
            let key_start = self.at;
            let key = self.key()?;
            let key_span = Span::new(key_start, self.at);
            self.space()?;
            if self.peek() != Some(b':') {
                return Err(self.unclosed_or(open, Bracket::Object, What::MissingColon));
            }
            self.at += 1;
            self.space()?;
            if self.peek().is_none() {
                return Err(Self::unclosed(open, Bracket::Object));
            }
            let value = self.value()?;
            if members.len() == MEMBERS {
                return Err(Fault { what: What::TooMany, span: key_span });
            }
            match seen.first(&members, &key) {
                None => members.push(Member { key, key_span, value }),
                Some(first) => {
                    self.faults
                        .push(Fault { what: What::DuplicateKey { key: key.into_owned(), first }, span: key_span });
                }
            }
            self.separator(Bracket::Object, open)?;
        }
        Ok(Value::Object(members))
    }

    fn array(&mut self, open: usize) -> Step<Value<'t>> {
        let mut items = Vec::new();
        while !self.closes(Bracket::Array, open)? {
            if items.len() == MEMBERS {
                return Err(self.fault_here(What::TooMany));
            }
            items.push(self.value()?);
            self.separator(Bracket::Array, open)?;
        }
        Ok(Value::Array(items))
    }

    /// At the closing bracket: steps over it. At the end of the text, or at the other closing bracket: a fault.
    fn closes(&mut self, bracket: Bracket, open: usize) -> Step<bool> {
        match (self.peek(), bracket) {
            (None, _) => Err(Self::unclosed(open, bracket)),
            (Some(b'}'), Bracket::Object) | (Some(b']'), Bracket::Array) => {
                self.at += 1;
                Ok(true)
            }
            (Some(b'}' | b']'), _) => Err(self.fault_here(What::Mismatched(bracket))),
            _ => Ok(false),
        }
    }

    /// What stands between two entries, or before the closing bracket.
    fn separator(&mut self, bracket: Bracket, open: usize) -> Step<()> {
        let end = self.at;
        self.space()?;
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.space()?;
                match self.peek() {
                    Some(b'}' | b']') => {
                        self.faults.push(Fault { what: What::TrailingComma, span: Span::new(comma, comma + 1) })
                    }
                    Some(b',') => return Err(self.fault_here(What::MissingValue)),
                    _ => {}
                }
                Ok(())
            }
            Some(b'}' | b']') => Ok(()),
            None => Err(Self::unclosed(open, bracket)),
            Some(b'"' | b'\'' | b'{' | b'[' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_')
                if self.at > end || self.bytes[end - 1] == b'"' || matches!(self.peek(), Some(b'"' | b'{' | b'[')) =>
            {
                let span = self.fault_here(What::MissingComma).span;
                self.faults.push(Fault { what: What::MissingComma, span });
                Ok(())
            }
            Some(_) => Err(self.unexpected()),
        }
    }

    fn key(&mut self) -> Step<Cow<'t, str>> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'\'') => self.other_quotes(What::SingleQuotes, &['\'']),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => {
                let start = self.at;
                while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'$')) {
                    self.at += 1;
                }
                let word = &self.text[start..self.at];
                self.note(What::UnquotedKey(word.to_owned()), start);
                Ok(Cow::Borrowed(word))
            }
            _ if self.curly() => self.other_quotes(What::CurlyQuotes, CURLY),
            _ => Err(self.unexpected()),
        }
    }

    fn string(&mut self) -> Step<Cow<'t, str>> {
        let open = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 2;
                }
                None | Some(b'\n' | b'\r') => {
                    return Err(Fault { what: What::UnclosedString, span: Span::new(open, self.boundary(self.at)) });
                }
                Some(byte @ 0..=0x1f) => return Err(self.fault_here(What::ControlCharacter(char::from(byte)))),
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let raw = &self.text[open..self.at];
        if !escaped {
            return Ok(Cow::Borrowed(&raw[1..raw.len() - 1]));
        }
        serde_json::from_str(raw)
            .map(Cow::Owned)
            .map_err(|_| Fault { what: What::BadEscape, span: Span::new(open, self.at) })
    }

    /// A string in the wrong quotation marks: said once, then read as it was meant, up to the closing mark on this line.
    fn other_quotes(&mut self, what: What, closing: &[char]) -> Step<Cow<'t, str>> {
        let open = self.at;
        let first = open + self.text[open..].chars().next().map_or(1, char::len_utf8);
        let rest = &self.text[first..];
        // One look for whatever comes first: a line may be as long as the file, and full of such texts.
        let length = rest.find(|c| c == '\n' || closing.contains(&c)).unwrap_or(rest.len());
        let Some(mark) = rest[length..].chars().next().filter(|c| *c != '\n') else {
            let end = rest[..length].trim_end_matches('\r').len();
            return Err(Fault { what: What::UnclosedString, span: Span::new(open, first + end) });
        };
        self.at = first + length + mark.len_utf8();
        self.note(what, open);
        Ok(Cow::Borrowed(&rest[..length]))
    }

    fn curly(&self) -> bool {
        self.text[self.at..].starts_with(CURLY)
    }

    fn word(&mut self) -> Step<Value<'t>> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
            self.at += 1;
        }
        match &self.text[start..self.at] {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" => Ok(Value::Null),
            word => {
                self.note(What::BareWord(word.to_owned()), start);
                Ok(Value::Null)
            }
        }
    }

    fn number(&mut self) -> Step<Value<'t>> {
        let start = self.at;
        let sign = usize::from(self.peek() == Some(b'-'));
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'_')) {
            self.at += 1;
        }
        let raw = &self.text[start..self.at];
        let digits = raw[sign..].bytes().take_while(u8::is_ascii_digit).count();
        // The common case, a plain integer, needs no second opinion; all other numbers are `serde_json`'s to judge.
        let plain =
            sign + digits == raw.len() && (1..=15).contains(&digits) && (digits == 1 || raw.as_bytes()[sign] != b'0');
        if plain || serde_json::from_str::<serde_json::Number>(raw).is_ok() {
            return Ok(Value::Number(raw));
        }
        self.note(What::BadNumber(raw.to_owned()), start);
        Ok(Value::Null)
    }

    /// White space, and comments, which JSON does not have.
    fn space(&mut self) -> Step<()> {
        loop {
            while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
                self.at += 1;
            }
            let rest = &self.text[self.at..];
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                return Ok(());
            };
            let start = self.at;
            self.at += length;
            self.note(What::Comment, start);
            self.few_faults()?;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Keeps a fault that stretches from `start` to here, and goes on.
    fn note(&mut self, what: What, start: usize) {
        self.faults.push(Fault { what, span: Span::new(start, self.at) });
    }

    /// Ends the parse where there are more faults than anybody could mend one by one.
    fn few_faults(&self) -> Step<()> {
        if self.faults.len() <= FAULTS { Ok(()) } else { Err(self.fault_here(What::TooManyFaults)) }
    }

    fn fault_here(&self, what: What) -> Fault {
        let start = self.boundary(self.at);
        let length = self.text[start..].chars().next().map_or(0, char::len_utf8);
        Fault { what, span: Span::new(start, start + length) }
    }

    fn unexpected(&self) -> Fault {
        let found = self.text[self.boundary(self.at)..].chars().next();
        self.fault_here(found.map_or(What::MissingValue, What::Unexpected))
    }

    fn unclosed_or(&self, open: usize, bracket: Bracket, what: What) -> Fault {
        if self.peek().is_none() { Self::unclosed(open, bracket) } else { self.fault_here(what) }
    }

    fn unclosed(open: usize, bracket: Bracket) -> Fault {
        Fault { what: What::Unclosed(bracket), span: Span::new(open, open + 1) }
    }

    /// The nearest start of a character at or before this byte: a `\` before the last character may have led past it.
    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// What word processors make of `"`.
const CURLY: &[char] = &['\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}'];

/// The keys met so far in one object.
#[derive(Default)]
struct Seen<'t>(HashSet<Cow<'t, str>>);

impl<'t> Seen<'t> {
    /// Where this key stood first, if it was here before.
    fn first(&mut self, members: &[Member<'t>], key: &Cow<'t, str>) -> Option<Span> {
        if members.len() == SCAN && self.0.is_empty() {
            self.0.extend(members.iter().map(|member| member.key.clone()));
        }
        let fresh = members.len() >= SCAN && self.0.insert(key.clone());
        if fresh {
            return None;
        }
        members.iter().find(|member| member.key == *key).map(|member| member.key_span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(What, &str)> {
        parse(text).faults.into_iter().map(|fault| (fault.what, &text[fault.span.range()])).collect()
    }

    /// Each mistake alone: what it is called, the text it points at, and whether the tree survives.
    #[test]
    fn each_mistake_is_named_and_placed() {
        let key = |k: &str, start, end| What::DuplicateKey { key: k.to_owned(), first: Span { start, end } };
        let cases: Vec<(&str, What, &str, bool)> = vec![
            ("\u{feff}{}", What::ByteOrderMark, "\u{feff}", true),
            (r#"{"a": 1,}"#, What::TrailingComma, ",", true),
            ("[1, 2 ,]", What::TrailingComma, ",", true),
            ("{} // done", What::Comment, "// done", true),
            ("{ /* x */ }", What::Comment, "/* x */", true),
            (r#"{"a": 1 "b": 2}"#, What::MissingComma, "\"", true),
            (r#"["a""b"]"#, What::MissingComma, "\"", true),
            (r#"{"a": 1, "a": 2}"#, key("a", 1, 4), "\"a\"", true),
            ("{'a': 1}", What::SingleQuotes, "'a'", false),
            ("[“a”]", What::CurlyQuotes, "“a”", false),
            ("[«a»]", What::CurlyQuotes, "«a»", false),
            ("{a: 1}", What::UnquotedKey("a".to_owned()), "a", false),
            ("[True]", What::BareWord("True".to_owned()), "True", false),
            ("[NaN]", What::BareWord("NaN".to_owned()), "NaN", false),
            (r#"{"a" 1}"#, What::MissingColon, "1", false),
            (r#"{"a": }"#, What::MissingValue, "}", false),
            ("[,1]", What::MissingValue, ",", false),
            ("[1,,2]", What::MissingValue, ",", false),
            ("[\"a\n\"]", What::UnclosedString, "\"a", false),
            ("[\"a\tb\"]", What::ControlCharacter('\t'), "\t", false),
            (r#"["\x"]"#, What::BadEscape, r#""\x""#, false),
            (r#"["\ud800"]"#, What::BadEscape, r#""\ud800""#, false),
            ("[01]", What::BadNumber("01".to_owned()), "01", false),
            ("[+1]", What::BadNumber("+1".to_owned()), "+1", false),
            ("[1e999]", What::BadNumber("1e999".to_owned()), "1e999", false),
            ("[1", What::Unclosed(Bracket::Array), "[", false),
            (r#"{"a": {"b": 1}"#, What::Unclosed(Bracket::Object), "{", false),
            ("[1}", What::Mismatched(Bracket::Array), "}", false),
            ("", What::Empty, "", false),
            (" \n", What::Empty, " \n", false),
            ("{} {}", What::AfterEnd, "{", false),
            ("[é]", What::Unexpected('é'), "é", false),
        ];
        for (text, what, shown, survives) in cases {
            assert_eq!(faults(text), [(what, shown)], "{text}");
            assert_eq!(parse(text).root.is_some(), survives, "{text}");
        }
    }

    #[test]
    fn harmless_faults_are_all_said_at_once() {
        let text = "\u{feff}{\n// note\n\"a\": [1, 2,], \"b\": 3 \"a\": 4,}";
        let names: Vec<_> = faults(text).into_iter().map(|(what, _)| what).collect();
        assert_eq!(names.len(), 6, "{names:?}");
        let root = parse(text).root.expect("the value is beyond doubt");
        assert_eq!(root.to_json(), serde_json::json!({ "a": [1, 2], "b": 3 }));
    }

    #[test]
    fn limits_hold_at_below_and_above() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(parse(&nested(DEPTH)).faults.is_empty());
        assert_eq!(faults(&nested(DEPTH + 1)).remove(0).0, What::TooDeep);
        assert_eq!(faults(&"[".repeat(100_000)).remove(0).0, What::TooDeep);
        let items = |n: usize| format!("[{}]", vec!["1"; n].join(","));
        assert!(parse(&items(MEMBERS)).faults.is_empty());
        assert_eq!(faults(&items(MEMBERS + 1)).remove(0).0, What::TooMany);
        let keys = |n: usize| format!("{{{}}}", (0..n).map(|i| format!("\"{i}\":1")).collect::<Vec<_>>().join(","));
        assert!(parse(&keys(MEMBERS)).faults.is_empty());
        assert_eq!(faults(&keys(MEMBERS + 1)).remove(0).0, What::TooMany);
        let comments = |n: usize| format!("{}1", "/**/".repeat(n));
        assert_eq!(faults(&comments(FAULTS)).len(), FAULTS);
        assert_eq!(faults(&comments(FAULTS + 9)).len(), FAULTS + 2);
        assert_eq!(faults(&comments(FAULTS + 9)).pop().map(|(what, _)| what), Some(What::TooManyFaults));
    }

    /// Each wrong quotation mark costs what its own text is long, not what the rest of the line is.
    #[test]
    fn a_long_line_of_wrong_quotation_marks_is_read_once() {
        let text = format!("[{}]", vec!["“a«"; MEMBERS].join(","));
        assert_eq!(faults(&text).len(), MEMBERS);
    }

    #[test]
    fn a_repeated_key_is_found_among_many() {
        let text = format!("{{{},\"7\":0}}", (0..200).map(|i| format!("\"{i}\":1")).collect::<Vec<_>>().join(","));
        assert!(matches!(&faults(&text)[..], [(What::DuplicateKey { key, .. }, "\"7\"")] if key == "7"));
    }
}
