//! `dangling-pointer`: see the page beside this file.

use std::collections::HashMap;

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
    let fields = Fields::of(draft.root);
    let at_value = |place: &FieldPointer, at: Pointer, findings: &mut Findings<'_>| {
        if let Err(fault) = resolve(&fields, place.pointer(), !findings.are_many()) {
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
            let absent = evidence.stance == Stance::Announces || schema::shape(draft.record.kind()).at(place.pointer()).is_some();
            at_key(draft, &fields, place, &at!["evidence", source, "says", place], absent, findings);
        }
    }
    for place in envelope.contested.iter().flat_map(Keyed::keys) {
        at_key(draft, &fields, place, &at!["contested", place], false, findings);
    }
    for place in envelope.unknown.iter().flat_map(Keyed::keys) {
        at_key(draft, &fields, place, &at!["unknown", place], true, findings);
    }
}

/// A place that is itself a key. Where the field may be absent, the schema must at least have it.
fn at_key(draft: &Draft<'_>, fields: &Fields<'_>, place: &FieldPointer, at: &Pointer, may_be_absent: bool, findings: &mut Findings<'_>) {
    let fine = may_be_absent && schema::shape(draft.record.kind()).at(place.pointer()).is_some();
    let Err(fault) = resolve(fields, place.pointer(), !fine && !findings.are_many()) else { return };
    if !fine || matches!(fault, Fault::ThroughList(_)) {
        say(draft.entry, place, Place::Key(at.clone()), &fault, findings);
    }
}

enum Fault {
    /// The step that is not there, and the nearest place that is.
    Absent(String, Option<Pointer>),
    /// The list on the way.
    ThroughList(Pointer),
}

/// A record, and the entries of its large fields by key: it may name thousands of places among thousands of entries.
struct Fields<'a> {
    root: &'a Node<'a>,
    large: HashMap<&'a str, HashMap<&'a str, &'a Node<'a>>>,
}

impl<'a> Fields<'a> {
    fn of(root: &'a Node<'a>) -> Self {
        let entries = |field: &'a Node<'a>| field.members().iter().map(|m| (m.key.as_ref(), &m.value)).collect();
        let large = root.members().iter().filter(|field| field.value.members().len() > 64);
        Self { root, large: large.map(|field| (field.key.as_ref(), entries(&field.value))).collect() }
    }

    /// The value under a key of the node that a way leads to.
    fn get(&self, way: &Pointer, node: &'a Node<'a>, key: &str) -> Option<&'a Node<'a>> {
        let field = way.as_str().strip_prefix('/').and_then(|field| self.large.get(field));
        field.map_or_else(|| node.get(key), |entries| entries.get(key).copied())
    }
}

/// Follows a pointer, and where it leads nowhere, looks for the nearest place if that is wanted.
fn resolve(fields: &Fields<'_>, pointer: &Pointer, suggest: bool) -> Result<(), Fault> {
    let mut node = fields.root;
    let mut way = Pointer::root();
    for token in pointer.tokens() {
        if matches!(node.value, Value::Array(_)) {
            return Err(Fault::ThroughList(way));
        }
        let Some(below) = fields.get(&way, node, &token) else {
            let keys = node.members().iter().map(|member| member.key.as_ref());
            let near = if suggest { nearest(&token, keys) } else { None };
            let near = near.map(|near| way.clone().key(near));
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
        Fault::Absent(_, Some(near)) => (format!("`{text}` is not in this record"), format!("did you mean `{near}`?"), Some(near.clone())),
        Fault::Absent(step, None) => (format!("`{text}` is not in this record"), format!("there is no `{step}` at that place"), None),
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
