//! What is wrong with a file before its record can be looked at: faults of the text, of its size, of its name.

use comity_document::at;
use comity_document::document::{Bracket, DEPTH, FAULTS, Fault, MEMBERS, What};
use comity_document::pointer::Span;

use super::{duplicate_key, id_file_mismatch, misplaced_file, not_utf8, syntax, too_large, unreadable};
use crate::dataset::File;
use crate::finding::{Change, EntryId, Finding, Findings, Place};
use crate::kind::Kind;
use crate::value::{Id, Shaped};

/// Faults of the text.
pub fn over_faults(faults: &[Fault], text: &str, entry: EntryId, out: &mut Vec<Finding>) {
    for fault in faults {
        let rule = match fault.what {
            What::DuplicateKey { .. } => &duplicate_key::RULE,
            What::TooDeep | What::TooMany | What::TooManyFaults => &too_large::RULE,
            _ => &syntax::RULE,
        };
        let mut findings = Findings::new(rule, out);
        let (message, help) = words(&fault.what);
        let finding = findings.at(entry, Place::Bytes(fault.span), message);
        if let Some(help) = help {
            finding.help(help);
        }
        match &fault.what {
            What::DuplicateKey { first, .. } => {
                finding.related(entry, Place::Bytes(*first), "it stands here first");
            }
            What::TrailingComma => {
                finding.fix("remove the comma", Change::Bytes { at: fault.span, with: String::new() });
            }
            What::ByteOrderMark => {
                finding.fix("remove the mark", Change::Bytes { at: fault.span, with: String::new() });
            }
            What::Comment => {
                finding.fix("remove the comment", Change::Bytes { at: fault.span, with: String::new() });
            }
            What::MissingComma => {
                let end = text[..fault.span.start as usize].trim_end().len();
                finding.suggest("add the comma", Change::Bytes { at: Span::new(end, end), with: ",".to_owned() });
            }
            _ => {}
        }
    }
}

/// A fault in words: what is wrong, and what to do about it.
fn words(what: &What) -> (String, Option<String>) {
    let (message, help): (String, &str) = match what {
        What::ByteOrderMark => (
            "an invisible mark stands before the text (a byte-order mark)".into(),
            "save the file as plain UTF-8, without it",
        ),
        What::TrailingComma => {
            ("a comma stands before the closing bracket".into(), "nothing follows this comma; remove it")
        }
        What::Comment => {
            ("a comment; JSON has none".into(), "remove it; what must be said goes into `summary` or `why`")
        }
        What::MissingComma => ("a comma is missing before this".into(), "put a comma behind the entry above"),
        What::DuplicateKey { key, .. } => (
            format!("`{key}` stands twice in this object"),
            "keep one of the two; programs would silently drop the other",
        ),
        What::SingleQuotes => ("single quotation marks around a text".into(), "use the straight double ones: \""),
        What::CurlyQuotes => (
            "curly quotation marks around a text, as a word processor makes them".into(),
            "use the straight double ones: \"",
        ),
        What::UnquotedKey(key) => {
            (format!("the name `{key}` stands without quotation marks"), "put \" before and behind it")
        }
        What::BareWord(word) => bare_word(word),
        What::MissingColon => ("a colon is missing between the name and its value".into(), "put a colon before this"),
        What::MissingValue => ("a value is missing here".into(), "write the value, or remove what announces it"),
        What::UnclosedString => (
            "this text is not closed on its line".into(),
            "put \" at its end; a line break inside a text is written \\n",
        ),
        What::ControlCharacter('\t') => ("a tab inside a text".into(), "write \\t, or a space"),
        What::ControlCharacter(c) => {
            return (
                format!("an invisible control character (U+{:04X}) inside a text", u32::from(*c)),
                Some("remove it".into()),
            );
        }
        What::BadEscape => (
            "a backslash in this text does not announce anything JSON knows".into(),
            "write \\\\ for a backslash itself",
        ),
        What::BadNumber(number) => (
            format!("`{number}` is not a number as JSON writes it"),
            "digits, with a point for the fraction, without leading zeros, spaces or separators",
        ),
        What::Unclosed(bracket) => {
            let (open, close) = brackets(*bracket);
            return (format!("this `{open}` is never closed"), Some(format!("put `{close}` where its entries end")));
        }
        What::Mismatched(bracket) => {
            let (open, close) = brackets(*bracket);
            return (format!("the wrong bracket closes what a `{open}` began"), Some(format!("`{close}` is expected")));
        }
        What::Empty => ("the file is empty".into(), "a record begins with `{` and ends with `}`"),
        What::AfterEnd => (
            "something follows after the end of the record".into(),
            "one file holds one record; is a bracket too many before this?",
        ),
        What::Unexpected(c) => {
            (format!("`{c}` cannot stand here"), "a text in \", a number, `{`, `[`, true or false is expected")
        }
        What::TooDeep => return (format!("more than {DEPTH} brackets stand inside one another"), None),
        What::TooMany => return (format!("more than {MEMBERS} entries stand in one object or list"), None),
        What::TooManyFaults => {
            return (format!("more than {FAULTS} faults stand before this; it is not read further"), None);
        }
    };
    (message, Some(help.to_owned()))
}

