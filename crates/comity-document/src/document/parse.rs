//! Strict RFC 8259, by recursive descent. Each likely mistake of a person is a fault of its own; where it leaves the values
//! beyond doubt, parsing goes on, so that one run reports every such fault.

mod around;
mod between;
mod scalar;

use std::collections::HashSet;

use super::guess;
use super::layout::{Gap, Layout};
use super::{Arena, Bracket, Document, Expected, Fault, FaultKind, Member, Node, Value};
use crate::pointer::Span;

/// The largest depth of nested objects and lists.
pub const DEPTH: usize = 127;
/// The largest number of members of an object, and of items of a list.
pub const MEMBERS: usize = 10_000;
/// The largest number of values in a text. Lists of lists could hold millions, and a node is many times larger than the text
/// of its value.
pub const VALUES: usize = 100_000;
/// The largest number of faults. A text with more is no record that a person wrote; parsing ends there.
pub const FAULTS: usize = 10_000;
/// From this number of keys on, a set finds a repeated key; below it, a scan is faster. Without the set, an object of 10,000
/// keys would cost 50 million comparisons.
const SCAN: usize = 24;

/// Parses the text of one record. The arena holds the tree.
pub fn parse<'t>(text: &'t str, arena: &'t Arena) -> Document<'t> {
    let (members, items) = (Vec::with_capacity(64), Vec::with_capacity(64));
    let bytes = text.as_bytes();
    let mut parser = Parser {
        text,
        arena,
        bytes,
        at: 0,
        depth: 0,
        values: 0,
        faults: Vec::new(),
        layout: Layout::NEW,
        members,
        items,
    };
    let root = match parser.document() {
        Ok(node) => parser.faults.iter().all(|fault| fault.what.spares_the_tree()).then_some(node),
        Err(fatal) => {
            parser.explain(*fatal);
            None
        }
    };
    parser.faults.sort_by_key(|fault| fault.span);
    Document { root, faults: parser.faults, layout: parser.layout }
}

struct Parser<'t> {
    text: &'t str,
    arena: &'t Arena,
    bytes: &'t [u8],
    at: usize,
    depth: usize,
    values: usize,
    faults: Vec<Fault>,
    layout: Layout,
    /// The members of all open objects, and the items of all open lists. An object or a list that closes moves its own into
    /// the arena, in one piece of the right size.
    members: Vec<Member<'t>>,
    items: Vec<Node<'t>>,
}

/// `Err` ends the parse. The fault is boxed, so that `Ok` is small to return.
type ParseResult<T> = Result<T, Box<Fault>>;

