//! What to type instead of a value of the wrong type, made from what was typed where possible.

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use super::entries::as_entries;
use super::pages::{SOURCE, as_copy, pages};
use super::sample::{part_at, resolved, sample, step};
use super::several::items;
use super::{dates, figures, in_one_line};
use crate::kind::Kind;
use crate::value::{self, Edtf, StringFormat, Url, When, bound, plain_number, scaled_number};

/// What to type instead, made from what was typed where possible.
pub(crate) fn type_help(kind: Kind, part: &'static Json, node: &Node<'_>, at: &Pointer) -> String {
    let text = |text: &str| Json::from(text).to_string();
    let map = part["propertyNames"].is_object();
    if at.is_root() {
        return match &node.value {
            Value::Array(_) => "remove the brackets around the record; each record is a file of its own".to_owned(),
            _ => "a record is written as { \"names\": { \"en\": \"…\" }, … }".to_owned(),
        };
    }
    match (part["type"].as_str().unwrap_or_default(), &node.value) {
        ("object", Value::Null) if part["required"].as_array().is_none_or(Vec::is_empty) && is_entry(kind, at) => {
            "write {} where no more is known".to_owned()
        }
        (_, Value::Null) if is_required(kind, at) => {
            format!("this field is required; write what is known, such as {}", sample(kind, part))
        }
        (_, Value::Null) => "for what is not known, leave the whole field out".to_owned(),
        ("array", Value::String(url))
            if resolved(kind, &part["items"])["properties"]["captured"].is_object() && Url::parse(url).is_ok() =>
        {
            format!("write it as [{}]", as_copy(url))
        }
        ("array", Value::String(one)) if resolved(kind, &part["items"])["type"] == "string" => {
            format!("put it into a list: {}", in_one_line(&items(kind, &part["items"], one).into()))
        }
        ("string", Value::Number(number)) => dates::of_number(part, number),
        ("string", Value::Array(items)) => {
            one_text(part, items).unwrap_or_else(|| format!("such as {}", sample(kind, part)))
        }
        ("string", Value::Object([first, last])) if part["format"] == When::FORMAT => {
            one_text(part, &[first.value, last.value]).unwrap_or_else(|| format!("such as {}", sample(kind, part)))
        }
        ("string", Value::Object(members)) if members.len() == 1 && members[0].value.as_str().is_some() => {
            format!("write the text alone: {}", text(members[0].value.as_str().unwrap_or_default()))
        }
        ("object", Value::String(date)) if part["x-steps"].is_string() && Edtf::parse(date).is_ok() => {
            let step = step(part).unwrap_or("…");
            format!("say which status was reached then: {{ \"{step}\": {} }}", text(date))
        }
        ("number" | "integer", Value::String(number)) if is_number(number.trim()) => {
            let number = number.trim();
            match between_thousands(number) {
                Some(whole) => format!(
                    "write it without quotation marks: {whole} if the point stands between thousands, or {number} if before a fraction"
                ),
                None => format!("write it without quotation marks: {number}"),
            }
        }
        ("number" | "integer", Value::String(number)) => {
            match (bound(number), scaled_number(number).or_else(|| plain_number(number))) {
                (Some(bound), _) if of_figure(kind, at) => figures::in_place_of_best(&bound),
                (_, Some(number)) => format!("write digits only, without quotation marks: {number}"),
                _ => format!("write digits only, without quotation marks, such as {}", sample(kind, part)),
            }
        }
        ("boolean", Value::String(word)) => match word.to_lowercase().as_str() {
            "true" | "yes" | "oui" => "write true".to_owned(),
            "false" | "no" | "non" => "write false".to_owned(),
            _ => "write true or false".to_owned(),
        },
        ("object", Value::String(word)) if resolved(kind, &part["propertyNames"])["format"] == "bcp47" => {
            let language = likely_language(word);
            format!("say in which language it is, \"en\", \"fr\" or \"ar\": {{ \"{language}\": {} }}", text(word))
        }
        ("object", _) if part["properties"]["latitude"].is_object() => point(&node.value),
        ("object", value) if !pages(kind, part, value).is_empty() => SOURCE.to_owned(),
        ("object", Value::String(text)) if part["properties"]["source"].is_object() && Url::parse(text).is_ok() => {
            let sample = sample(kind, part);
            let sample = sample.trim_end_matches(" }");
            format!(
                "make a record of the page in source/, with this address as its `url`, and name that record here: {sample}, \"source\": \"…\" }}"
            )
        }
        ("object", Value::Number(typed) | Value::String(typed))
            if part["properties"]["best"].is_object() && figures::numbers(typed).is_some() =>
        {
            as_figure(kind, part, typed, at)
        }
        ("object", Value::String(url)) if part["properties"]["captured"].is_object() && Url::parse(url).is_ok() => {
            format!("write it as {}", as_copy(url))
        }
        ("object", value) if field_with(kind, part, value).is_some() => {
            format!("say what it is: {{ {} }}", field_with(kind, part, value).unwrap_or_default())
        }
        ("object", Value::String(rule)) if part["properties"]["rule"].is_object() => {
            format!("such as {{ \"rule\": {}, \"reason\": \"…\" }}", text(rule))
        }
        ("array", Value::String(rule)) if resolved(kind, &part["items"])["properties"]["rule"].is_object() => {
            format!("such as [{{ \"rule\": {}, \"reason\": \"…\" }}]", text(rule))
        }
        ("object", value) if map => {
            as_entries(kind, part, value).unwrap_or_else(|| format!("such as {}", sample(kind, part)))
        }
        _ => format!("such as {}", sample(kind, part)),
    }
}

