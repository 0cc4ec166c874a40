//! `dangling-pointer`: see the page beside this file.

use comity_document::at;
use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;

use super::{Draft, nearest};
use crate::finding::{Change, EntryId, Findings, Place};
use crate::record::Stance;
use crate::rule::{Fixable, Rule};
use crate::schema;
use crate::value::{FieldPointer, Keyed};

/// The rule.
pub static RULE: Rule = Rule::error(
    "dangling-pointer",
    "a place that is not in this record",
    "what it says would hold for nothing",
    include_str!("dangling_pointer.md"),
)
.fixed(Fixable::Suggested);

/// Every place named in `evidence`, `contested`, `unknown` and `allow`.
pub fn check(draft: &Draft<'_>, findings: &mut Findings<'_>) {
    let envelope = &draft.record.envelope;
    let at_value = |place: &FieldPointer, at: Pointer, findings: &mut Findings<'_>| {
        if let Err(fault) = resolve(draft.root, place.pointer()) {
            say(draft.entry, place, Place::Value(at), &fault, findings);
        }
    };
    for (source, evidence) in draft.record.evidence() {
        for (index, place) in evidence.supports.iter().flat_map(|supports| supports.iter()).enumerate() {
            at_value(place, at!["evidence", source, "supports"].index(index), findings);
        }
    }
    for (index, allow) in draft.record.allow().iter().enumerate() {
        if let Some(place) = &allow.at {
            at_value(place, at!["allow"].index(index).key("at"), findings);
        }
    }
    for (source, evidence) in draft.record.evidence() {
        for place in evidence.says.iter().flat_map(Keyed::keys) {
            // A plan, or a thing one source alone tells, may name a field that this record does not have.
            let absent = evidence.stance == Stance::Announces
                || schema::shape(draft.record.kind()).at(place.pointer()).is_some();
            at_key(draft, place, &at!["evidence", source, "says", place], absent, findings);
        }
    }
    for place in envelope.contested.iter().flat_map(Keyed::keys) {
        at_key(draft, place, &at!["contested", place], false, findings);
    }
    for place in envelope.unknown.iter().flat_map(Keyed::keys) {
        at_key(draft, place, &at!["unknown", place], true, findings);
    }
}

/// A place that is itself a key. Where the field may be absent, the schema must at least have it.
fn at_key(draft: &Draft<'_>, place: &FieldPointer, at: &Pointer, may_be_absent: bool, findings: &mut Findings<'_>) {
    let Err(fault) = resolve(draft.root, place.pointer()) else { return };
    let known = schema::shape(draft.record.kind()).at(place.pointer()).is_some();
    if !(may_be_absent && known) || matches!(fault, Fault::ThroughList(_)) {
        say(draft.entry, place, Place::Key(at.clone()), &fault, findings);
    }
}

enum Fault {
    /// The step that is not there, and the nearest place that is.
    Absent(String, Option<Pointer>),
    /// The list on the way.
    ThroughList(Pointer),
}

fn resolve(root: &Node<'_>, pointer: &Pointer) -> Result<(), Fault> {
    let mut node = root;
    let mut way = Pointer::root();
    for token in pointer.tokens() {
        if matches!(node.value, Value::Array(_)) {
            return Err(Fault::ThroughList(way));
        }
        let Some(below) = node.get(&token) else {
            let near = nearest(&token, node.members().iter().map(|member| member.key.as_ref()))
                .map(|near| way.clone().key(near));
            return Err(Fault::Absent(token, near));
        };
        way.push(&token);
        node = below;
    }
    Ok(())
}

fn say(entry: EntryId, place: &FieldPointer, at: Place, fault: &Fault, findings: &mut Findings<'_>) {
    let text = place.as_ref();
    let (message, help, meant) = match fault {
        Fault::ThroughList(list) => {
            (format!("`{text}` points into a list"), format!("name the whole list: `{list}`"), Some(list.clone()))
        }
        Fault::Absent(_, Some(near)) => {
            (format!("`{text}` is not in this record"), format!("did you mean `{near}`?"), Some(near.clone()))
        }
        Fault::Absent(step, None) => {
            (format!("`{text}` is not in this record"), format!("there is no `{step}` at that place"), None)
        }
    };
    let finding = findings.at(entry, at.clone(), message).help(help);
    if let Some(meant) = meant {
        let change = match at {
            Place::Key(at) => Change::Rename { at, to: meant.to_string() },
            other => Change::Replace { at: other.pointer().cloned().unwrap_or_default(), with: meant.as_str().into() },
        };
        finding.suggest(format!("write `{meant}`"), change);
    }
}
