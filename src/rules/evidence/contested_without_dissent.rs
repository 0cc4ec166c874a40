//! `contested-without-dissent`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use crate::lint::{DocumentContext, Findings, Place, PointerSet, Rule};
use crate::record::{Evidence, Stance};
use crate::value::NonEmptyMap;

/// The rule.
pub static RULE: Rule = Rule::error(
    "contested-without-dissent",
    "something contested on which no source differs",
    "a reader would look for the other value, and find none",
    include_str!("contested_without_dissent.md"),
);

/// Checks every entry of `contested` whose place is in the record.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let Some(contested) = &context.record.envelope.contested else { return };
    let all_is_denied = context.record.evidence().any(|(_, evidence)| denies(evidence) && evidence.supports.is_none());
    let dissent: PointerSet<'_> =
        context.record.evidence().flat_map(|(_, evidence)| dissent(context, evidence)).collect();
    for place in contested.keys() {
        let at = place.pointer();
        let differs = all_is_denied || dissent.touch(at.as_str());
        if differs || context.fields.at(at).is_none() {
            continue;
        }
        let text = place.as_ref();
        findings
            .at(
                context.entry,
                Place::Key(at!["contested", place]),
                format!("`{text}` is contested, but no source says otherwise"),
            )
            .help(format!(
                "at the source that has another value, write it: \"says\": {{ \"{text}\": … }}; or remove this entry"
            ));
    }
}

/// Whether a source denies something.
fn denies(evidence: &Evidence) -> bool {
    evidence.stance == Stance::Contradicts
}

/// The places on which a source differs: those under `says`, and those that a contradicting source supports. The source
/// differs on everything above and below them.
fn dissent<'a>(context: &'a DocumentContext<'_>, evidence: &'a Evidence) -> impl Iterator<Item = &'a str> {
    let differs = |at: &Pointer, value: &Json| context.fields.at(at).is_none_or(|node| node.to_json() != *value);
    let said = evidence.says.iter().flat_map(NonEmptyMap::iter);
    let said = said.filter(move |(at, value)| differs(at.pointer(), value)).map(|(at, _)| at.as_ref());
    let denied = evidence.supports.iter().filter(|_| denies(evidence)).flat_map(|supports| supports.iter());
    said.chain(denied.map(AsRef::as_ref))
}
