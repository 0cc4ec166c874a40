//! `single-origin`: see the page beside this file.

use comity_document::at;

use crate::lint::{Findings, Place, RecordContext, Rule};
use crate::query::{provenance, time};

/// The rule.
pub static RULE: Rule = Rule::audit(
    "single-origin",
    "several sources that all go back to one",
    "ten copies of one text are one witness, and a mistake in it is in all of them",
    include_str!("single_origin.md"),
);

/// Every record with two sources or more.
pub fn check(site: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if site.record.evidence().count() < 2 || !time::stands(site.record) {
        return;
    }
    let Some(told) = provenance::told(site.dataset, site.record) else { return };
    let told: Vec<_> = told.iter().filter(|told| told.shows()).collect();
    let origins = provenance::origins(site.dataset, site.record);
    let Some(origin) = origins.first().filter(|_| told.len() > 1 && origins.len() == 1) else { return };
    let count = if told.len() == 2 { "both".to_owned() } else { format!("all {}", told.len()) };
    let finding = findings
        .at(site.entry.id, Place::Key(at!["evidence"]), format!("{count} sources go back to one, `{origin}`"))
        .help("look for a source that tells it on its own");
    for told in told {
        if told.source.derived_from.is_some() {
            finding.related(told.entry.id, at!["derived_from"], "a copy");
        } else if told.source.relays.is_some() {
            finding.related(told.entry.id, at!["relays"], "repeats another");
        }
    }
}
