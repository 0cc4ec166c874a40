//! Addresses of pages where something else belongs: the id of a source, or a copy with its day.

use comity_document::document::{Node, Value};
use serde_json::Value as Json;

use super::sample::resolved;
use crate::kind::Kind;
use crate::value::{StringFormat as _, Url, day_of_copy};

/// What to do with a web address where the id of a source belongs.
pub(crate) const SOURCE: &str = "make a record of the page, such as source/nato-2019-01-22.json with this address as its `url`, and write its id here, as in { \"nato-2019-01-22\": { \"stance\": \"reports\" } }";

/// The addresses in a text or in a list, where entries named after sources belong. The items of the list are texts, or objects with
/// an address.
pub(super) fn pages<'a>(kind: Kind, part: &'static Json, value: &'a Value<'_>) -> Vec<&'a str> {
    if !part["propertyNames"].is_object() || resolved(kind, &part["propertyNames"])["x-ref"] != "source" {
        return Vec::new();
    }
    let of_text = |text: &'a str| {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '،' | '<' | '>' | '|'));
        words.filter(|word| Url::parse(word).is_ok())
    };
    let of_item = |item: &'a Node<'_>| {
        let own = item.as_str();
        own.into_iter().chain(item.members().iter().filter_map(|member| member.value.as_str())).collect::<Vec<_>>()
    };
    match value {
        Value::String(text) => of_text(text).collect(),
        Value::Array(items) => items.iter().flat_map(of_item).flat_map(of_text).collect(),
        _ => Vec::new(),
    }
}

/// How a copy in an archive is written, with the day that its address has.
pub(super) fn as_copy(url: &str) -> String {
    let day = day_of_copy(url).map_or_else(|| "…".to_owned(), |day| day.to_string());
    format!("{{ \"url\": {}, \"captured\": \"{day}\" }}", Json::from(url))
}
