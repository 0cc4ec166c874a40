//! `archive-missing`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Rule};
use crate::query::time;
use crate::record::Body;

/// The rule.
pub static RULE: Rule = Rule::audit(
    "archive-missing",
    "a page of which no archived copy is on record",
    "every address dies some day, and nobody could check then what the page said",
    include_str!("archive_missing.md"),
);

/// Sites whose pages are permanent copies.
const ARCHIVES: [&str; 8] = [
    "archive.org",
    "archive.ph",
    "archive.is",
    "archive.today",
    "perma.cc",
    "webcitation.org",
    "webarchive.loc.gov",
    "webarchive.nationalarchives.gov.uk",
];

/// Reports a source with a web address and without a copy.
pub fn check(site: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &site.record.body else { return };
    let Some(url) = source.url.as_ref().filter(|_| source.archived.is_none() && time::stands(site.record)) else {
        return;
    };
    let parsed = url::Url::parse(url.as_ref()).ok();
    let host = parsed.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    let is_at = |archive: &&str| host.strip_suffix(*archive).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if !ARCHIVES.iter().any(is_at) {
        findings.at(site.entry.id, at!["url"], "no archived copy of this page is on record").help(
            "save it at web.archive.org, then add \"archived\": [{ \"url\": \"…\", \"captured\": \"…\" }] with the copy's address and day",
        );
    }
}
