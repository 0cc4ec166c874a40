//! A report as bytes: one pure function a format, which writes what it has as it goes, since a report may be long. A
//! renderer looks nothing up, and no format is known outside its own.

#![expect(clippy::missing_errors_doc, reason = "each fails only as what it writes into fails")]

mod concise;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

pub use concise::concise;
pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::{REPORT_VERSION, json, schema as report_schema};
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::{sarif, sarif_of};

use std::borrow::Cow;
use std::io;

use comity_document::input::fingerprint;
use hashbrown::HashMap;

use crate::report::{Diagnostic, Location};

/// A text from data, made safe to show in one line of a terminal or a log: what cannot be seen, what changes the
/// direction of text, and what begins another line becomes visible.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            c if is_hidden(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// The same for a text of several lines that is drawn with marks under it: each such character gives way to one that is
/// visible and as long, so that bytes and columns stay where they are.
fn stand_ins(text: &str) -> String {
    let stand_in = |c: char| match c.len_utf8() {
        _ if matches!(c, '\n' | '\r' | '\t') || !is_hidden(c) => c,
        1 => '?',
        2 => '\u{bf}',
        3 => char::REPLACEMENT_CHARACTER,
        _ => '\u{1fbc4}',
    };
    text.chars().map(stand_in).collect()
}

/// Writes JSON that says the same and has none of these characters in it: they stand inside strings, where JSON has
/// escapes.
struct Escaped<'a>(&'a mut dyn io::Write);

impl io::Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // JSON is written in whole words.
        let text = std::str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.0.write_all(escaped(text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn escaped(json: &str) -> Cow<'_, str> {
    let harmful = |c: char| c != '\n' && is_hidden(c);
    if json.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) || !json.contains(harmful) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if harmful(c) {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// Names for findings that are the same for the same finding in two versions of a dataset, so that what is new can be told
/// from what is known, and that no two findings of one report share: no line is in them.
#[derive(Debug, Default)]
struct Identities {
    seen: HashMap<u128, u32>,
}

impl Identities {
    fn next(&mut self, diagnostic: &Diagnostic) -> String {
        let record = diagnostic.record.as_ref().map(ToString::to_string).unwrap_or_default();
        let Location { path, pointer, .. } = &diagnostic.location;
        let pointer = pointer.as_ref().map_or("", AsRef::as_ref);
        let mut parts = [diagnostic.rule.code, path, &record, pointer, &diagnostic.message];
        let forth = u128::from(fingerprint(&parts.join("\u{0}")));
        parts.reverse();
        let mut name = forth << 64 | u128::from(fingerprint(&parts.join("\u{0}")));
        let times = self.seen.entry(name).or_default();
        *times += 1;
        if *times > 1 {
            name = u128::from(fingerprint(&format!("{name:032x} {times}"))) << 64 | name & u128::from(u64::MAX);
        }
        format!("{name:032x}")
    }
}

/// Controls, what has no width, and what changes the direction of text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        // No characters, and refused by XML.
        || u32::from(c) & 0xfffe == 0xfffe
}
