//! `dangling-pointer`: see the page beside this file.

use comity_document::at;
use comity_document::document::Value;
use comity_document::pointer::Pointer;

use crate::lint::{Change, DocumentContext, Findings, Fixable, Place, Rule, RuleRole, TreeIndex};
use crate::rules::schema::known_place;
use crate::schema::{self, Shape};
use crate::value::{FieldPointer, NonEmptyMap, digits, nearest, short};

/// The rule.
pub static RULE: Rule = Rule::error(
    "dangling-pointer",
    "a place that is not in this record",
    "what it says would hold for nothing",
    include_str!("dangling_pointer.md"),
)
.role(RuleRole::Places)
.fixed(Fixable::Suggested);

/// Checks every place that `evidence`, `contested`, `unknown` and `allow` name.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let envelope = &context.record.envelope;
    let fields = &context.fields;
    let at_value = |place: &FieldPointer, at: &dyn Fn() -> Pointer, findings: &mut Findings<'_>| {
        if let Err(fault) = resolve(fields, place.pointer(), &|words| findings.may_compare(words)) {
            report(context, place, Place::Value(at()), &named(context, place, fault), findings);
        }
    };
    for (source, evidence) in context.record.evidence() {
        for (index, place) in evidence.supports.iter().flat_map(|supports| supports.iter()).enumerate() {
            at_value(place, &|| at!["evidence", source, "supports"].index(index), findings);
        }
    }
    for (index, allow) in context.record.allow().iter().enumerate() {
        if let Some(place) = &allow.at {
            at_value(place, &|| at!["allow"].index(index).key("at"), findings);
        }
    }
    for (source, evidence) in context.record.evidence() {
        for place in evidence.says.iter().flat_map(NonEmptyMap::keys) {
            // A plan, or a value that only one source has, may name a field that this record does not have.
            at_key(context, place, &|| at!["evidence", source, "says", place], true, findings);
        }
    }
    for place in envelope.contested.iter().flat_map(NonEmptyMap::keys) {
        at_key(context, place, &|| at!["contested", place], false, findings);
    }
    for place in envelope.unknown.iter().flat_map(NonEmptyMap::keys) {
        at_key(context, place, &|| at!["unknown", place], true, findings);
    }
}

/// Whether every place that evidence supports is in the record.
pub(crate) fn all_supported_are_there(context: &DocumentContext<'_>) -> bool {
    let supports = context.record.evidence().filter_map(|(_, evidence)| evidence.supports.as_deref());
    supports.flatten().all(|place| context.fields.at_keys(place.pointer()).is_some())
}

/// Checks a place that is a key. A field that may be absent must at least be in the schema.
fn at_key(
    context: &DocumentContext<'_>,
    place: &FieldPointer,
    at: &dyn Fn() -> Pointer,
    may_be_absent: bool,
    findings: &mut Findings<'_>,
) {
    let suggest = |words| !may_be_absent && findings.may_compare(words);
    let Err(mut fault) = resolve(&context.fields, place.pointer(), &suggest) else { return };
    if may_be_absent && !matches!(fault, PointerFault::ThroughList(_)) {
        match in_schema(schema::shape(context.record.kind()), place.pointer()) {
            Ok(()) => return,
            Err(absent) => fault = absent,
        }
    }
    report(context, place, Place::Key(at()), &named(context, place, fault), findings);
}

/// The fault, with the place that was meant where the field is there under another name: `/lieux` is `/places`.
fn named(context: &DocumentContext<'_>, place: &FieldPointer, fault: PointerFault) -> PointerFault {
    let PointerFault::Absent(Err(_)) = &fault else { return fault };
    let known = known_place(context.record.kind(), place.as_ref()).and_then(|place| Pointer::parse(&place));
    match known.filter(|known| context.fields.at_keys(known).is_some()) {
        Some(known) => PointerFault::Absent(Ok(known)),
        None => fault,
    }
}

enum PointerFault {
    /// The place is not there. Holds the place that was probably meant, or else the possible ones.
    Absent(Result<Pointer, String>),
    /// The pointer goes through this list.
    ThroughList(Pointer),
}

/// Follows a pointer. Where it leads nowhere, looks for the nearest place among the entries that are there, if
/// `suggest` allows it for so many entries.
fn resolve(fields: &TreeIndex<'_>, pointer: &Pointer, suggest: &dyn Fn(usize) -> bool) -> Result<(), PointerFault> {
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
            let near = if suggest(node.members().len()) { nearest(&token, names()) } else { None };
            // The figure of another year is another figure.
            let near = near.filter(|near| digits(near) == digits(&token));
            let Some(near) = near else { return Err(none(&way, "are", names())) };
            let near = way.key(near);
            // The rest of the pointer counts as far as it leads on from there.
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

/// No place is similar: lists all that are there.
fn none<'a>(way: &Pointer, are: &str, names: impl Iterator<Item = &'a str>) -> PointerFault {
    let own = |name: &&str| !way.is_root() || !matches!(*name, "$schema" | "kind" | "id" | "allow");
    let names: Vec<String> = names.filter(own).take(24).map(|name| format!("`{}`", way.clone().key(name))).collect();
    PointerFault::Absent(Err(if names.is_empty() {
        format!("nothing lies below `{way}`")
    } else {
        format!("there {are} {}", names.join(", "))
    }))
}

fn report(
    context: &DocumentContext<'_>,
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
    let finding = findings.at(context.entry, at.clone(), message).help(help);
    let Some(meant) = meant else { return };
    let what = format!("write `{meant}`");
    match at {
        Place::Key(at) => {
            // A fix never renames a key to one that is there, and never moves what a source says of a part to the
            // whole.
            let is_said = at.tokens().next().is_some_and(|field| field == "evidence");
            let fits = !is_said || meant.tokens().count() == place.pointer().tokens().count();
            if fits && at.parent().is_none_or(|parent| context.fields.at(&parent.key(meant.as_str())).is_none()) {
                finding.suggest(what, Change::Rename { at, to: meant.to_string() });
            }
        }
        other => {
            let at = other.pointer().cloned().unwrap_or_default();
            finding.suggest(what, Change::Replace { at, with: meant.as_str().into() });
        }
    }
}
