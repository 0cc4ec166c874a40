//! How named entries are written, where a text or a list stands in their place: made from what was typed, without a word of
//! what only the contributor knows.

use comity_document::document::{Node, Value};
use serde_json::{Map, Value as Json};

use super::sample::{resolved, sample, step};
use super::type_hints::meant;
use super::values::known_place;
use super::{figures, listed};
use crate::kind::Kind;
use crate::schema::{FieldSchema, is_form_of};
use crate::value::{AnyRef, FieldPointer, Id, StringFormat as _, When, bound, only_reading};

/// How many of the typed entries an example shows.
const SHOWN: usize = 4;
/// How many codes a message lists.
const CODES: usize = 21;

/// How a map with these entries is written; `None` where no text was typed. `part` is the schema of the map.
pub(super) fn as_entries(kind: Kind, part: &'static Json, value: &Value<'_>) -> Option<String> {
    let typed = typed(value);
    if typed.is_empty() {
        return None;
    }
    let (keys, values) = (resolved(kind, &part["propertyNames"]), resolved(kind, &part["additionalProperties"]));
    if keys["enum"].is_array() {
        return Some(by_scheme(keys, typed[0].0));
    }
    if values["properties"]["best"].is_object() {
        return Some(as_figure(kind, part, typed[0].0));
    }
    if keys["x-ref"].is_null() && keys["format"] != FieldPointer::FORMAT && keys["format"] != AnyRef::FORMAT {
        return None;
    }
    if let Some(said) = as_said(kind, part, &typed) {
        return Some(said);
    }
    let blank = Blank::of(kind, values);
    // A value that a source has says nothing of its field.
    let is_placeless =
        |name: &str| keys["format"] == FieldPointer::FORMAT && known_place(kind, &meant(keys, name)).is_none();
    let entry = |(name, rest): &Typed<'_>| {
        if is_placeless(name) {
            let text = if values["type"].is_null() { Json::from(*name).to_string() } else { blank.text.clone() };
            return format!("\"/…\": {text}");
        }
        let rest = rest.as_ref().map_or_else(|| blank.text.clone(), |fields| fitted(kind, values, fields));
        format!("{}: {rest}", Json::from(key(keys, name)))
    };
    let names_a_kind = keys["format"] == AnyRef::FORMAT && !typed.iter().all(|(name, _)| AnyRef::parse(name).is_ok());
    let before = if names_a_kind {
        "; before the colon stands the kind of the record, such as `event`"
    } else if typed.iter().any(|(name, _)| is_placeless(name)) {
        "; before the colon stands the field of this record, such as `/when`"
    } else {
        ""
    };
    let entries: Vec<String> = typed.iter().take(SHOWN).map(entry).collect();
    let more = if typed.len() > SHOWN { ", …" } else { "" };
    let each = if typed.len() > 1 { "each as an entry of its own" } else { "it as an entry with a value" };
    // Where all values were typed, nobody needs the codes.
    let codes = if typed.iter().any(|(_, rest)| rest.is_none()) { &*blank.codes } else { "" };
    Some(format!("write {each}: {{ {}{more} }}{before}{codes}", entries.join(", ")))
}

/// How a value that a source has is written that stands without its field: under the field that has the days of a record of
/// this kind, where a day can be read. `None` where a field was typed.
fn as_said(kind: Kind, part: &'static Json, typed: &[Typed<'_>]) -> Option<String> {
    /// The longest text in which a day is looked for, in bytes: a sentence.
    const LONGEST: usize = 200;
    let (keys, values) = (resolved(kind, &part["propertyNames"]), resolved(kind, &part["additionalProperties"]));
    let [(text, None), ..] = typed else { return None };
    let is_said = keys["format"] == FieldPointer::FORMAT && values["type"].is_null();
    if !is_said || typed.iter().any(|(name, _)| known_place(kind, &meant(keys, name)).is_some()) {
        return None;
    }
    let field = match kind {
        Kind::Event => "/when".to_owned(),
        Kind::Statement => "/date".to_owned(),
        _ => {
            let history = FieldSchema::of(kind).field("history").filter(|field| field.is_history());
            format!("/history/{}", step(history?.target())?)
        }
    };
    let is_day = |text: &str| When::parse(text).is_ok().then(|| text.to_owned());
    let day = |text: &str| is_day(text).or_else(|| only_reading(text, kind == Kind::Event));
    let ends = text.match_indices(' ').map(|(at, _)| &text[at + 1..]);
    let day = std::iter::once(*text).chain(ends).take_while(|text| text.len() <= LONGEST).find_map(day);
    let day = day.unwrap_or_else(|| "2019-01-23".to_owned());
    Some(format!(
        "write the field for which the value stands, and the value alone, such as {{ \"{field}\": \"{day}\" }}"
    ))
}

/// The key for a name that was typed; `…` where only the contributor knows it. Which kind is meant, the name alone does not
/// say, and an id is not made of several words: the record may have another.
fn key(keys: &Json, name: &str) -> String {
    if keys["x-ref"].is_string() && name.contains(char::is_whitespace) {
        return "…".to_owned();
    }
    if keys["format"] == AnyRef::FORMAT && AnyRef::parse(name).is_err() {
        return format!("…:{}", Id::meant(name).unwrap_or_else(|| name.to_owned()));
    }
    meant(keys, name)
}