impl<'t> Parser<'t> {
    fn document(&mut self) -> ParseResult<Node<'t>> {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            self.note(FaultKind::ByteOrderMark, 0);
        }
        self.gap(Gap::None);
        if self.peek().is_none() {
            return Err(Fault { what: FaultKind::Empty, span: Span::new(0, self.at) }.into());
        }
        if self.peek() != Some(b'{') {
            self.before_record();
        }
        let node = self.value()?;
        self.gap(Gap::Line(0));
        if self.peek().is_some() && matches!(node.value, Value::Object(_)) {
            self.behind_record();
        }
        let what = match self.peek() {
            None if self.is_bare(&node) => return Err(self.no_opening(&node).into()),
            None => return Ok(node),
            Some(byte @ (b'}' | b']')) => FaultKind::ExtraClosing(char::from(byte)),
            // Members without brackets, a table, a page of prose.
            Some(_) if !matches!(node.value, Value::Object(_) | Value::Array(_)) => {
                return Err(self.no_opening(&node).into());
            }
            Some(_) => FaultKind::AfterEnd,
        };
        Err(self.fault_here(what).into())
    }

    /// Whether the whole text is no record, but words without quotation marks.
    fn is_bare(&self, node: &Node<'_>) -> bool {
        !matches!(node.value, Value::Object(_) | Value::Array(_))
            && self.faults.iter().any(|fault| !fault.what.spares_the_tree())
    }

    #[cold]
    fn no_opening(&mut self, node: &Node<'_>) -> Fault {
        self.faults.clear();
        Fault { what: FaultKind::NoOpening, span: node.span }
    }

    /// Adds the fault that ends the parse, unless the fault only follows from where an earlier text was taken to end.
    fn end_with(&mut self, fatal: Fault) {
        let is_open = |fault: &Fault| fault.what == FaultKind::UnclosedString;
        let what = match fatal.what {
            _ if self.faults.len() > FAULTS => FaultKind::TooManyFaults,
            what if what.is_of_brackets() && self.faults.iter().any(is_open) => return,
            what => what,
        };
        self.faults.push(Fault { what, ..fatal });
    }

    #[inline]
    fn value(&mut self) -> ParseResult<Node<'t>> {
        self.values += 1;
        if self.values > VALUES || self.faults.len() > FAULTS {
            return Err(self.too_much().into());
        }
        let start = self.at;
        // Most values are strings: they take no call but their own.
        let value = if self.peek() == Some(b'"') {
            Value::String(self.string().or_else(|fault| self.closed_by_its_line(fault))?)
        } else {
            self.other_value()?
        };
        Ok(Node { span: Span::new(start, self.at), value })
    }

    #[cold]
    fn too_much(&self) -> Fault {
        let too_many_faults = self.faults.len() > FAULTS;
        self.fault_here(if too_many_faults { FaultKind::TooManyFaults } else { FaultKind::TooManyValues })
    }

    /// A value that is no string.
    #[inline(never)]
    fn other_value(&mut self) -> ParseResult<Value<'t>> {
        match self.peek() {
            Some(b'{') => self.nested(Bracket::Object),
            Some(b'[') => self.nested(Bracket::Array),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number(),
            _ => self.uncommon_value(),
        }
    }

    /// A word, or what only looks like a value.
    #[inline(never)]
    fn uncommon_value(&mut self) -> ParseResult<Value<'t>> {
        match self.peek() {
            Some(b'\'') => Ok(Value::String(self.other_quotes(FaultKind::SingleQuotes, &["'"])?)),
            Some(byte) if byte.is_ascii_alphabetic() => Ok(self.words()),
            _ if self.curly() => Ok(Value::String(self.other_quotes(FaultKind::CurlyQuotes, guess::CURLY)?)),
            Some(_) if self.text[self.at..].starts_with(|c| matches!(c, '\u{660}'..='\u{669}')) => {
                Ok(self.other_digits())
            }
            Some(b',' | b'}' | b']') if self.depth > 0 => Err(self.fault_here(FaultKind::MissingValue).into()),
            _ => Err(self.unexpected(Expected::Value).into()),
        }
    }

    fn nested(&mut self, bracket: Bracket) -> ParseResult<Value<'t>> {
        let open = self.at;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.fault_here(FaultKind::TooDeep).into());
        }
        self.at += 1;
        self.gap_before_entries();
        let value = match bracket {
            Bracket::Object => self.object(open)?,
            Bracket::Array => self.array(open)?,
        };
        self.depth -= 1;
        Ok(value)
    }

    /// The white space after an opening bracket: none where the closing bracket follows.
    fn gap_before_entries(&mut self) {
        let start = self.at;
        if !self.is_closing() && self.usual_gap(Gap::Line(self.depth)) && !self.is_closing() {
            return;
        }
        self.at = start;
        self.space();
        let empty = self.is_closing();
        self.layout.see(&self.bytes[start..self.at], if empty { Gap::None } else { Gap::Line(self.depth) });
    }

    fn object(&mut self, open: usize) -> ParseResult<Value<'t>> {
        let own = self.members.len();
        let mut seen = Seen::default();
        while !self.closes(Bracket::Object, open)? {
            let key_start = self.at;
            let key = self.key()?;
            let key_span = Span::new(key_start, self.at);
            self.colon(open, key, key_span)?;
            let member = Member { key, key_span, value: self.value()? };
            if self.members.len() - own == MEMBERS {
                return Err(Fault { what: FaultKind::TooMany, span: key_span }.into());
            }
            match seen.first(&self.members[own..], &member) {
                None => self.members.push(member),
                Some(first) => {
                    let what = FaultKind::DuplicateKey { key: member.key.to_owned(), first };
                    self.faults.push(Fault { what, span: key_span });
                }
            }
            self.separator(Bracket::Object, open)?;
        }
        let members = self.arena.members(&self.members[own..]);
        self.members.truncate(own);
        Ok(Value::Object(members))
    }

    fn array(&mut self, open: usize) -> ParseResult<Value<'t>> {
        let own = self.items.len();
        while !self.closes(Bracket::Array, open)? {
            if self.items.len() - own == MEMBERS {
                return Err(self.fault_here(FaultKind::TooMany).into());
            }
            if self.peek() == Some(b',') {
                return Err(self.fault_here(FaultKind::ExtraComma).into());
            }
            let item = self.value()?;
            self.items.push(item);
            self.separator(Bracket::Array, open)?;
        }
        let items = self.arena.items(&self.items[own..]);
        self.items.truncate(own);
        Ok(Value::Array(items))
    }

    #[inline]
    fn key(&mut self) -> ParseResult<&'t str> {
        if self.peek() == Some(b'"') { self.string() } else { self.unquoted_key() }
    }

    /// A key in no quotation marks, or in the wrong ones.
    #[cold]
    fn unquoted_key(&mut self) -> ParseResult<&'t str> {
        match self.peek() {
            Some(b'\'') => self.other_quotes(FaultKind::SingleQuotes, &["'"]),
            Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'/') => {
                let start = self.at;
                self.at += guess::name(&self.text[start..]);
                if self.half_quoted(start) {
                    return Ok(&self.text[start..self.at - 1]);
                }
                let word = &self.text[start..self.at];
                self.note(FaultKind::UnquotedKey(word.to_owned()), start);
                Ok(word)
            }
            Some(b',') => Err(self.fault_here(FaultKind::ExtraComma).into()),
            _ if self.curly() => self.other_quotes(FaultKind::CurlyQuotes, guess::CURLY),
            _ => Err(self.unexpected(Expected::Name).into()),
        }
    }

    /// Skips white space, and compares it with the white space that belongs here.
    fn gap(&mut self, gap: Gap) {
        if self.usual_gap(gap) {
            return;
        }
        let start = self.at;
        self.space();
        self.layout.see(&self.bytes[start..self.at], gap);
    }

    /// Skips a gap that is empty, or laid out as [`Layout::indented`] says, up to a token. Returns whether the gap is such a
    /// one; if not, nothing is skipped. Nearly all gaps are.
    #[inline]
    fn usual_gap(&mut self, gap: Gap) -> bool {
        if self.is_token() {
            self.layout.see(&[], gap);
            return true;
        }
        self.indented_gap(gap)
    }

    #[inline(never)]
    fn indented_gap(&mut self, gap: Gap) -> bool {
        const SPACES: &[u8] = &[b' '; 2 * DEPTH];
        let length = match (gap, &self.bytes[self.at..]) {
            (Gap::Space, [b' ', ..]) => 1,
            (Gap::Line(depth), [b'\n', rest @ ..]) if rest.starts_with(&SPACES[..2 * depth]) => 1 + 2 * depth,
            _ => return false,
        };
        self.at += length;
        let is_whole = self.is_token();
        if is_whole {
            self.layout.compact = false;
        } else {
            self.at -= length;
        }
        is_whole
    }

    #[inline]
    fn is_closing(&self) -> bool {
        matches!(self.peek(), Some(b'}' | b']'))
    }

    /// Whether here is neither white space, nor a comment, nor the end.
    #[inline]
    fn is_token(&self) -> bool {
        self.peek().is_some_and(|byte| matches!(byte, b'!'..=b'~') && !matches!(byte, b'/' | b'#'))
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Adds a fault that spans from `start` to here; parsing goes on.
    fn note(&mut self, what: FaultKind, start: usize) {
        self.faults.push(Fault { what, span: Span::new(start, self.at) });
    }

    fn fault_here(&self, what: FaultKind) -> Fault {
        let start = self.boundary(self.at);
        let length = self.text[start..].chars().next().map_or(0, char::len_utf8);
        Fault { what, span: Span::new(start, start + length) }
    }

    fn unexpected(&self, expected: Expected) -> Fault {
        let start = self.boundary(self.at);
        let found = &self.text[start..][..guess::phrase(&self.text[start..])];
        if found.is_empty() {
            return self.fault_here(FaultKind::MissingValue);
        }
        let span = Span::new(start, start + found.len());
        Fault { what: FaultKind::Unexpected { found: found.to_owned(), expected }, span }
    }

    /// The start of the character at this byte. A `\` before a character of several bytes leads into the character, or past
    /// the end of the text.
    fn boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// The keys of one object so far.
#[derive(Default)]
struct Seen<'t> {
    /// A bit for the length and the ends of each key: nearly every new key has a bit that no other key has.
    marks: u64,
    /// The keys, once there are many.
    many: HashSet<&'t str>,
}

impl<'t> Seen<'t> {
    /// The first place of this key, if the object has it already.
    #[inline]
    fn first(&mut self, members: &[Member<'t>], new: &Member<'t>) -> Option<Span> {
        let mark = mark(new.key.as_bytes());
        let is_new = self.marks & mark == 0;
        self.marks |= mark;
        if is_new && members.len() < SCAN { None } else { self.look_up(members, new) }
    }

    #[inline(never)]
    fn look_up(&mut self, members: &[Member<'t>], new: &Member<'t>) -> Option<Span> {
        if members.len() >= SCAN {
            if self.many.is_empty() {
                self.many.extend(members.iter().map(|member| member.key));
            }
            if self.many.insert(new.key) {
                return None;
            }
        }
        members.iter().find(|member| member.key == new.key).map(|member| member.key_span)
    }
}

/// One of 64 bits, by the length, the first byte and the last byte of a key.
fn mark(key: &[u8]) -> u64 {
    let end = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    1 << ((7 * key.len() + 3 * end(key.first()) + 5 * end(key.last())) % 64)
}
