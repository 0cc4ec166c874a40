//! `archive-before-publication`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Rule};
use crate::query::time;
use crate::record::Body;

/// The rule.
pub static RULE: Rule = Rule::error(
    "archive-before-publication",
    "an archived copy made before the source was published",
    "a date is wrong, or the copy is of an earlier text that does not say what the source says",
    include_str!("archive_before_publication.md"),
);

/// Checks every copy under `archived`. An archive dates by UTC, a newspaper by local time: one day is tolerated.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &context.record.body else { return };
    let Some(published) = &source.published else { return };
    for (index, copy) in source.archived.iter().flat_map(|copies| copies.iter()).enumerate() {
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
}
