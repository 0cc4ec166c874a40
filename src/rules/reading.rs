//! What is wrong with a file before its record can be looked at: faults of the text, of its size, of its name.

mod words;

use comity_document::at;
use comity_document::document::{Fault, What};

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
            What::TooDeep | What::TooMany => &too_large::RULE,
            _ => &syntax::RULE,
        };
        let (message, help) = words::of(&fault.what);
        let mut findings = Findings::new(rule, out);
        let finding = findings.at(entry, Place::Bytes(fault.span), message).help(help);
        match &fault.what {
            What::DuplicateKey { first, .. } => {
                finding.related(entry, Place::Bytes(*first), "it stands here first");
            }
            What::Mismatched { at, .. } => {
                finding.related(entry, Place::Bytes(*at), "it was opened here");
            }
            _ => {}
        }
        mend(finding, fault, &text[fault.span.range()]);
    }
}

/// What the tool can do about a fault. Safe is only what leaves every value as it is.
fn mend(finding: &mut Finding, fault: &Fault, here: &str) {
    let bytes = |with: &str| Change::Bytes { at: fault.span, with: with.to_owned() };
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match &fault.what {
        What::TrailingComma => finding.fix("remove the comma", bytes("")),
        What::ByteOrderMark => finding.fix("remove the mark", bytes("")),
        What::Comment => finding.fix("remove the comment", bytes("")),
        What::StrangeSpace(_) => finding.fix("put a plain space in its place", bytes(" ")),
        What::MissingComma => finding.suggest("add the comma", bytes(",")),
        What::ExtraQuote => finding.suggest("remove the mark", bytes("")),
        What::ExtraComma => finding.suggest("remove the comma", bytes("")),
        What::MissingColon => finding.suggest("add the colon", bytes(":")),
        What::UnquotedKey(key) => finding.suggest("add the quotation marks", bytes(&quoted(key))),
        What::SingleQuotes | What::CurlyQuotes => {
            let inside = here.trim_matches(|c: char| !c.is_alphanumeric() && "'\"‘’‚“”„«»".contains(c));
            let with = if inside.is_empty() { "\"".to_owned() } else { quoted(inside.trim_matches('\u{a0}')) };
            finding.suggest("write straight quotation marks", bytes(&with))
        }
        What::BareWord(word) => match word.to_ascii_lowercase().as_str() {
            code @ ("true" | "false") => finding.suggest(format!("write `{code}`"), bytes(code)),
            "none" | "null" | "nil" | "nan" | "undefined" | "na" | "n/a" => return,
            _ => finding.suggest("add the quotation marks", bytes(&quoted(word))),
        },
        _ => return,
    };
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
