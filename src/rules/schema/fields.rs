//! Which field was meant, and what an absent field is for.

use comity_document::pointer::Pointer;
use serde_json::{Map, Value as Json};

use super::sample::{resolved, sample};
use super::{inline, listed, missing_field};
use crate::kind::Kind;
use crate::schema::{self, FieldSchema, Shape, is_form_of};
use crate::value::{nearest, words_of_name};

/// The field that was probably meant by a name: one that is known by this name before one that is spelled alike, and
/// required fields that are absent before others. The field is taken from `free`, so that no two names are corrected to
/// it. A field of another kind is no slip of the finger.
pub(crate) fn meant(
    (kind, at): (Kind, &Pointer),
    name: &str,
    part: &'static Json,
    missing: &[String],
    free: &mut Vec<&'static str>,
) -> Option<&'static str> {
    let word = words_of_name(name);
    // `event_type`, `date_of_event`, `التاريخ`
    let telling = word.split(' ').filter(|part| *part != kind.name() && !matches!(*part, "of" | "the"));
    let shorter: Vec<&str> = telling.map(|part| part.strip_prefix("ال").unwrap_or(part)).collect();
    let shorter = shorter.join(" ");
    let own = FieldSchema::of_part(kind, part);
    let called = |field: &&str| own.calls(field, &word) || own.calls(field, &shorter) || is_form_of(&shorter, field);
    let all = || free.iter().copied();
    let absent = || all().filter(|field| missing.iter().any(|missing| missing == field));
    let known = || absent().find(called).or_else(|| all().find(called));
    let is_elsewhere = at.is_root() && (owners(kind, name).next().is_some() || role(kind, name).is_some());
    let spelled = || nearest(name, absent()).or_else(|| nearest(name, all())).filter(|_| !is_elsewhere);
    let same = || all().find(|field| is_form_of(name, field));
    let meant = same().or_else(known).or_else(spelled)?;
    free.retain(|field| *field != meant);
    Some(meant)
}

/// The other kinds that have a field of this name.
fn owners(kind: Kind, name: &str) -> impl Iterator<Item = Kind> {
    let has = move |other: &Kind| *other != kind && schema::structure(*other)["properties"].get(name).is_some();
    Kind::ALL.into_iter().filter(has)
}

/// The role of participants in records of a kind that has this name.
fn role(kind: Kind, name: &str) -> Option<&'static str> {
    let participants = resolved(kind, &schema::structure(kind)["properties"]["participants"]);
    let roles = &resolved(kind, &participants["additionalProperties"])["properties"]["roles"];
    FieldSchema::of_part(kind, resolved(kind, &resolved(kind, roles)["items"])).code_named(name)
}

/// What to do about an unknown field.
pub(crate) fn advice(kind: Kind, name: &str, meant: Option<&str>, part: &'static Json, at: &Pointer) -> String {
    if let Some(meant) = meant {
        return format!("did you mean `{meant}`{}?", about(kind, &at.clone().key(meant)));
    }
    if kind != Kind::Source && at.is_root() && FieldSchema::of(Kind::Source).field_named(name) == Some("url") {
        return "make a record of the page in source/, with this address as its `url`, and name that record in `evidence`".to_owned();
    }
    if let Some(field) = FieldSchema::of_part(kind, part).field_named(name) {
        return format!("this belongs in `{field}`{}", about(kind, &at.clone().key(field)));
    }
    if let Some(role) = role(kind, name).filter(|_| at.is_root() && owners(kind, name).next().is_none()) {
        return format!(
            "this is a role of a participant: write \"participants\": {{ \"an-id\": {{ \"roles\": [\"{role}\"] }} }}"
        );
    }
    if let Some(place) = place_of(kind, name, at) {
        return place;
    }
    let owners: Vec<&str> = owners(kind, name).map(Kind::name).collect();
    let fields = listed(names(part));
    if part["x-steps"].is_string() {
        // An entry may say nothing but that the actor is a party or a member.
        let or_nothing = if part["minProperties"].is_u64() { "" } else { "write {} where no day is known; " };
        format!("{or_nothing}the statuses here are {fields}")
    } else if at.is_root() && !owners.is_empty() {
        let has = if owners.len() == 1 { "has" } else { "have" };
        format!("only {} {has} this field; {} has {fields}", listed(owners), kind.with_article())
    } else {
        format!("the fields here are {fields}")
    }
}

/// Where a field belongs that was written at another level of the record.
pub(crate) fn place_of(kind: Kind, name: &str, at: &Pointer) -> Option<String> {
    let root = schema::shape(kind);
    if let Some(inside) = at.tokens().next().filter(|_| root.fields.iter().any(|(field, _)| **field == *name)) {
        return Some(format!(
            "`{name}` is a field of the record itself: move it out of `{inside}`, behind the closing bracket"
        ));
    }
    let has = |shape: &Shape| shape.fields.iter().any(|(field, _)| **field == *name);
    let each_has = |shape: &Shape| shape.each.as_deref().is_some_and(has);
    let mut fields = root.fields.iter().filter(|_| at.is_root());
    let (owner, shape) =
        fields.clone().find(|(_, shape)| has(shape)).or_else(|| fields.find(|(_, shape)| each_has(shape)))?;
    let each = if has(shape) { "" } else { "each entry of " };
    Some(format!("`{name}` stands inside {each}`{owner}`: move it there"))
}

/// The message for an absent field, and what to type.
pub(crate) fn missing(kind: Kind, name: &str, part: &'static Json, at: &Pointer) -> (String, String) {
    let message = match at.tokens().last() {
        None => missing_field::message(name),
        Some(last) => match last.parse::<usize>() {
            Ok(index) => {
                let above = at.parent().and_then(|list| Some(list.tokens().last()?.into_owned())).unwrap_or_default();
                format!("the field `{name}` is missing in entry {} of `{above}`", index + 1)
            }
            Err(_) => format!("the field `{name}` is missing in `{last}`"),
        },
    };
    if part["propertyNames"].is_object() {
        let help = format!("add \"{name}\": \"…\", the English text, beside those in other languages");
        return (message, help);
    }
    let field = &part["properties"][name];
    let codes = resolved(kind, field)["enum"].as_array().filter(|codes| codes.len() <= 21);
    let about = about(kind, &at.clone().key(name));
    let help = match codes {
        Some(codes) => {
            format!("add \"{name}\": \"…\" with one of {}{about}", listed(codes.iter().filter_map(Json::as_str)))
        }
        None => format!("add \"{name}\"{about}, such as \"{name}\": {}", sample(kind, field)),
    };
    (message, help)
}

/// What a field is for, in brackets.
fn about(kind: Kind, field: &Pointer) -> String {
    let about = schema::shape(kind).at(field).map(|shape| inline(shape.description)).unwrap_or_default();
    if about.is_empty() { String::new() } else { format!(" ({about})") }
}

/// The fields of an object, without those that follow from the record's path.
pub(crate) fn names(part: &Json) -> impl Iterator<Item = &str> {
    let names = part["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str);
    names.filter(|field| !schema::is_placed(field))
}
