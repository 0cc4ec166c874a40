//! Strings, numbers, words and white space, and the mistakes that people make in them.

use super::{FAULTS, ParseResult, Parser};
use crate::document::{Expected, Fault, FaultKind, Value, guess};
use crate::pointer::Span;

/// The first byte from `at` on that ends a string or needs an escape: a quotation mark, a backslash, a control character.
/// Eight bytes are compared in one step: strings are most of a record.
fn plain_until(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGHS: u64 = ONES << 7;
    let (words, _) = bytes.get(at..).unwrap_or_default().as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        // Turning the second bit swaps space and quotation mark: what is then at most 0x20 is a quotation mark or a control
        // character. A subtraction sets the high bit of each byte that is small. Bytes above the lowest such byte may be
        // wrong, which does not matter: only the lowest is used.
        let ends = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
        let escapes = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        let special = (ends | escapes) & !word & HIGHS;
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(special).unwrap_or(rest.len())
}

impl<'t> Parser<'t> {
    #[inline]
    pub(super) fn string(&mut self) -> ParseResult<&'t str> {
        let start = self.at + 1;
        let end = plain_until(self.bytes, start);
        if self.bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(&self.text[start..end]);
        }
        self.uncommon_string()
    }

    /// A string with an escape, or with a fault.
    #[inline(never)]
    fn uncommon_string(&mut self) -> ParseResult<&'t str> {
        let open = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            self.at = plain_until(self.bytes, self.at);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 2;
                }
                None | Some(b'\n' | b'\r') => return Err(self.unclosed_string(open).into()),
                Some(byte) => return Err(self.fault_here(FaultKind::ControlCharacter(char::from(byte))).into()),
            }
        }
        self.at += 1;
        let raw = &self.text[open..self.at];
        if !escaped {
            return Ok(&raw[1..raw.len() - 1]);
        }
        let text = serde_json::from_str::<String>(raw).map_err(|_| -> Box<Fault> {
            let (start, end) = guess::bad_escape(raw);
            // With four digits nothing but a half is wrong.
            let is_half = raw[start..end].starts_with("\\u") && end - start == 6;
            let what = if is_half { FaultKind::HalfPair } else { FaultKind::BadEscape };
            Fault { what, span: Span::new(open + start, open + end) }.into()
        })?;
        self.layout.plain &= serde_json::to_string(&text).is_ok_and(|written| written == raw);
        Ok(self.arena.text(&text))
    }

    /// The fault of a string that reaches the end of its line: the closing mark is missing, or is not `"`.
    fn unclosed_string(&self, open: usize) -> Fault {
        let end = self.boundary(self.at);
        let inside = &self.text[open + 1..end];
        match guess::closing(inside, guess::CURLY) {
            Some((at, length)) => {
                Fault { what: FaultKind::CurlyQuotes, span: Span::new(open + 1 + at, open + 1 + at + length) }
            }
            None => {
                Fault { what: FaultKind::UnclosedString, span: Span::new(open, open + 1 + inside.trim_end().len()) }
            }
        }
    }

    /// Goes on after a value that reaches the end of its line, where the next line shows that only the closing mark is
    /// missing: a comma or brackets at the end of the line are not part of the text.
    #[cold]
    pub(super) fn closed_by_its_line(&mut self, fault: Box<Fault>) -> ParseResult<&'t str> {
        if fault.what != FaultKind::UnclosedString {
            return Err(fault);
        }
        let span = fault.span.range();
        let text = &self.text[span.start + 1..span.end];
        let bare = text.trim_end_matches(',').trim_end_matches(['}', ']', ' ']);
        if !guess::follows_a_line(&self.text[span.end..], bare.len() < text.len()) {
            return Err(fault);
        }
        self.at = span.start + 1 + bare.len();
        self.faults.push(*fault);
        Ok(bare)
    }

    /// Reads a string in the wrong quotation marks up to the closing mark on its line, and notes one fault.
    pub(super) fn other_quotes(&mut self, what: FaultKind, marks: &[&str]) -> ParseResult<&'t str> {
        let open = self.at;
        let first = self.text[open..].chars().next().map_or(1, char::len_utf8);
        let line = guess::line(&self.text[open + first..]);
        let closed = guess::closing(line, marks).or_else(|| guess::closing(line, &["\""]));
        let closed = closed.or_else(|| guess::first(line, marks));
        let Some((length, mark)) = closed else {
            return Err(
                Fault { what: FaultKind::UnclosedString, span: Span::new(open, open + first + line.len()) }.into()
            );
        };
        self.at = open + first + length + mark;
        self.note(what, open);
        Ok(&line[..length])
    }

    pub(super) fn curly(&self) -> bool {
        guess::CURLY.iter().any(|mark| self.text[self.at..].starts_with(mark))
    }

    /// `true`, `false`, `null`, or words that were meant as a text.
    pub(super) fn words(&mut self) -> Value<'t> {
        let start = self.at;
        let rest = &self.text[start..];
        let word =
            rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).len();
        self.at += word;
        match &rest[..word] {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => {
                self.at = start + guess::phrase(rest).max(word);
                if self.half_quoted(start) {
                    return Value::Null;
                }
                let phrase = &self.text[start..self.at];
                let literal = guess::literal(phrase);
                let what = if literal.is_some() { FaultKind::Literal } else { FaultKind::BareWord };
                self.note(what(phrase.to_owned()), start);
                literal.unwrap_or(Value::Null)
            }
        }
    }

    pub(super) fn number(&mut self) -> ParseResult<Value<'t>> {
        let start = self.at;
        let sign = usize::from(self.peek() == Some(b'-'));
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'_')) {
            self.at += 1;
        }
        let raw = &self.text[start..self.at];
        let digits = raw[sign..].bytes().take_while(u8::is_ascii_digit).count();
        // The common case, a plain integer, is decided here; `serde_json` decides all other numbers.
        let plain =
            sign + digits == raw.len() && (1..=15).contains(&digits) && (digits == 1 || raw.as_bytes()[sign] != b'0');
        let good = plain || serde_json::from_str::<serde_json::Number>(raw).is_ok();
        let blank = self.bytes[self.at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let next = self.bytes.get(self.at + blank);
        let ends = next.is_none_or(|byte| matches!(byte, b',' | b'}' | b']' | b'"' | b'{' | b'[' | b'\n' | b'\r'));
        if next == Some(&b'"') {
            let behind = self.at;
            self.at = behind.max(start + guess::phrase(&self.text[start..]));
            if self.half_quoted(start) {
                return Ok(Value::Null);
            }
            self.at = behind;
        }
        if good && (ends || guess::phrase(&self.text[start..]) == raw.len()) {
            return Ok(Value::Number(raw));
        }
        if !raw.bytes().any(|byte| byte.is_ascii_digit()) {
            self.at = start;
            return Err(self.unexpected(Expected::Value).into());
        }
        self.at = self.at.max(start + guess::phrase(&self.text[start..]));
        if self.half_quoted(start) {
            return Ok(Value::Null);
        }
        self.note(FaultKind::BadNumber(self.text[start..self.at].to_owned()), start);
        Ok(Value::Null)
    }

    /// A number in the digits of another script.
    pub(super) fn other_digits(&mut self) -> Value<'t> {
        let start = self.at;
        self.at += guess::phrase(&self.text[start..]);
        self.note(FaultKind::BadNumber(self.text[start..self.at].to_owned()), start);
        Value::Null
    }

    /// Steps over a `"` that closes words without an opening `"`, and notes the fault. Returns whether there is one.
    pub(super) fn half_quoted(&mut self, start: usize) -> bool {
        let half = self.peek() == Some(b'"') && guess::ends_text(guess::line(&self.text[self.at + 1..]));
        if half {
            let words = self.text[start..self.at].to_owned();
            self.at += 1;
            self.note(FaultKind::HalfQuoted(words), start);
        }
        half
    }

    /// Skips white space. Comments, and white space that JSON does not know, are skipped as faults.
    pub(super) fn space(&mut self) {
        loop {
            while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
                self.at += 1;
            }
            if !matches!(self.peek(), Some(b'/' | b'#' | 0x80..)) || !self.foreign_space() {
                return;
            }
        }
    }

    /// Skips one comment, or one character of white space that JSON does not know, and notes the fault. Returns whether there
    /// was one.
    fn foreign_space(&mut self) -> bool {
        if self.faults.len() > FAULTS {
            return false;
        }
        let rest = &self.text[self.at..];
        let strange = rest.chars().next().filter(|c| {
            !c.is_ascii() && c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        });
        let (what, length) = if let Some(c) = strange {
            (FaultKind::StrangeSpace(c), c.len_utf8())
        } else if rest.starts_with("//") || rest.starts_with('#') {
            (FaultKind::Comment, guess::line(rest).trim_end().len())
        } else if rest.starts_with("/*") {
            (FaultKind::Comment, rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else {
            return false;
        };
        let start = self.at;
        self.at += length;
        self.note(what, start);
        true
    }
}
