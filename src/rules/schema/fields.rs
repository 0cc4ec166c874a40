//! Which field was meant, and what an absent field is for.

use comity_document::pointer::Pointer;
use serde_json::{Map, Value as Json};

use super::sample::{resolved, sample};
use super::{inline, listed};
use crate::kind::Kind;
use crate::schema::{self, Shape};
use crate::value::nearest;

/// The field that was probably meant by a name; required fields that are absent come first. The field is taken from
/// `free`, so that no two names are corrected to it.
pub(crate) fn meant(name: &str, missing: &[String], free: &mut Vec<&'static str>) -> Option<&'static str> {
    let word = name.to_lowercase().replace(['_', ' '], "-");
    let called = |field: &&str| words_for(field).contains(&word.as_str());
    let all = || free.iter().copied();
    let absent = || all().filter(|field| missing.iter().any(|missing| missing == field));
    let meant = nearest(name, absent())
        .or_else(|| absent().find(called))
        .or_else(|| nearest(name, all()))
        .or_else(|| all().find(called))?;
    free.retain(|field| *field != meant);
    Some(meant)
}

/// What to do about an unknown field.
pub(crate) fn advice(kind: Kind, name: &str, meant: Option<&str>, part: &Json, at: &Pointer) -> String {
    if let Some(meant) = meant {
        return format!("did you mean `{meant}`{}?", about(kind, &at.clone().key(meant)));
    }
    let word = name.to_lowercase().replace(['_', ' '], "-");
    if let Some(field) = names(part).find(|field| words_for(field).contains(&word.as_str())) {
        return format!("this belongs in `{field}`{}", about(kind, &at.clone().key(field)));
    }
    if let Some(place) = place_of(kind, name, at) {
        return place;
    }
    let elsewhere = |other: &Kind| schema::structure(*other)["properties"].get(name).is_some();
    let owners: Vec<&str> = Kind::ALL.into_iter().filter(elsewhere).map(Kind::name).collect();
    let fields = listed(names(part));
    if part["x-steps"].is_string() {
        format!("the statuses here are {fields}")
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
    let inside = |shape: &Shape| has(shape) || shape.each.as_deref().is_some_and(has);
    let (owner, shape) = root.fields.iter().find(|(_, shape)| at.is_root() && inside(shape))?;
    let each = if has(shape) { "" } else { "each entry of " };
    Some(format!("`{name}` stands inside {each}`{owner}`: move it there"))
}

/// The message for an absent field, and what to type.
pub(crate) fn missing(kind: Kind, name: &str, part: &'static Json, at: &Pointer) -> (String, String) {
    let message = match at.tokens().last() {
        None => format!("the field `{name}` is missing"),
        Some(last) => format!("the field `{name}` is missing in `{last}`"),
    };
    if part["propertyNames"].is_object() {
        let help = format!("add \"{name}\": \"…\", the English text, beside those in other languages");
        return (message, help);
    }
    let field = &part["properties"][name];
    let codes = resolved(kind, field)["enum"].as_array().filter(|codes| codes.len() <= 21);
    let add = match codes {
        Some(codes) => {
            format!("add \"{name}\": \"…\" with one of {}", listed(codes.iter().filter_map(Json::as_str)))
        }
        None => format!("add \"{name}\": {}", sample(kind, field)),
    };
    (message, format!("{add}{}", about(kind, &at.clone().key(name))))
}

/// What a field is for, in brackets.
fn about(kind: Kind, field: &Pointer) -> String {
    let about = schema::shape(kind).at(field).map(|shape| inline(shape.description)).unwrap_or_default();
    if about.is_empty() { String::new() } else { format!(" ({about})") }
}

/// The fields of an object, without those that follow from the record's path.
pub(crate) fn names(part: &Json) -> impl Iterator<Item = &str> {
    let names = part["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str);
    names.filter(|field| !matches!(*field, "$schema" | "kind" | "id"))
}

/// Common words for a field, a status or a unit that has another name here.
pub(crate) fn words_for(name: &str) -> &'static [&'static str] {
    match name {
        "names" => &["name", "title", "label"],
        "title" => &["headline", "names", "name"],
        "aliases" => &["acronym", "alias", "aka", "abbreviation"],
        "summary" => &["description", "abstract", "note", "notes", "text", "comment"],
        "definition" => &["description", "summary", "scope"],
        "themes" => &["topics", "tags", "subjects", "keywords", "categories", "topic"],
        "under" => &["framework", "parent", "part-of", "operation"],
        "places" => &["place", "location", "locations", "where", "city", "venue"],
        "figures" => &["numbers", "quantities", "statistics", "quantity"],
        "evidence" => &["source", "sources", "references", "refs", "citations"],
        "identifiers" => &["ids", "wikidata", "doi"],
        "related" => &["see-also", "links"],
        "status" => &["history", "state", "outcome"],
        "type" => &["category", "sort", "genre"],
        "when" => &["date", "dates", "day", "start", "start-date", "time"],
        "date" => &["when", "day"],
        "history" => &["status", "steps", "timeline", "dates", "date", "when"],
        "participants" => &["actors", "partners", "parties", "attendees", "members", "who"],
        "participant" => &["attendee", "delegate", "attends"],
        "visitor" => &["visits", "visiting"],
        "organiser" => &["convener", "co-organiser"],
        "held" => &["done", "took-place", "completed", "happened", "finished", "past"],
        "cancelled" => &["called-off", "abandoned"],
        "seminar" => &["workshop", "symposium", "colloque", "round-table"],
        "meeting" => &["réunion", "talks", "consultation"],
        "training" => &["course", "workshop"],
        "official" => &["press-release", "communiqué", "communique", "government", "statement"],
        "news" => &["article", "press", "journal"],
        "reports" => &["confirms", "says", "states", "tells", "supports", "mentions"],
        "announces" => &["plans", "will"],
        "contradicts" => &["denies", "disputes", "refutes"],
        "at-margins-of" => &["on-the-margins-of", "margins", "on-the-sidelines-of", "sidelines", "side-event"],
        "follows" => &["after", "follow-up", "follow-up-to", "next"],
        "parties" => &["participants", "signatories", "partners", "members"],
        "members" => &["participants", "partners"],
        "roles" => &["role", "as"],
        "convenors" => &["organisers", "founders", "lead"],
        "speaker" => &["actor", "person", "who", "author"],
        "position" => &["text", "statement", "quote", "summary", "said"],
        "offices" => &["office", "positions", "jobs", "function"],
        "organisation" => &["body", "employer", "of"],
        "seat" => &["headquarters", "hq", "location"],
        "from" => &["start", "since", "founded", "begin", "began"],
        "until" => &["end", "to", "dissolved", "ended"],
        "publisher" => &["newspaper", "site", "outlet", "media", "website"],
        "published" => &["date", "when", "publication-date", "day"],
        "languages" => &["language", "lang"],
        "url" => &["link", "address", "uri", "href"],
        "accessed" => &["retrieved", "read"],
        "supports" => &["shows", "fields", "for"],
        "locator" => &["page", "pages", "paragraph"],
        "captured" => &["date", "when"],
        "latitude" => &["lat"],
        "longitude" => &["lon", "lng", "long"],
        "best" => &["value", "number", "count", "amount"],
        "low" => &["min", "minimum", "at-least"],
        "high" => &["max", "maximum", "at-most"],
        "why" | "reason" => &["because", "note", "why", "reason"],
        "online" => &["virtual"],
        "in-force" => &["entered-into-force", "effective"],
        "ongoing" => &["started", "start", "began", "from", "active", "since"],
        "completed" | "ended" => &["finished", "end", "until", "closed", "completed", "ended"],
        "established" => &["founded", "created", "launched", "from"],
        "joined" => &["member", "since", "from", "acceded"],
        "withdrew" => &["left", "until", "withdrawn"],
        "EUR" => &["euros", "€"],
        "USD" => &["dollar", "dollars", "us-dollars", "us$", "$"],
        "MAD" => &["dirham", "dirhams", "dh"],
        "ships" => &["boats", "vessels", "warships"],
        "GBP" => &["pounds", "pound", "£"],
        "persons" => {
            &["people", "soldiers", "troops", "men", "officers", "trainees", "participants", "officials", "guests"]
        }
        "percent" => &["%"],
        _ => &[],
    }
}
