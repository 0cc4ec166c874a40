//! What can be wrong with a text, named for what a person did.

use crate::pointer::Span;

/// A fault of the text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was done.
    pub what: What,
    /// Where; never inside a character.
    pub span: Span,
}

/// A bracket that was opened, for faults of closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// `{`
    Object,
    /// `[`
    Array,
}

/// What a person did. Whether the tree survives is said at each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A byte-order mark before the text. The tree survives.
    ByteOrderMark,
    /// A comma before a closing bracket. The tree survives.
    TrailingComma,
    /// `// …` or `/* … */`. The tree survives.
    Comment,
    /// Two values without a comma between; the span is the second one's first character. The tree survives.
    MissingComma,
    /// A key twice in one object; the span is the second one's. The tree survives and has the first value.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stood first.
        first: Span,
    },
    /// `'…'` instead of `"…"`.
    SingleQuotes,
    /// Typographic quotation marks instead of `"`.
    CurlyQuotes,
    /// A key without quotation marks.
    UnquotedKey(String),
    /// A bare word where a value belongs, such as `True` or `NaN`.
    BareWord(String),
    /// A key without a colon behind it.
    MissingColon,
    /// A key or a comma with no value behind it.
    MissingValue,
    /// A string that meets the end of its line (the span is the whole of it).
    UnclosedString,
    /// A control character inside a string; it must be escaped.
    ControlCharacter(char),
    /// `\` before something that is no escape, or half of a surrogate pair.
    BadEscape,
    /// A number that JSON does not know: `01`, `+1`, `.5`, `1.`, `0x1F`, or one too large.
    BadNumber(String),
    /// The text ends while this bracket is still open (the span is the bracket's).
    Unclosed(Bracket),
    /// A bracket closed by the other kind of bracket.
    Mismatched(Bracket),
    /// No value at all.
    Empty,
    /// Something after the end of the record.
    AfterEnd,
    /// A character that can't stand here.
    Unexpected(char),
    /// More than [`super::DEPTH`] brackets inside one another.
    TooDeep,
    /// An object or a list with more than [`super::MEMBERS`] entries.
    TooMany,
    /// More than [`super::FAULTS`] faults.
    TooManyFaults,
}

impl What {
    /// Whether the tree can be trusted in spite of it.
    pub fn spares_the_tree(&self) -> bool {
        matches!(
            self,
            Self::ByteOrderMark | Self::TrailingComma | Self::Comment | Self::MissingComma | Self::DuplicateKey { .. }
        )
    }
}
