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

/// Checks every record with two sources or more.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if context.record.evidence().count() < 2 || !time::stands(context.record) {
        return;
    }
    let Some(cited) = provenance::cited(context.dataset, context.record) else { return };
    let cited: Vec<_> = cited.iter().filter(|cited| cited.shows).collect();
    let origins = provenance::origins(context.dataset, context.record);
    let Some(origin) = origins.first().filter(|_| cited.len() > 1 && origins.len() == 1) else { return };
    let count = if cited.len() == 2 { "both".to_owned() } else { format!("all {}", cited.len()) };
    let finding = findings
        .at(context.entry.id, Place::Key(at!["evidence"]), format!("{count} sources go back to one, `{origin}`"))
        .help("look for a source that reports it on its own");
    for cited in cited {
        if cited.source.derived_from.is_some() {
            finding.related(cited.entry.id, at!["derived_from"], "a copy");
        } else if cited.source.relays.is_some() {
            finding.related(cited.entry.id, at!["relays"], "repeats another");
        }
    }
}
