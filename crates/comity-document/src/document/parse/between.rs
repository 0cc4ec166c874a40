//! Colons, commas and closing brackets, and the mistakes that people make in them.

use super::super::layout::Gap;
use super::{ParseResult, Parser};
use crate::document::{Bracket, Expected, Fault, FaultKind, guess};
use crate::pointer::Span;

impl Parser<'_> {
    /// The colon between a name and its value.
    #[inline]
    pub(super) fn colon(&mut self, open: usize, key: &str, key_span: Span) -> ParseResult<()> {
        let start = self.at;
        if self.peek() == Some(b':') {
            self.at += 1;
            if self.usual_gap(Gap::Space) {
                return Ok(());
            }
            self.at = start;
        }
        self.uncommon_colon(open, key, key_span)
    }

    #[cold]
    fn uncommon_colon(&mut self, open: usize, key: &str, key_span: Span) -> ParseResult<()> {
        self.gap(Gap::None);
        let fault = |what, span| Err(Fault { what, span }.into());
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b',' | b'}') => return fault(FaultKind::LoneName(key.to_owned()), key_span),
            Some(b'=') => return Err(self.fault_here(FaultKind::MissingColon).into()),
            Some(_) if self.other_mark(&[guess::WIDE_COLON], ':') => {}
            Some(_) if key.trim_end().ends_with(':') => {
                return fault(FaultKind::OpenName(key.trim_end_matches([':', ' ']).to_owned()), key_span);
            }
            Some(_) => {
                let missing = Fault { what: FaultKind::MissingColon, span: Span { start: key_span.end, ..key_span } };
                return Err(self.stray_quote(key_span.end as usize).unwrap_or(missing).into());
            }
            None => return Err(guess::unclosed(self.text, open, Bracket::Object).into()),
        }
        self.gap(Gap::Space);
        if self.peek().is_none() { Err(guess::unclosed(self.text, open, Bracket::Object).into()) } else { Ok(()) }
    }

    /// Steps over the closing bracket, and returns whether there is one. The end of the text and the other closing bracket are
    /// faults.
    #[inline]
    pub(super) fn closes(&mut self, bracket: Bracket, open: usize) -> ParseResult<bool> {
        // Nearly always another entry begins.
        if let Some(b'"' | b'{' | b'[') = self.peek() { Ok(false) } else { self.closes_here(bracket, open) }
    }

    #[inline(never)]
    fn closes_here(&mut self, bracket: Bracket, open: usize) -> ParseResult<bool> {
        match (self.peek(), bracket) {
            (None, _) => Err(guess::unclosed(self.text, open, bracket).into()),
            (Some(b'}'), Bracket::Object) | (Some(b']'), Bracket::Array) => {
                self.at += 1;
                Ok(true)
            }
            (Some(b'}' | b']'), _) => {
                Err(self.fault_here(FaultKind::Mismatched { open: bracket, at: Span::new(open, open + 1) }).into())
            }
            _ => Ok(false),
        }
    }

    /// The comma between two entries, or the white space before the closing bracket.
    #[inline]
    pub(super) fn separator(&mut self, bracket: Bracket, open: usize) -> ParseResult<()> {
        let end = self.at;
        let comma = self.peek() == Some(b',');
        self.at += usize::from(comma);
        if self.usual_gap(Gap::Line(self.depth - usize::from(!comma))) {
            match (comma, self.peek()) {
                (true, Some(b'"' | b'{' | b'[')) | (false, Some(b'}' | b']')) => return Ok(()),
                _ => {}
            }
        }
        self.at = end;
        self.uncommon_separator(bracket, open)
    }

    /// A separator with white space of another layout, before a number or a word, or with a fault.
    #[inline(never)]
    fn uncommon_separator(&mut self, bracket: Bracket, open: usize) -> ParseResult<()> {
        let end = self.at;
        self.space();
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.layout.see(&self.bytes[end..comma], Gap::None);
                self.at += 1;
                self.gap(Gap::Line(self.depth));
                match (self.peek(), bracket) {
                    (Some(b'}' | b']'), _) => {
                        self.faults.push(Fault { what: FaultKind::TrailingComma, span: Span::new(comma, comma + 1) });
                    }
                    (Some(b'0'..=b'9'), Bracket::Object) => return Err(self.cut_number(comma).into()),
                    _ => {}
                }
                Ok(())
            }
            Some(b'}' | b']') => {
                self.layout.see(&self.bytes[end..self.at], Gap::Line(self.depth - 1));
                Ok(())
            }
            None => Err(guess::unclosed(self.text, open, bracket).into()),
            Some(_) => self.no_separator(bracket, end),
        }
    }

    /// The fault after a value that neither a comma nor a closing bracket follows.
    fn no_separator(&mut self, bracket: Bracket, end: usize) -> ParseResult<()> {
        let here = Span::new(end, end);
        let rest = &self.text[self.at..];
        if let Some(stray) = self.stray_quote(end) {
            return Err(stray.into());
        }
        if bracket == Bracket::Array && rest.starts_with(':') {
            return Err(self.fault_here(FaultKind::NameInList).into());
        }
        if self.other_mark(&guess::COMMAS, ',') {
            self.gap(Gap::Line(self.depth));
            return Ok(());
        }
        let broken = self.at == end && !rest.starts_with(['"', '{', '[']);
        if broken || !guess::begins_entry(rest, bracket) {
            return Err(self.unexpected(Expected::Next(bracket)).into());
        }
        self.faults.push(Fault { what: FaultKind::MissingComma, span: here });
        Ok(())
    }

    /// Steps over a mark that stands in the place of another one, and notes the fault. Returns whether there is one.
    fn other_mark(&mut self, marks: &[char], meant: char) -> bool {
        let Some(found) = self.text[self.at..].chars().next().filter(|c| marks.contains(c)) else { return false };
        let start = self.at;
        self.at += found.len_utf8();
        let ends = meant == ',' && self.text[self.at..].trim_start().starts_with(['}', ']']);
        self.note(if ends { FaultKind::TrailingComma } else { FaultKind::OtherMark { found, meant } }, start);
        true
    }

    /// The fault of a string that was closed too early: it contains a quotation mark, or has one too many at its end.
    fn stray_quote(&self, end: usize) -> Option<Fault> {
        let stray = self.bytes[end - 1] == b'"' && guess::goes_on(&self.text[end..]);
        let extra = self.bytes.get(end) == Some(&b'"');
        let (what, mark) = if extra { (FaultKind::ExtraQuote, end) } else { (FaultKind::StrayQuote, end - 1) };
        stray.then(|| Fault { what, span: Span::new(mark, mark + 1) })
    }

    /// The fault of a comma that a digit follows in an object, where a name should follow.
    fn cut_number(&self, comma: usize) -> Fault {
        match guess::thousands(self.text, comma) {
            Some(span) => Fault { what: FaultKind::BadNumber(self.text[span.range()].to_owned()), span },
            None => self.unexpected(Expected::Name),
        }
    }
}