/// How a number is written that stands in the place of a whole figure.
fn as_figure(kind: Kind, part: &'static Json, typed: &str, at: &Pointer) -> String {
    let number = if is_number(typed) { Some(format!("\"best\": {typed}")) } else { figures::numbers(typed) };
    let name = at.tokens().last().unwrap_or_default();
    let unit = typed.split_once(' ').map_or("", |(_, unit)| unit);
    let (figure, end) = figures::written(kind, part, &number.unwrap_or_default(), &[&name, unit]);
    format!("write it as {figure}{end}")
}

/// Whether a place is the number of a figure, which may also be the least or the greatest.
fn of_figure(kind: Kind, at: &Pointer) -> bool {
    parent(kind, at).is_some_and(|(part, _)| part["properties"]["low"].is_object())
}

/// How the texts of a list are written as one text: a text alone, or the first and the last day.
fn one_text(part: &Json, items: &[Node<'_>]) -> Option<String> {
    match items {
        [only] => Some(format!("write the text alone: {}", Json::from(only.as_str()?))),
        [first, last] if part["format"] == When::FORMAT => {
            let both = format!("{}/{}", first.as_str()?, last.as_str()?);
            let is_interval = When::parse(&both).is_ok();
            is_interval.then(|| format!("write the first and the last day in one text: {}", Json::from(both)))
        }
        _ => None,
    }
}

/// Whether a text is a number as JSON has it.
fn is_number(text: &str) -> bool {
    serde_json::from_str::<Json>(text).is_ok_and(|value| value.is_number())
}

/// The whole number that was meant, where a point may stand between thousands: 1.200.
fn between_thousands(number: &str) -> Option<String> {
    let (whole, part) = number.split_once('.')?;
    let digits = whole.trim_start_matches('-');
    let is_group = part.len() == 3 && (1..=3).contains(&digits.len()) && digits != "0";
    (is_group && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{whole}{part}"))
}

/// The language that a text is probably in, by its letters.
fn likely_language(text: &str) -> &'static str {
    let text = text.to_lowercase();
    let has = |is: fn(char) -> bool| text.chars().any(is);
    if has(|c| ('\u{600}'..='\u{6ff}').contains(&c)) {
        "ar"
    } else if has(|c| "éèêëàâçîïôûùœ".contains(c)) || has_words_of_french(&text) {
        "fr"
    } else {
        "en"
    }
}

/// Whether a text in lower case has small words of French, and none of English. `un` may be the United Nations.
fn has_words_of_french(text: &str) -> bool {
    const FRENCH: [&str; 9] = ["le", "les", "du", "une", "aux", "dans", "pour", "avec", "sur"];
    const ENGLISH: [&str; 9] = ["the", "of", "and", "in", "to", "for", "on", "at", "with"];
    let has = |known: [&str; 9]| text.split(|c: char| !c.is_alphabetic()).any(|word| known.contains(&word));
    has(FRENCH) && !has(ENGLISH)
}

/// The schema of what holds a place, and the last token of the place.
fn parent(kind: Kind, at: &Pointer) -> Option<(&'static Json, String)> {
    Some((part_at(kind, &at.parent()?)?, at.tokens().last()?.into_owned()))
}

/// The end of advice on a value: a field that must be there cannot be left out.
pub(crate) fn or_leave_out(kind: Kind, at: &Pointer) -> &'static str {
    if is_required(kind, at) { "" } else { ", or leave the whole field out" }
}

