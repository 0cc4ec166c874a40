//! `archive-before-publication`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Change, Findings, Fixable, Rule};
use crate::query::time;
use crate::record::{Archived, Body, Source};
use crate::value::{Bounds, day_of_copy};

/// The rule.
pub static RULE: Rule = Rule::error(
    "archive-before-publication",
    "a source archived or read on a day on which it cannot have been",
    "a date is wrong, or the copy is of an earlier text that does not say what the source says",
    include_str!("archive_before_publication.md"),
)
.fixed(Fixable::Suggested);

/// Checks every copy under `archived`, and the day on which the source was read. An archive dates by UTC, a newspaper by local
/// time: one day is tolerated.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &context.record.body else { return };
    for (index, copy) in source.archived.iter().flat_map(|copies| copies.iter()).enumerate() {
        if !differs_from_address(context, index, copy, findings) {
            before_publication(context, source, index, copy, findings);
        }
    }
    let Some((accessed, published)) = source.accessed.as_ref().zip(source.published.as_ref()) else { return };
    let truth = time::before_by(1, &accessed.bounds(), &published.bounds());
    if findings.wants(truth) {
        let (accessed, published) = (accessed.as_ref(), published.as_ref());
        findings
            .at(
                context.entry.id,
                at!["accessed"],
                format!("this was read on `{accessed}`, before it was published, `{published}`"),
            )
            .help("one of the two days is wrong: look at the page once more, and correct that day")
            .related(context.entry.id, at!["published"], "published")
            .truth(truth);
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
            format!("this says that the copy was made `{captured}`, and its address says `{day}`"),
        )
        .help(format!("write `{day}`, unless the address is that of another copy"))
        .related(context.entry.id, at.clone().key("url"), "the address with the day")
        .truth(truth)
        .suggest(format!("write `{day}`"), Change::Replace { at: at.key("captured"), with: day.into() });
    true
}

fn before_publication(
    context: &AloneContext<'_>,
    source: &Source,
    index: usize,
    copy: &Archived,
    findings: &mut Findings<'_>,
) {
    let Some(published) = &source.published else { return };
    let truth = time::before_by(1, &copy.captured.bounds(), &published.bounds());
    if findings.wants(truth) {
        let (captured, published) = (copy.captured.as_ref(), published.as_ref());
        findings
            .at(
                context.entry.id,
                at!["archived"].index(index).key("captured"),
                format!("this copy was made `{captured}`, before the source was published, `{published}`"),
            )
            .help("the address of the copy has its day; correct this day or the other")
            .related(context.entry.id, at!["published"], "published")
            .truth(truth);
    }
}
