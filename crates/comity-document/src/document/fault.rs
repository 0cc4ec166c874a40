//! What can be wrong with a text, named for the mistake of a person.

use crate::pointer::Span;

/// A fault of a text, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The mistake.
    pub what: FaultKind,
    /// The place, on boundaries of characters. Empty where something is missing.
    pub span: Span,
}

/// A kind of bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    /// `{`
    Object,
    /// `[`
    Array,
}

/// What a program puts before each line of a text that it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinePrefix {
    /// `>`, as a mail quotes another one.
    Quote,
    /// `+`, as a list of changes has it.
    Added,
    /// The number of the line.
    Number,
}

/// What is expected at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// A name in quotation marks.
    Name,
    /// A comma, or the closing bracket of this kind.
    Next(Bracket),
}

/// The mistake of a person. "The tree survives" means that parsing goes on and that every value is beyond doubt.
///
/// The list is exhaustive on purpose: a program with a message for each mistake does not compile when a mistake is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// A byte-order mark before the text. The tree survives.
    ByteOrderMark,
    /// The marks of a code block, before or behind the record. The tree survives.
    CodeFence,
    /// Words before or behind the record. The tree survives.
    OtherText,
    /// White space that JSON does not know, or an invisible character, between values. The tree survives.
    StrangeSpace(char),
    /// A comma before a closing bracket. The tree survives.
    TrailingComma,
    /// `// …`, `/* … */` or `# …`. The tree survives.
    Comment,
    /// Two entries without a comma between them; the span is the place of the comma. The tree survives.
    MissingComma,
    /// A repeated name in an object; the span is that of the repetition. The tree survives and has the first value.
    DuplicateKey {
        /// The name.
        key: String,
        /// The span of its first occurrence.
        first: Span,
    },
    /// `'…'` instead of `"…"`.
    SingleQuotes,
    /// Typographic quotation marks instead of `"`, on one side or on both.
    CurlyQuotes,
    /// A `"` inside a string, without an escape. The span is that of the mark.
    StrayQuote,
    /// A second `"` after a string.
    ExtraQuote,
    /// Marks that a program doubled, as tables have texts: `""status"": ""held""`; or the mark that the table put around the
    /// record. The span is that of the marks in a row.
    DoubledQuotes,
    /// Another mark where a comma or a colon belongs, such as `；` or `：`. The tree survives.
    OtherMark {
        /// The mark.
        found: char,
        /// The mark that belongs here.
        meant: char,
    },
    /// Words or a number with `"` after them and none before.
    HalfQuoted(String),
    /// A name whose closing `"` is missing before the colon. The span reaches to the next mark.
    OpenName(String),
    /// A name without quotation marks.
    UnquotedKey(String),
    /// Words without quotation marks in place of a value.
    BareWord(String),
    /// A word of another language in place of `true`, `false` or `null`, such as `True`, `None` or `NaN`.
    Literal(String),
    /// A name without a colon after it; the span is the place of the colon, or what is there instead.
    MissingColon,
    /// A name with neither a colon nor a value.
    LoneName(String),
    /// A name with a colon in a list. The span is that of the colon.
    NameInList,
    /// A colon without a value after it; the span is that of what is there instead.
    MissingValue,
    /// A comma before the first entry, or after another comma.
    ExtraComma,
    /// A string that reaches the end of its line. The span is that of the string.
    UnclosedString,
    /// A control character inside a string, without an escape.
    ControlCharacter(char),
    /// `\` before something that is no escape. The span is that of the escape.
    BadEscape,
    /// The escape of one half of a surrogate pair, such as `\ud800`, without the other. The span is that of the escape.
    HalfPair,
    /// Words that begin like a number and are no number of JSON, such as `01`, `+1`, `.5`, `1,000` or `2019-01-22`; or a number
    /// too large for a double.
    BadNumber(String),
    /// The text ends while this bracket is open. The span is that of the bracket.
    Unclosed(Bracket),
    /// A bracket closed by the other kind of bracket.
    Mismatched {
        /// The bracket that is open.
        open: Bracket,
        /// Its span.
        at: Span,
    },
    /// A closing bracket after the end of the record.
    ExtraClosing(char),
    /// Something else after the end of the record.
    AfterEnd,
    /// No value at all.
    Empty,
    /// Members without the bracket that opens the record.
    NoOpening,
    /// Two versions of a text with the markers of git between them. The span is that of the first marker.
    MergeConflict,
    /// The encoding UTF-16, in which every other byte of plain text is zero.
    Utf16,
    /// Another notation, YAML. The span is that of the first line.
    Yaml,
    /// Each line begins with what a mail, a list of changes or an editor puts there. The span is that of the first line.
    LinePrefix(LinePrefix),
    /// Anything else that JSON does not allow at this place.
    Unexpected {
        /// What is there: a phrase, or one character.
        found: String,
        /// What is expected.
        expected: Expected,
    },
    /// Objects and lists nested deeper than [`DEPTH`](super::DEPTH).
    TooDeep,
    /// An object or a list with more than [`MEMBERS`](super::MEMBERS) entries.
    TooMany,
    /// More than [`VALUES`](super::VALUES) values.
    TooManyValues,
    /// More than [`FAULTS`](super::FAULTS) faults.
    TooManyFaults,
}

impl FaultKind {
    /// Whether the mistake leaves every value beyond doubt, so that there is a tree.
    pub fn spares_the_tree(&self) -> bool {
        matches!(
            self,
            Self::ByteOrderMark
                | Self::CodeFence
                | Self::OtherText
                | Self::StrangeSpace(_)
                | Self::TrailingComma
                | Self::Comment
                | Self::MissingComma
                | Self::OtherMark { .. }
                | Self::Literal(_)
                | Self::DuplicateKey { .. }
        )
    }

    /// Whether the mistake is about where brackets open and close.
    pub(super) fn is_of_brackets(&self) -> bool {
        matches!(self, Self::Unclosed(_) | Self::Mismatched { .. } | Self::ExtraClosing(_) | Self::AfterEnd)
    }
}
