//! What can be wrong with a text, named for what a person did.

use crate::pointer::Span;

/// A fault of the text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What was done.
    pub what: What,
    /// Where; never inside a character. Empty where something is to be put in.
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

/// What could stand at a place, where something else stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// A name in quotation marks.
    Name,
    /// A comma, or the bracket that closes this one.
    Next(Bracket),
}

/// What a person did. Whether the tree survives is said at each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A byte-order mark before the text. The tree survives.
    ByteOrderMark,
    /// White space that JSON does not know, or a character nobody sees, between values. The tree survives.
    StrangeSpace(char),
    /// A comma before a closing bracket. The tree survives.
    TrailingComma,
    /// `// …`, `/* … */` or `# …`. The tree survives.
    Comment,
    /// Two entries without a comma between; the span is the place for it. The tree survives.
    MissingComma,
    /// A name twice in one object; the span is the second one's. The tree survives and has the first value.
    DuplicateKey {
        /// The name.
        key: String,
        /// Where it stood first.
        first: Span,
    },
    /// `'…'` instead of `"…"`.
    SingleQuotes,
    /// Typographic quotation marks instead of `"`, on one side or on both.
    CurlyQuotes,
    /// A `"` inside a text (the span is the mark's).
    StrayQuote,
    /// A second `"` behind a text.
    ExtraQuote,
    /// Words or a number with `"` behind them and none before.
    HalfQuoted(String),
    /// A name whose closing `"` is missing before the colon (the span is that of all up to the next mark).
    OpenName(String),
    /// A name without quotation marks.
    UnquotedKey(String),
    /// Bare words where a value belongs, such as `True` or `NaN`.
    BareWord(String),
    /// A name without a colon behind it; the span is the place for it, or what stands there instead.
    MissingColon,
    /// A name with neither a colon nor a value.
    LoneName(String),
    /// A name with a colon in a list (the span is the colon's).
    NameInList,
    /// A colon with no value behind it; the span is of what stands there instead.
    MissingValue,
    /// A comma before the first entry, or behind another comma.
    ExtraComma,
    /// A string that meets the end of its line (the span is the whole of it).
    UnclosedString,
    /// A control character inside a string; it must be escaped.
    ControlCharacter(char),
    /// `\` before something that is no escape, or half of a surrogate pair (the span is the escape's).
    BadEscape,
    /// What begins as a number and is none that JSON knows: `01`, `+1`, `.5`, `1,000`, `2019-01-22`, or one too large.
    BadNumber(String),
    /// The text ends while this bracket is still open (the span is the bracket's).
    Unclosed(Bracket),
    /// A bracket closed by the other kind of bracket.
    Mismatched {
        /// The bracket that is open.
        open: Bracket,
        /// Where it stands.
        at: Span,
    },
    /// A closing bracket behind the end of the record.
    ExtraClosing(char),
    /// Something else behind the end of the record.
    AfterEnd,
    /// No value at all.
    Empty,
    /// Entries without the bracket that opens the record.
    NoOpening,
    /// Something that can't stand here.
    Unexpected {
        /// What stands here: a word, or one character.
        found: String,
        /// What could.
        expected: Expected,
    },
    /// More than [`super::DEPTH`] brackets inside one another.
    TooDeep,
    /// An object or a list with more than [`super::MEMBERS`] entries.
    TooMany,
    /// More than [`super::VALUES`] values.
    TooManyValues,
    /// More than [`super::FAULTS`] faults.
    TooManyFaults,
}

impl What {
    /// Whether the tree can be trusted in spite of it.
    pub fn spares_the_tree(&self) -> bool {
        matches!(
            self,
            Self::ByteOrderMark
                | Self::StrangeSpace(_)
                | Self::TrailingComma
                | Self::Comment
                | Self::MissingComma
                | Self::DuplicateKey { .. }
        )
    }
}
