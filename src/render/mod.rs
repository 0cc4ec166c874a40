//! Output formats: from a [`Report`](crate::report::Report) to bytes.
//!
//! Each format is one file with one function, which writes as it goes because a report may be long. A renderer looks
//! nothing up, and nothing outside a format's file knows the format. [`Format`] lists all of them.

#![expect(clippy::missing_errors_doc, reason = "a renderer fails only when its writer fails")]

mod concise;
mod diff;
mod escape;
mod format;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod of_run;
mod runner;
mod sarif;
mod words;

pub use concise::concise;
pub use diff::{DIFF_VERSION, DiffFormat, DiffView, diff_schema};
pub use escape::{visible, visible_lines};
pub use format::{Display, Format};
pub use github::{annotation, github};
pub use gitlab::gitlab;
pub use human::human;
pub use json::{REPORT_VERSION, json, schema as report_schema};
pub(crate) use json::{versioned_schema, write_json};
pub use junit::junit;
pub use markdown::{markdown, plain as markdown_text};
pub use runner::{RunnerWriter, Syntax};
pub use sarif::{sarif, sarif_of};
pub use words::counted;

use comity_document::input::fingerprint;
use hashbrown::HashMap;

use crate::report::{Diagnostic, Location};

/// Makes an identity for each finding of one report, as 32 hexadecimal digits. Code scanning compares identities to tell new
/// findings from known ones, so an identity has no line in it and stays the same while other lines of the file change. No
/// two findings of one report share an identity.
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
        let high = u128::from(fingerprint(&parts.join("\u{0}")));
        parts.reverse();
        let mut identity = high << 64 | u128::from(fingerprint(&parts.join("\u{0}")));
        let count = self.seen.entry(identity).or_default();
        *count += 1;
        if *count > 1 {
            identity =
                u128::from(fingerprint(&format!("{identity:032x} {count}"))) << 64 | identity & u128::from(u64::MAX);
        }
        format!("{identity:032x}")
    }
}
