//! `unlocatable-source`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Rule};
use crate::record::Body;

/// The rule.
pub static RULE: Rule = Rule::error(
    "unlocatable-source",
    "a source that nobody could find",
    "whoever wants to check a fact must be able to read where it comes from",
    include_str!("unlocatable_source.md"),
);

/// Checks that a source has a web address, a catalogue number, or what a library asks for: publisher, title and date.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &context.record.body else { return };
    let envelope = &context.record.envelope;
    let online = source.url.is_some() || source.archived.is_some();
    if online || envelope.identifiers.is_some() || envelope.retired.is_some() {
        return;
    }
    let missing = match (&source.title, &source.published) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => "its `title`",
        (Some(_), None) => "the date on which it was `published`",
        (None, None) => "its `title` and the date on which it was `published`",
    };
    findings
        .at(context.entry.id, at!["publisher"], "nobody could find this source by what is recorded of it")
        .help(format!("add its `url`; if it is not on the web, {missing}, or its number under `identifiers`"));
}
