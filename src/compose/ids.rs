//! The id of a new record, from what the record says.

use serde_json::{Map, Value};

use crate::kind::Kind;
use crate::value::{Id, StringFormat as _};

/// Words that an id does without.
const EMPTY: &[&str] = &["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "s", "the", "to", "with"];
/// How many words and bytes of a name an id has.
const WORDS: usize = 6;
const LENGTH: usize = 60;

/// An id for a new record that `is_taken` does not refuse: the words of its English name, with the year of what happens
/// in a year. `None` where the record says nothing that an id can be made of.
pub fn id_for(kind: Kind, fields: &Map<String, Value>, is_taken: &dyn Fn(&str) -> bool) -> Option<String> {
    let text = |field: &str| fields.get(field).and_then(Value::as_str);
    let name = fields.get("names").and_then(|names| names["en"].as_str());
    let words = match kind {
        Kind::Source => source(text("url"), text("published")),
        Kind::Survey => text("corpus").map(words_of),
        _ => name.or_else(|| text("speaker")).map(words_of),
    }?;
    let year = match kind {
        Kind::Event => text("when"),
        Kind::Statement => text("date"),
        Kind::Survey => text("period"),
        _ => None,
    };
    let year = year.map(|date| date.trim_start_matches('[').trim_start_matches("..")).and_then(|date| date.get(..4));
    let year = year.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    let id = match year {
        Some(year) if !words.contains(year) => format!("{words}-{year}"),
        _ => words,
    };
    Some(numbered(&id, is_taken)).filter(|id| Id::parse(id).is_ok())
}

/// The word itself, or with the first number that makes it free.
pub(super) fn numbered(word: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    let numbered = (2..10_000).map(|number| format!("{word}-{number}"));
    std::iter::once(word.to_owned()).chain(numbered).find(|word| !is_taken(word)).unwrap_or_default()
}

/// The words of a name, in Latin letters, with hyphens.
fn words_of(name: &str) -> String {
    let folded = crate::value::folded(name);
    let words = folded.split(' ').filter(|word| !word.is_empty() && word.is_ascii() && !EMPTY.contains(word));
    let mut id = String::new();
    for word in words.take(WORDS) {
        if id.len() + word.len() + 1 > LENGTH {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    id
}

/// The site and the day; the site and the last words of the address where the day is not known.
fn source(url: Option<&str>, published: Option<&str>) -> Option<String> {
    let url = url::Url::parse(url?).ok()?;
    let site = words_of(&site(url.host_str()?));
    let day = published.filter(|day| !day.is_empty() && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
    let last = || {
        let last = url.path_segments()?.rev().find(|segment| !segment.is_empty())?.to_owned();
        let stem = last.split('.').next().unwrap_or_default().to_owned();
        Some(words_of(&stem)).filter(|words| !words.is_empty())
    };
    match day.map(str::to_owned).or_else(last) {
        Some(rest) => Some(format!("{site}-{rest}")),
        None => Some(format!("{site}-page")),
    }
}

/// The word of a host by which people know the site: `le360` of `fr.le360.ma`, `bbc` of `www.bbc.co.uk`.
fn site(host: &str) -> String {
    const SECOND: [&str; 9] = ["co", "com", "org", "gov", "ac", "net", "edu", "gouv", "gob"];
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.len().saturating_sub(1);
    let is_second = last >= 2 && labels[last].len() == 2 && SECOND.contains(&labels[last - 1]);
    let index = if is_second { last - 2 } else { last.saturating_sub(1) };
    labels[index].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_has_the_words_of_the_name_and_the_year() {
        let id = |kind, fields: Value, taken: &[&str]| {
            id_for(kind, fields.as_object().expect("fields"), &|id| taken.contains(&id))
        };
        let visit = json!({ "names": { "en": "Port call of SNMG2 at Casablanca" }, "when": "2024-03-01/2024-03-04" });
        assert_eq!(id(Kind::Event, visit.clone(), &[]).as_deref(), Some("port-call-snmg2-casablanca-2024"));
        assert_eq!(
            id(Kind::Event, visit, &["port-call-snmg2-casablanca-2024"]).as_deref(),
            Some("port-call-snmg2-casablanca-2024-2")
        );
        assert_eq!(
            id(Kind::Actor, json!({ "names": { "en": "Abdeltif Loudyi" } }), &[]).as_deref(),
            Some("abdeltif-loudyi")
        );
        let page = json!({ "url": "https://fr.le360.ma/politique/une-visite", "published": "2019-01-21" });
        assert_eq!(id(Kind::Source, page, &[]).as_deref(), Some("le360-2019-01-21"));
        let page = json!({ "url": "https://www.bbc.co.uk/news/a-visit-to-rabat.html" });
        assert_eq!(id(Kind::Source, page, &[]).as_deref(), Some("bbc-visit-rabat"));
        assert_eq!(id(Kind::Event, json!({ "names": { "en": "زيارة" } }), &[]), None, "no letters for an id");
    }
}
