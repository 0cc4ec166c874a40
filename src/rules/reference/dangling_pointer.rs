//! `dangling-pointer`: see the page beside this file.

use comity_document::at;
use comity_document::document::Value;
use comity_document::pointer::Pointer;

use crate::lint::{Change, DocumentContext, Findings, Fixable, Place, Rule, TreeIndex};
use crate::schema::{self, Shape};
use crate::value::{FieldPointer, NonEmptyMap, nearest, short};

/// The rule.
pub static RULE: Rule = Rule::error(
    "dangling-pointer",
    "a place that is not in this record",
    "what it says would hold for nothing",
    include_str!("dangling_pointer.md"),
)
.fixed(Fixable::Suggested);

/// Every place named in `evidence`, `contested`, `unknown` and `allow`.
pub fn check(draft: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let envelope = &draft.record.envelope;
    let fields = &draft.fields;
    let at_value = |place: &FieldPointer, at: &dyn Fn() -> Pointer, findings: &mut Findings<'_>| {
        if let Err(fault) = resolve(fields, place.pointer(), !findings.are_many()) {
            say(draft, place, Place::Value(at()), &fault, findings);
        }
    };
    for (source, evidence) in draft.record.evidence() {
        for (index, place) in evidence.supports.iter().flat_map(|supports| supports.iter()).enumerate() {
            at_value(place, &|| at!["evidence", source, "supports"].index(index), findings);
        }
    }
    for (index, allow) in draft.record.allow().iter().enumerate() {
        if let Some(place) = &allow.at {
            at_value(place, &|| at!["allow"].index(index).key("at"), findings);
        }
    }
    for (source, evidence) in draft.record.evidence() {
        for place in evidence.says.iter().flat_map(NonEmptyMap::keys) {
            // A plan, or a thing one source alone tells, may name a field that this record does not have.
            at_key(draft, place, &|| at!["evidence", source, "says", place], true, findings);
        }
    }
    for place in envelope.contested.iter().flat_map(NonEmptyMap::keys) {
        at_key(draft, place, &|| at!["contested", place], false, findings);
    }
    for place in envelope.unknown.iter().flat_map(NonEmptyMap::keys) {
        at_key(draft, place, &|| at!["unknown", place], true, findings);
    }
}

/// Whether every place that evidence supports is in the record.
pub(crate) fn all_supported_are_there(draft: &DocumentContext<'_>) -> bool {
    let supports = draft.record.evidence().filter_map(|(_, evidence)| evidence.supports.as_deref());
    supports.flatten().all(|place| draft.fields.at_keys(place.pointer()).is_some())
}

/// A place that is itself a key. Where the field may be absent, the schema must at least have it.
fn at_key(
    draft: &DocumentContext<'_>,
    place: &FieldPointer,
    at: &dyn Fn() -> Pointer,
    may_be_absent: bool,
    findings: &mut Findings<'_>,
) {
    let suggest = !may_be_absent && !findings.are_many();
    let Err(mut fault) = resolve(&draft.fields, place.pointer(), suggest) else { return };
    if may_be_absent && !matches!(fault, PointerFault::ThroughList(_)) {
        match in_schema(schema::shape(draft.record.kind()), place.pointer()) {
            Ok(()) => return,
            Err(absent) => fault = absent,
        }
    }
    say(draft, place, Place::Key(at()), &fault, findings);
}

enum PointerFault {
    /// It is not there; the place that was probably meant, else what could be.
    Absent(Result<Pointer, String>),
    /// The list on the way.
    ThroughList(Pointer),
}

/// Follows a pointer, and where it leads nowhere, looks for the nearest place if that is wanted.
fn resolve(fields: &TreeIndex<'_>, pointer: &Pointer, suggest: bool) -> Result<(), PointerFault> {
    if fields.at_keys(pointer).is_some() {
        return Ok(());
    }
    let mut node = fields.root();
    let mut way = Pointer::root();
    let mut tokens = pointer.tokens();
    while let Some(token) = tokens.next() {
        if matches!(node.value, Value::Array(_)) {
            return Err(PointerFault::ThroughList(way));
        }
        let Some(below) = fields.get(node, &token) else {
            let names = || node.members().iter().map(|member| member.key);
            let near = if suggest { nearest(&token, names()) } else { None };
            let Some(near) = near else { return Err(none(&way, "are", names())) };
            let near = way.key(near);
            // The rest of the way counts as far as it leads on from there.
            let further = tokens.fold(near.clone(), |way, token| way.key(&token));
            return Err(PointerFault::Absent(Ok(if fields.at_keys(&further).is_some() { further } else { near })));
        };
        way.push(&token);
        node = below;
    }
    Ok(())
}

/// Whether the schema has a place.
fn in_schema(root: &Shape, pointer: &Pointer) -> Result<(), PointerFault> {
    let mut shape = root;
    let mut way = Pointer::root();
    let mut tokens = pointer.tokens();
    while let Some(token) = tokens.next() {
        let Some(below) = shape.field(&token) else {
            let names = || shape.fields.iter().map(|(name, _)| name.as_ref());
            return Err(match nearest(&token, names()) {
                Some(near) => {
                    let near = way.key(near);
                    let further = tokens.fold(near.clone(), |way, token| way.key(&token));
                    PointerFault::Absent(Ok(if root.at(&further).is_some() { further } else { near }))
                }
                None => none(&way, "can be", names()),
            });
        };
        way.push(&token);
        shape = below;
    }
    Ok(())
}

/// Nothing alike: then all that is there.
fn none<'a>(way: &Pointer, are: &str, names: impl Iterator<Item = &'a str>) -> PointerFault {
    let own = |name: &&str| !way.is_root() || !matches!(*name, "$schema" | "kind" | "id" | "allow");
    let names: Vec<String> = names.filter(own).take(24).map(|name| format!("`{}`", way.clone().key(name))).collect();
    PointerFault::Absent(Err(if names.is_empty() {
        format!("nothing lies below `{way}`")
    } else {
        format!("there {are} {}", names.join(", "))
    }))
}

fn say(
    draft: &DocumentContext<'_>,
    place: &FieldPointer,
    at: Place,
    fault: &PointerFault,
    findings: &mut Findings<'_>,
) {
    let text = short(place.as_ref());
    let (message, help, meant) = match fault {
        PointerFault::ThroughList(list) => {
            (format!("`{text}` points into a list"), format!("name the whole list: `{list}`"), Some(list))
        }
        PointerFault::Absent(Ok(near)) => {
            (format!("`{text}` is not in this record"), format!("did you mean `{near}`?"), Some(near))
        }
        PointerFault::Absent(Err(help)) => (format!("`{text}` is not in this record"), help.clone(), None),
    };
    let finding = findings.at(draft.entry, at.clone(), message).help(help);
    let Some(meant) = meant else { return };
    let what = format!("write `{meant}`");
    match at {
        Place::Key(at) => {
            // Never onto a key that is there; and what a source says of a part does not fit the whole.
            let is_said = at.tokens().next().is_some_and(|field| field == "evidence");
            let fits = !is_said || meant.tokens().count() == place.pointer().tokens().count();
            if fits && at.parent().is_none_or(|parent| draft.fields.at(&parent.key(meant.as_str())).is_none()) {
                finding.suggest(what, Change::Rename { at, to: meant.to_string() });
            }
        }
        other => {
            let at = other.pointer().cloned().unwrap_or_default();
            finding.suggest(what, Change::Replace { at, with: meant.as_str().into() });
        }
    }
}
