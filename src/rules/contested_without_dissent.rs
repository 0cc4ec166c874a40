//! `contested-without-dissent`: see the page beside this file.

use comity_document::at;
use comity_document::document::Node;
use comity_document::pointer::Pointer;

use super::Draft;
use crate::finding::{Findings, Place};
use crate::record::{Evidence, Stance};
use crate::rule::Rule;
use crate::value::Keyed;

/// The rule.
pub static RULE: Rule = Rule::error(
    "contested-without-dissent",
    "something contested on which no source differs",
    "a reader would look for the other value, and find none",
    include_str!("contested_without_dissent.md"),
);

/// Every entry of `contested` that is in the record.
pub fn check(draft: &Draft<'_>, findings: &mut Findings<'_>) {
    for place in draft.record.envelope.contested.iter().flat_map(Keyed::keys) {
        let present = draft.root.at(place.pointer()).is_some();
        if !present || draft.record.evidence().any(|(_, evidence)| dissents(draft.root, evidence, place.pointer())) {
            continue;
        }
        let text = place.as_ref();
        findings
            .at(
                draft.entry,
                Place::Key(at!["contested", place]),
                format!("`{text}` is contested, but no source says otherwise"),
            )
            .help(format!(
                "at the source that has another value, write it: \"says\": {{ \"{text}\": … }}; or remove this entry"
            ));
    }
}

/// Whether a source differs on a place, on what it is part of, or on a part of it; or says that it is not so.
fn dissents(root: &Node<'_>, evidence: &Evidence, place: &Pointer) -> bool {
    let touches = |other: &Pointer| other.covers(place) || place.covers(other);
    let denies = evidence.stance == Stance::Contradicts
        && evidence.supports.as_ref().is_none_or(|supports| supports.iter().any(|shown| touches(shown.pointer())));
    let differs = |(at, value): (&Pointer, &serde_json::Value)| {
        touches(at) && root.at(at).is_none_or(|node| node.to_json() != *value)
    };
    let said = evidence.says.iter().flat_map(Keyed::iter);
    denies || said.map(|(at, value)| (at.pointer(), value)).any(differs)
}