/// A name that was typed, with the other fields of its item.
type Typed<'a> = (&'a str, Option<Vec<(&'a str, &'a Node<'a>)>>);

/// The names that were typed: a text, the names in a text with commas, or the items of a list.
fn typed<'a>(value: &'a Value<'a>) -> Vec<Typed<'a>> {
    let of_item = |item: &'a Node<'a>| match item.as_str() {
        Some(text) => Some((text, None)),
        None => named_item(item),
    };
    match value {
        Value::String(text) => {
            let names = text.split([',', ';', '،']).map(str::trim).filter(|name| !name.is_empty());
            names.map(|name| (name, None)).collect()
        }
        Value::Array(items) => items.iter().filter_map(of_item).collect(),
        _ => Vec::new(),
    }
}

/// The name in an item of a list, and the other fields of the item.
fn named_item<'a>(item: &'a Node<'a>) -> Option<Typed<'a>> {
    let (field, name) = ["id", "name", "actor", "source", "field"]
        .iter()
        .find_map(|field| Some((*field, item.get(field)?.as_str()?)))?;
    let others: Vec<(&str, &Node<'_>)> =
        item.members().iter().filter(|member| member.key != field).map(|member| (member.key, &member.value)).collect();
    Some((name, (!others.is_empty()).then_some(others)))
}

/// The fields of an entry as they were typed, under the names that the entry has for them; what stands in a list there, in a
/// list. `part` is the schema of the entry.
pub(super) fn fitted(kind: Kind, part: &'static Json, fields: &[(&str, &Node<'_>)]) -> String {
    let schema = FieldSchema::of_part(kind, part);
    let field = |(name, value): &(&str, &Node<'_>)| {
        let forms = || part["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str);
        let name = forms().find(|field| is_form_of(name, field)).or_else(|| schema.field_named(name)).unwrap_or(*name);
        let is_list = resolved(kind, &part["properties"][name])["type"] == "array";
        let shown = shown(value);
        let shown = if is_list && !matches!(value.value, Value::Array(_)) { format!("[{shown}]") } else { shown };
        format!("{}: {shown}", Json::from(name))
    };
    format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
}

/// A value as it was typed; `…` in the place of a long one.
fn shown(value: &Node<'_>) -> String {
    /// The longest value that a message repeats, in bytes.
    const LONGEST: usize = 60;
    Some(value.to_json().to_string()).filter(|value| value.len() <= LONGEST).unwrap_or_else(|| "…".to_owned())
}

/// A value of which only the contributor knows the codes.
pub(super) struct Blank {
    pub(super) text: String,
    /// Which codes there are, as the end of a sentence.
    pub(super) codes: String,
}

impl Blank {
    pub(super) fn of(kind: Kind, part: &'static Json) -> Self {
        let (mut fields, mut codes) = (Vec::new(), Vec::new());
        let required = part["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
        for name in required {
            let field = resolved(kind, &part["properties"][name]);
            let in_list = resolved(kind, &field["items"]);
            let known = field["enum"].as_array().or_else(|| in_list["enum"].as_array());
            let value = match known {
                Some(_) if field["type"] == "array" => "[\"…\"]".to_owned(),
                Some(_) => "\"…\"".to_owned(),
                None => sample(kind, field),
            };
            fields.push(format!("\"{name}\": {value}"));
            if let Some(known) = known.filter(|known| known.len() <= CODES) {
                codes.push(format!("; `{name}` is one of {}", listed(known.iter().filter_map(Json::as_str))));
            }
        }
        let text = match part["type"].as_str() {
            Some("object") if fields.is_empty() => "{}".to_owned(),
            Some("object") => format!("{{ {} }}", fields.join(", ")),
            _ => "\"…\"".to_owned(),
        };
        if let Some(known) = part["enum"].as_array().filter(|known| known.len() <= CODES) {
            codes.push(format!("; the value is one of {}", listed(known.iter().filter_map(Json::as_str))));
        }
        Self { text, codes: codes.concat() }
    }
}

/// How an identifier is written: under the name of its scheme.
fn by_scheme(keys: &'static Json, text: &str) -> String {
    let is_item = |text: &str| text.strip_prefix('Q').is_some_and(|digits| digits.parse::<u64>().is_ok());
    let schemes = || keys["enum"].as_array().into_iter().flatten().filter_map(Json::as_str);
    if is_item(text) && schemes().any(|scheme| scheme == "wikidata") {
        return format!("write it under the name of its scheme: {{ \"wikidata\": {} }}", Json::from(text));
    }
    let known = schemes().take(CODES).collect::<Vec<_>>();
    let written = Json::from(text);
    format!("write it under the name of its scheme: {{ \"…\": {written} }}; the schemes are {}", listed(known))
}

/// How a figure is written, with the number that was typed.
fn as_figure(kind: Kind, part: &'static Json, text: &str) -> String {
    let (typed, what) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let numbers = bound(text).map_or_else(|| figures::numbers(typed), |_| figures::numbers(text));
    let one = resolved(kind, &part["additionalProperties"]);
    let figure = numbers.map(|numbers| figures::written(kind, one, &numbers, &[what.trim()]));
    let entry = figure.map(|(figure, end)| format!("{{ \"a-short-name\": {figure} }}{end}"));
    let entry = entry.unwrap_or_else(|| sample(kind, part));
    format!("a figure has a name of your own, and says what is counted and in which unit, such as {entry}")
}
