//! `self-reference`: see the page beside this file.

use crate::lint::{AloneContext, Findings, Place, Rule};
use crate::record::Target;
use crate::value::Key;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "self-reference",
    "a record that refers to itself",
    "nothing is its own part, its own successor or its own source, so another record must be meant",
    include_str!("self_reference.md"),
);

/// Checks that no reference leads back to its own record.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Some(own) = &context.entry.key else { return };
    context.record.references(&mut |reference| {
        // The source of a count (`by`): an organisation may count its own members.
        let own_figure = reference.at.field() == Some("figures");
        if own_figure || !is(own, reference.to) {
            return;
        }
        let field = reference.at.field().unwrap_or_default();
        let place = Place::of(&reference.at, reference.on_key);
        findings
            .at(context.entry.id, place, format!("`{field}` names the record it stands in"))
            .help("name the record that is meant, or remove this");
    });
}

/// Whether a reference leads to the record with that key.
pub(crate) fn is(own: &Key, to: Target<'_>) -> bool {
    own.kind == to.kind && own.id.as_ref() == to.id
}
