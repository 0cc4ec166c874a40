//! Claims: what each source says of each fact. This module has the one definition of a fact: the coverage of a record, the
//! rule `unsupported-fact` and the table `claim` follow it.

use comity_document::pointer::{Pointer, push_token};
use serde_json::{Map, Value};

use super::shown::Shown;
use crate::kind::Kind;
use crate::record::{Evidence, Record, Source, Stance};
use crate::schema::{self, Class};
use crate::value::{FieldPointer, NonEmptyMap, Ref};

/// Whether evidence should stand behind a field of a class: behind a fact, but an identifier, which leads to the entry of its
/// catalogue that supports it.
pub fn needs_evidence(field: &str, class: Option<Class>) -> bool {
    class == Some(Class::Fact) && field != "identifiers"
}

/// Calls `visit` with the pointer of every fact: a field of class `fact`, or each entry of such a field that is a map.
/// `fields` are the fields of the record, each with the keys of its entries where the value is a map.
///
/// A catalogue vouches for a record with an identifier of that catalogue, so that a record without evidence states no
/// fact; [`needs_evidence`] leaves the identifiers themselves out.
pub fn each_fact<'a, K: Iterator<Item = &'a str>>(
    record: &Record,
    fields: impl Iterator<Item = (&'a str, Option<K>)>,
    visit: &mut impl FnMut(&str),
) {
    let kind = record.kind();
    if matches!(kind, Kind::Theme | Kind::Source) || record.envelope.evidence.is_none() {
        return;
    }
    let shape = schema::shape(kind);
    let mut next = 0;
    // One buffer for all pointers: a record has dozens of facts, and in most records all are supported.
    let mut fact = String::with_capacity(64);
    for (name, entries) in fields {
        let field = shape.field_behind(&mut next, name).or_else(|| shape.field(name));
        if field.is_none_or(|field| !needs_evidence(name, field.class)) {
            continue;
        }
        fact.clear();
        push_token(&mut fact, name);
        let Some(entries) = entries else {
            visit(&fact);
            continue;
        };
        let length = fact.len();
        for key in entries {
            fact.truncate(length);
            push_token(&mut fact, key);
            visit(&fact);
        }
    }
}

/// The facts of a record, in canonical order.
pub fn facts(record: &Record) -> Vec<Pointer> {
    record.to_json(None).map(|fields| facts_of(record, &fields)).unwrap_or_default()
}

fn facts_of(record: &Record, fields: &Map<String, Value>) -> Vec<Pointer> {
    let mut found = Vec::new();
    let fields = fields.iter().map(|(name, value)| {
        let keys = value.as_object().map(|entries| entries.keys().map(String::as_str));
        (name.as_str(), keys)
    });
    each_fact(record, fields, &mut |fact| found.extend(Pointer::parse(fact)));
    found
}

/// What one source says of one place of a record, or a fact for which no source stands.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SourcedClaim<'a> {
    /// The place: a fact of the record, or another place that a source is said to show, such as an identifier or a theme, or at
    /// which a source has a value of its own.
    pub place: Pointer,
    /// Whether the place is a fact that the record states.
    pub is_fact: bool,
    /// The part of the fact that the source speaks about, where the source does not speak about the whole.
    pub part: Option<Pointer>,
    /// The source with its evidence; `None` for a fact that no source is said to show.
    pub source: Option<(&'a Ref<Source>, &'a Evidence)>,
    /// Whether the source shows the value that the record has.
    pub agrees: bool,
    /// The value: that of the source where it differs, else that of the record; `None` where the source denies the value of the
    /// record and names no other.
    pub value: Option<Value>,
}