/// Whether a place must have a value.
fn is_required(kind: Kind, at: &Pointer) -> bool {
    let required =
        |part: &Json, name: &str| part["required"].as_array().is_some_and(|all| all.iter().any(|field| field == name));
    parent(kind, at).is_some_and(|(part, name)| required(part, &name))
}

/// Whether a place is an entry of a map, and no field.
fn is_entry(kind: Kind, at: &Pointer) -> bool {
    parent(kind, at).is_some_and(|(part, name)| part["properties"][&name].is_null())
}

/// The text that was meant, where the format can tell.
pub(super) fn meant(part: &Json, text: &str) -> String {
    let refusal = value::format(part["format"].as_str().unwrap_or_default()).and_then(|format| (format.refuse)(text));
    refusal.and_then(|refusal| refusal.meant).unwrap_or_else(|| text.to_owned())
}

/// The field of an entry that admits a word, or each word of a list, as its code.
fn field_with(kind: Kind, part: &'static Json, value: &Value<'_>) -> Option<String> {
    let words: Vec<&str> = match value {
        Value::String(word) => vec![word],
        Value::Array(items) => items.iter().map(Node::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    let one = if let Value::String(word) = value { Some(Json::from(*word)) } else { None };
    let has = |part: &Json| words.iter().all(|word| has_code(part, word)) && !words.is_empty();
    part["properties"].as_object()?.iter().find_map(|(name, field)| {
        let field = resolved(kind, field);
        if let Some(word) = one.as_ref().filter(|_| has(field)) {
            return Some(format!("\"{name}\": {word}"));
        }
        has(resolved(kind, &field["items"])).then(|| format!("\"{name}\": {}", in_one_line(&words.clone().into())))
    })
}

fn has_code(part: &Json, word: &str) -> bool {
    part["enum"].as_array().is_some_and(|codes| codes.iter().any(|code| code == word))
}

/// A position, made from the two numbers that were typed.
fn point(value: &Value<'_>) -> String {
    let numbers: Vec<String> = match value {
        Value::Array(items) => items
            .iter()
            .filter_map(|item| if let Value::Number(number) = item.value { Some(number.to_owned()) } else { None })
            .collect(),
        Value::String(text) => {
            let parts = text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
            parts.filter(|part| part.parse::<f64>().is_ok()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    let [latitude, longitude] = &numbers[..] else {
        return "such as { \"latitude\": 34.02, \"longitude\": -6.83 }".to_owned();
    };
    if matches!(value, Value::Array(_)) {
        return format!(
            "write {{ \"latitude\": {latitude}, \"longitude\": {longitude} }}, or the other way round, since many programs list the longitude first: compare with a map"
        );
    }
    format!(
        "write {{ \"latitude\": {latitude}, \"longitude\": {longitude} }}: north first, then east; south and west are negative"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_may_stand_between_thousands() {
        for (number, whole) in [("1.200", Some("1200")), ("-12.000", Some("-12000")), ("0.250", None), ("1.5", None)] {
            assert_eq!(between_thousands(number).as_deref(), whole, "{number}");
        }
        assert!(is_number("1.200") && ![".5", "5.", "+5", "NaN", "inf"].into_iter().any(is_number));
    }

    #[test]
    fn letters_tell_the_language() {
        let texts = ["École OTAN", "Un titre sur le Maroc", "حلف", "UN Security Council", "Le Matin on the visit"];
        assert_eq!(texts.map(likely_language), ["fr", "fr", "ar", "en", "en"]);
    }
}
