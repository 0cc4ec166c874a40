//! `self-reference`: see the page beside this file.

use crate::lint::{Findings, Place, RecordContext, Rule};
use crate::record::Target;
use crate::value::Key;

/// The rule.
pub static RULE: Rule = Rule::error(
    "self-reference",
    "a record that refers to itself",
    "nothing is its own part, its own successor or its own source, so another record must be meant",
    include_str!("self_reference.md"),
);

/// No reference may lead back to the record it stands in.
pub fn check(site: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(own) = &site.entry.key else { return };
    // Of two records of one name either may be meant.
    if !site.dataset.find(own.into()).is_some_and(|first| site.leads_to(first.id)) {
        return;
    }
    site.record.references(&mut |reference| {
        // Whose count a figure is: an organisation may well count its own members.
        let own_figure = reference.at.field() == Some("figures");
        if own_figure || !is(own, reference.to) {
            return;
        }
        let field = reference.at.field().unwrap_or_default();
        let place = Place::of(&reference.at, reference.on_key);
        findings
            .at(site.entry.id, place, format!("`{field}` names the record it stands in"))
            .help("name the record that is meant, or remove this");
    });
}

/// Whether a reference leads to the record of that name.
pub(crate) fn is(own: &Key, to: Target<'_>) -> bool {
    own.kind == to.kind && own.id.as_ref() == to.id
}