/// Every claim of a record: fact by fact, source by source; then what sources show or say of other places.
pub fn claims(record: &Record) -> Vec<SourcedClaim<'_>> {
    let Ok(fields) = record.to_json(None) else { return Vec::new() };
    let facts = facts_of(record, &fields);
    let whole = Value::Object(fields);
    let mut found = Vec::new();
    for fact in &facts {
        let before = found.len();
        for sourced in record.evidence() {
            about_fact(record, &whole, fact, sourced, &mut found);
        }
        if found.len() == before {
            let (place, value) = (fact.clone(), Some(value_at(&whole, fact)));
            found.push(SourcedClaim { place, is_fact: true, part: None, source: None, agrees: false, value });
        }
    }
    for sourced in record.evidence() {
        about_others(record, &whole, &facts, sourced, &mut found);
    }
    found
}

fn value_at(whole: &Value, place: &Pointer) -> Value {
    whole.pointer(place.as_str()).cloned().unwrap_or_default()
}

/// Adds what a source shows and says of a fact.
fn about_fact<'a>(
    record: &'a Record,
    whole: &Value,
    fact: &Pointer,
    (source, evidence): (&'a Ref<Source>, &'a Evidence),
    found: &mut Vec<SourcedClaim<'a>>,
) {
    let claim = |part: &Pointer, agrees: bool, value: Option<Value>| SourcedClaim {
        place: fact.clone(),
        is_fact: true,
        part: Some(part).filter(|part| *part != fact).cloned(),
        source: Some((source, evidence)),
        agrees,
        value,
    };
    for shown in parts_of(fact, Shown::about(record, evidence)) {
        let agrees = evidence.stance != Stance::Contradicts;
        found.push(claim(shown, agrees, agrees.then(|| value_at(whole, shown))));
    }
    for (place, value) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
        if fact.covers(place.pointer()) {
            found.push(claim(place.pointer(), false, Some(value.clone())));
        }
    }
}

/// Adds what a source shows and says of places that are no facts: identifiers and themes that it is said to show, and places
/// at which only the source has a value.
fn about_others<'a>(
    record: &'a Record,
    whole: &Value,
    facts: &[Pointer],
    (source, evidence): (&'a Ref<Source>, &'a Evidence),
    found: &mut Vec<SourcedClaim<'a>>,
) {
    let claim = |place: Pointer, agrees: bool, value: Option<Value>| SourcedClaim {
        place,
        is_fact: false,
        part: None,
        source: Some((source, evidence)),
        agrees,
        value,
    };
    let is_other = |place: &&Pointer| !facts.iter().any(|fact| fact.covers(place) || place.covers(fact));
    let shown = Shown::about(record, evidence).places().map(FieldPointer::pointer).filter(is_other);
    let mut shown: Vec<Pointer> = shown.flat_map(|place| entries_at(whole, place)).collect();
    shown.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    shown.dedup();
    for place in shown {
        let agrees = evidence.stance != Stance::Contradicts;
        let value = agrees.then(|| value_at(whole, &place));
        found.push(claim(place, agrees, value));
    }
    for (place, value) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
        if !facts.iter().any(|fact| fact.covers(place.pointer())) {
            found.push(claim(place.pointer().clone(), false, Some(value.clone())));
        }
    }
}

/// A place of the record; of a field that is a map each entry, as each entry of such a fact is a claim. Nothing where the
/// record has no value.
fn entries_at(whole: &Value, place: &Pointer) -> Vec<Pointer> {
    let is_field = place.tokens().count() == 1;
    match whole.pointer(place.as_str()) {
        Some(Value::Object(entries)) if is_field => entries.keys().map(|key| place.clone().key(key)).collect(),
        Some(_) => vec![place.clone()],
        None => Vec::new(),
    }
}

/// The places at which a source speaks about a fact: the fact itself where the source speaks about all of it, else the parts
/// of it.
fn parts_of<'a>(fact: &'a Pointer, about: Shown<'a>) -> Vec<&'a Pointer> {
    if about.covers(fact) {
        return vec![fact];
    }
    let mut parts: Vec<&Pointer> =
        about.places().map(FieldPointer::pointer).filter(|place| fact.covers(place)).collect();
    parts.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    parts
}
