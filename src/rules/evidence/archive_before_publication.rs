//! `archive-before-publication`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;

use crate::lint::{AloneContext, Change, Findings, Fixable, Rule};
use crate::query::time;
use crate::record::{Archived, Body, Source};
use crate::value::{Bounds, Edtf, day_of_copy};

/// The rule.
pub static RULE: Rule = Rule::error(
    "archive-before-publication",
    "a day of archiving or of reading that is wrong",
    "a date is wrong, or the copy is of an earlier text that does not say what the source says",
    include_str!("archive_before_publication.md"),
)
.fixed(Fixable::Suggested);

/// Checks every copy under `archived`, and the day on which the source was read. An archive dates by UTC, a newspaper by local
/// time: one day is tolerated.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &context.record.body else { return };
    for (index, copy) in source.archived.iter().flat_map(|copies| copies.iter()).enumerate() {
        if differs_from_address(context, index, copy, findings) {
            continue;
        }
        let message = |published: &str| {
            let captured = copy.captured.as_ref();
            format!("this copy was made `{captured}`, before the source was published, `{published}`")
        };
        let help = "the address of the copy has its day; correct this day or the other";
        let at = at!["archived"].index(index).key("captured");
        before_publication(context, source, (at, &copy.captured), message, help, findings);
    }
    if let Some(accessed) = &source.accessed {
        let message = |published: &str| {
            format!("the source was read `{}`, before its publication, `{published}`", accessed.as_ref())
        };
        let help = "one of the two days is wrong: look at the page once more, and correct that day";
        before_publication(context, source, (at!["accessed"], accessed), message, help, findings);
    }
}

/// Reports a day of capture that is not the one in the address of the copy.
fn differs_from_address(
    context: &AloneContext<'_>,
    index: usize,
    copy: &Archived,
    findings: &mut Findings<'_>,
) -> bool {
    let Some(day) = day_of_copy(copy.url.as_ref()) else { return false };
    let (made, captured) = (Bounds::day(day), copy.captured.bounds());
    let truth = time::before_by(1, &made, &captured).max(time::before_by(1, &captured, &made));
    if !findings.wants(truth) {
        return false;
    }
    let at = at!["archived"].index(index);
    let (day, captured) = (day.to_string(), copy.captured.as_ref());
    findings
        .at(
            context.entry.id,
            at.clone().key("captured"),
            format!("`captured` is `{captured}`, and the address of the copy has the day `{day}`"),
        )
        .help(format!("write `{day}`, unless the address is that of another copy"))
        .related(context.entry.id, at.clone().key("url"), "the address with the day")
        .truth(truth)
        .suggest(format!("write `{day}`"), Change::Replace { at: at.key("captured"), with: day.into() });
    true
}

/// Reports a day that lies before the day of publication. `message` gets the day of publication.
fn before_publication(
    context: &AloneContext<'_>,
    source: &Source,
    (at, day): (Pointer, &Edtf),
    message: impl FnOnce(&str) -> String,
    help: &str,
    findings: &mut Findings<'_>,
) {
    let Some(published) = &source.published else { return };
    let truth = time::before_by(1, &day.bounds(), &published.bounds());
    if findings.wants(truth) {
        findings
            .at(context.entry.id, at, message(published.as_ref()))
            .help(help)
            .related(context.entry.id, at!["published"], "published")
            .truth(truth);
    }
}
