//! `known-unknown`: see the page beside this file.

use comity_document::at;

use crate::lint::{Change, DocumentContext, Findings, Fixable, Place, Rule};
use crate::value::NonEmptyMap;

/// The rule.
pub static RULE: Rule = Rule::error(
    "known-unknown",
    "a field that is said to be unknown, and has a value",
    "one of the two is wrong, and a reader cannot tell which",
    include_str!("known_unknown.md"),
)
.fixed(Fixable::Safe);

/// Checks that every place under `unknown` is absent.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    for place in context.record.envelope.unknown.iter().flat_map(NonEmptyMap::keys) {
        if context.fields.at(place.pointer()).is_some() {
            let at = at!["unknown", place];
            let message = format!("`{}` is said to be unknown, but has a value", place.as_ref());
            findings
                .at(context.entry, Place::Key(at.clone()), message)
                .help("remove this, if the value is right")
                .related(context.entry, Place::Value(place.pointer().clone()), "the value")
                .fix("remove the entry under `unknown`", Change::Remove { at });
        }
    }
}