fn bare_word(word: &str) -> (String, &'static str) {
    let help = match word.to_ascii_lowercase().as_str() {
        "true" | "false" => "in JSON it is written in lower case",
        "none" | "null" | "nan" | "undefined" | "na" => "for what is not known, leave the whole field out",
        _ => "put \" before and behind it if it is a text",
    };
    (format!("the word `{word}` stands without quotation marks"), help)
}

fn brackets(bracket: Bracket) -> (char, char) {
    match bracket {
        Bracket::Object => ('{', '}'),
        Bracket::Array => ('[', ']'),
    }
}

/// What keeps a file, or a line of one, from being looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Larger than what is read, in bytes.
    TooLarge {
        /// Its size.
        size: u64,
        /// The most that is read.
        limit: u64,
    },
    /// A byte that is no part of UTF-8.
    NotUtf8 {
        /// The byte's offset.
        offset: usize,
        /// Its line, from 1.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// A link, a device, a folder without permission: what it is, and what to do.
    Unreadable(String, &'static str),
    /// A file that is neither `.json` nor `.ndjson`, or lies in no folder of a kind.
    Misplaced(&'static str),
}

impl Trouble {
    /// Checks the size of a text and its encoding.
    ///
    /// # Errors
    /// When it is larger than the limit, or not UTF-8.
    pub fn check(bytes: &[u8], limit: usize) -> Result<&str, Self> {
        if bytes.len() > limit {
            return Err(Self::TooLarge { size: bytes.len() as u64, limit: limit as u64 });
        }
        std::str::from_utf8(bytes).map_err(|error| {
            let offset = error.valid_up_to();
            Self::NotUtf8 {
                offset,
                line: bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1,
                byte: bytes[offset],
            }
        })
    }

    /// Why the file was not checked, for the report.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too large",
            Self::NotUtf8 { .. } => "not UTF-8",
            Self::Unreadable(..) => "unreadable",
            Self::Misplaced(_) => "misplaced",
        }
    }
}

/// What keeps a file from being looked at, as a finding.
pub fn over_trouble(trouble: &Trouble, entry: EntryId, out: &mut Vec<Finding>) {
    let (rule, message, help) = match trouble {
        Trouble::TooLarge { size, limit } => {
            let message = format!("{} of text, where at most {} are read", mebibytes(*size), mebibytes(*limit));
            (&too_large::RULE, message, "split it into records of their own".to_owned())
        }
        Trouble::NotUtf8 { offset, line, byte } => {
            let message = format!("byte 0x{byte:02X} in line {line} (byte {offset} of the file) is not UTF-8");
            (&not_utf8::RULE, message, "save the file again with the encoding UTF-8".to_owned())
        }
        Trouble::Unreadable(what, help) => (&unreadable::RULE, what.clone(), (*help).to_owned()),
        Trouble::Misplaced(what) => {
            let kinds = Kind::ALL.map(Kind::name).join("`, `");
            (
                &misplaced_file::RULE,
                (*what).to_owned(),
                format!("records are files `<id>.json` in the folders `{kinds}`"),
            )
        }
    };
    Findings::new(rule, out).at(entry, Place::File, message).help(help);
}

fn mebibytes(size: u64) -> String {
    let tenths = size.saturating_mul(10) / 1_048_576;
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

/// What a file's name says against what an id is.
pub fn over_name(file: &File, kind: Kind, entry: EntryId, out: &mut Vec<Finding>) {
    if let Some(Err(why)) = file.stem.as_deref().map(Id::parse) {
        let message = format!("the file's name gives the {kind} its id, but {why}");
        Findings::new(&id_file_mismatch::RULE, out).at(entry, Place::File, message).help("rename the file");
    }
}

/// A record's own `kind` or `id` that differs from its path.
pub fn over_identity(field: &'static str, said: &str, expected: &str, entry: EntryId, out: &mut Vec<Finding>) {
    let place = if field == "kind" { "the folder" } else { "the file's name" };
    let at = at![field];
    Findings::new(&id_file_mismatch::RULE, out)
        .at(entry, at.clone(), format!("the {field} here is `{said}`, but {place} says `{expected}`"))
        .help(format!("write `{expected}`, or move the file"))
        .suggest(format!("write `{expected}`"), Change::Replace { at, with: expected.into() });
}
