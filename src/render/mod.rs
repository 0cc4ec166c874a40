//! A report as bytes: one pure function a format, which writes what it has as it goes, since a report may be long. A
//! renderer looks nothing up, and no format is known outside its own.

#![expect(clippy::missing_errors_doc, reason = "each fails only as what it writes into fails")]

mod concise;
mod escape;
mod format;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod runner;
mod sarif;

pub use concise::concise;
pub use escape::{visible, visible_lines};
pub use format::{Display, Format};
pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::{REPORT_VERSION, json, schema as report_schema};
pub use junit::junit;
pub use markdown::markdown;
pub use runner::{RunnerWriter, Syntax};
pub use sarif::{sarif, sarif_of};

use comity_document::input::fingerprint;
use hashbrown::HashMap;

use crate::report::{Diagnostic, Location};

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
