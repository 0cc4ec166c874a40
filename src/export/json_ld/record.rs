//! The node of a record: its class, and each of its fields under a term.

use comity_document::at;
use serde_json::{Value, json};

use super::{Node, context, evidence, identifier, people, time};
use super::{edtf, iri, reference, references, texts};
use crate::dataset::Dataset;
use crate::export::tables::DateCells;
use crate::export::tables::participation::ParticipationRow;
use crate::kind::Kind;
use crate::query::time::stands;
use crate::record::{ActorType, Body, EventStatus, PlaceType, Record, SourceType};
use crate::value::Key;

/// The fields that the node of a withdrawn record has: its names and its withdrawal. The record asserts nothing.
const OF_WITHDRAWN: [&str; 4] = ["names", "aliases", "title", "retired"];

/// The node of a record, with the rows of the table `participation` that are about the record.
pub(super) fn node(dataset: &Dataset, key: &Key, record: &Record, parts: &[ParticipationRow]) -> Value {
    let mut node = Node::new(&key.to_string(), vec![class(record), "prov:Entity"]);
    let whole = crate::export::record(key, record);
    let stands = stands(record);
    for (name, value) in whole.as_object().into_iter().flatten() {
        if !stands && !OF_WITHDRAWN.contains(&name.as_str()) {
            continue;
        }
        let is_known = field(&mut node, key.kind, name, value);
        debug_assert!(is_known, "{name} has no term");
    }
    if !stands {
        return node.into_json();
    }
    evidence::add(dataset, &mut node, &whole["evidence"]);
    people::participations(&mut node, parts);
    if let Body::Theme(theme) = &record.body {
        let scheme = reference(None, &context::themes(dataset));
        node.add("skos:inScheme", scheme.clone());
        node.add("skos:topConceptOf", if theme.broader.is_none() { scheme } else { Value::Null });
    }
    if let Body::Event(event) = &record.body {
        let status = match event.status {
            EventStatus::Planned => Some("schema:EventScheduled"),
            EventStatus::Held => None,
            EventStatus::Postponed => Some("schema:EventPostponed"),
            EventStatus::Cancelled => Some("schema:EventCancelled"),
        };
        node.add("schema:eventStatus", status.map_or(Value::Null, |status| reference(None, status)));
        time::add_both(&mut node, &DateCells::at(record, &at!["when"], &event.when));
    }
    node.into_json()
}

/// The class of what a record is about.
fn class(record: &Record) -> &'static str {
    match &record.body {
        Body::Actor(actor) => match actor.r#type {
            ActorType::State => "schema:Country",
            ActorType::Person => "schema:Person",
            ActorType::Ministry | ActorType::Agency | ActorType::Parliament => "schema:GovernmentOrganization",
            ActorType::University => "schema:CollegeOrUniversity",
            ActorType::Company => "schema:Corporation",
            ActorType::Ngo => "schema:NGO",
            ActorType::ThinkTank => "schema:ResearchOrganization",
            ActorType::Media => "schema:NewsMediaOrganization",
            _ => "schema:Organization",
        },
        Body::Place(place) => match place.r#type {
            PlaceType::Country => "schema:Country",
            PlaceType::Region | PlaceType::Territory => "schema:AdministrativeArea",
            PlaceType::City => "schema:City",
            PlaceType::SeaArea => "schema:SeaBodyOfWater",
            PlaceType::Strait => "schema:BodyOfWater",
            _ => "schema:Place",
        },
        Body::Source(source) => match source.r#type {
            SourceType::News | SourceType::Agency => "schema:NewsArticle",
            SourceType::Official | SourceType::Mirror | SourceType::Reference => "schema:WebPage",
            SourceType::Document => "schema:DigitalDocument",
            SourceType::Academic => "schema:ScholarlyArticle",
            SourceType::Blog => "schema:BlogPosting",
            SourceType::Database => "schema:Dataset",
            SourceType::Video => "schema:VideoObject",
            SourceType::Social => "schema:SocialMediaPosting",
        },
        Body::Event(_) => "schema:Event",
        Body::Statement(_) => "schema:Claim",
        Body::Survey(_) => "schema:SearchAction",
        Body::Theme(_) => "skos:Concept",
        Body::Framework(_) => "comity:Framework",
        Body::Agreement(_) => "comity:Agreement",
        Body::Operation(_) => "comity:Operation",
        Body::Activity(_) => "comity:Activity",
    }
}

/// Adds a field of a record. False for a field that has no term.
fn field(node: &mut Node, kind: Kind, name: &str, value: &Value) -> bool {
    general(node, kind, name, value)
        || unsettled(node, name, value)
        || own(node, name, value)
        || of_source(node, name, value)
        || of_survey(node, name, value)
}

/// Adds a field of the envelope, or one that several kinds have. False for other fields.
fn general(node: &mut Node, kind: Kind, name: &str, value: &Value) -> bool {
    match name {
        // Who takes part comes from the table of participation, evidence from the records as a whole; exceptions from
        // rules say nothing of the world.
        "kind" | "id" | "$schema" | "allow" | "evidence" | "participants" | "convenors" | "lead" | "speaker"
        | "for" => {}
        "names" if kind == Kind::Theme => node.add("skos:prefLabel", texts(value)),
        "names" => node.add("schema:name", texts(value)),
        "aliases" => {
            for alias in value.as_array().into_iter().flatten() {
                let text = json!({ "@value": alias["text"], "@language": alias["language"] });
                node.add("schema:alternateName", text.clone());
                node.add("comity:alias", json!({ "schema:name": text, "dc:type": alias["type"] }));
            }
        }
        "summary" => node.add("schema:description", texts(value)),
        // A code is a text, and `dcterms:type` leads to a class.
        "type" => node.add("dc:type", value.clone()),
        "status" => node.add("comity:status", value.clone()),
        "under" if kind == Kind::Place => node.add("schema:containedInPlace", references(None, value)),
        "under" => node.add("dcterms:isPartOf", references(None, value)),
        "places" => node.add("schema:location", references(Some(Kind::Place), value)),
        "related" => related(node, value),
        "figures" => node.add("comity:figure", figures(value)),
        "themes" => node.add("dcterms:subject", references(Some(Kind::Theme), value)),
        "identifiers" => identifier::add(node, value),
        "distinct_from" => node.add("owl:differentFrom", references(None, value)),
        "history" => node.add("comity:step", people::steps(value)),
        "members" => {
            node.add("schema:member", people::members(value, true));
            node.add("comity:invitee", people::members(value, false));
        }
        "country" => {
            node.add("schema:address", json!({ "@type": "schema:PostalAddress", "schema:addressCountry": value }))
        }
        _ => return false,
    }
    true
}

/// Adds a field that says how far the record holds. False for other fields.
fn unsettled(node: &mut Node, name: &str, value: &Value) -> bool {
    match name {
        "contested" => {
            let contested = evidence::by_path(value, |node, entry| {
                node.add("comity:outcome", entry["outcome"].clone());
                node.add("comity:reason", entry["why"].clone());
            });
            node.add("comity:contested", contested);
        }
        "unknown" => node
            .add("comity:unknown", evidence::by_path(value, |node, reason| node.add("comity:reason", reason.clone()))),
        "retired" => {
            node.add("comity:retired", edtf(&value["on"]));
            node.add("comity:reason", value["reason"].clone());
            node.add("dcterms:isReplacedBy", references(None, &value["replaced_by"]));
        }
        _ => return false,
    }
    true
}

/// Adds a field of actors, places, agreements, operations, events, statements and themes. False for other fields.
fn own(node: &mut Node, name: &str, value: &Value) -> bool {
    match name {
        "part_of" => node.add("schema:parentOrganization", references(Some(Kind::Actor), value)),
        "offices" => node.add("schema:memberOf", people::offices(value)),
        "seat" => node.add("schema:location", references(Some(Kind::Place), value)),
        "from" => time::add_field(node, time::FOUNDING, value),
        "until" => time::add_field(node, time::DISSOLUTION, value),
        "claims" => node.add("comity:territorialClaim", claims(value)),
        "point" => {
            let mut point = Node::within("schema:GeoCoordinates");
            point.add("schema:latitude", value["latitude"].clone());
            point.add("schema:longitude", value["longitude"].clone());
            node.add("schema:geo", point.into_json());
        }
        "parties" => node.add("comity:party", people::parties(value)),
        "text" => {
            node.add("comity:access", value["access"].clone());
            node.add("dcterms:hasFormat", references(Some(Kind::Source), &value["source"]));
        }
        "mandate" => node.add("comity:mandate", value.clone()),
        "when" | "date" => node.add("dcterms:date", edtf(value)),
        "online" => {
            // An event that was not held online for the most part may have been held so in part.
            node.add("comity:online", value.clone());
            let mode = reference(None, "schema:OnlineEventAttendanceMode");
            node.add("schema:eventAttendanceMode", if *value == true { mode } else { Value::Null });
        }
        "about" => node.add("schema:about", references(None, value)),
        "position" => node.add("schema:text", texts(value)),
        "definition" => node.add("skos:definition", texts(value)),
        "broader" => node.add("skos:broader", references(Some(Kind::Theme), value)),
        "exact_match" => node.add("skos:exactMatch", references(None, value)),
        "close_match" => node.add("skos:closeMatch", references(None, value)),
        _ => return false,
    }
    true
}

/// Adds a field of sources. False for other fields.
fn of_source(node: &mut Node, name: &str, value: &Value) -> bool {
    match name {
        "title" => node.add("schema:name", texts(value)),
        "publisher" => node.add("schema:publisher", json!({ "@type": "schema:Organization", "schema:name": value })),
        "issuer" => node.add("schema:sourceOrganization", references(Some(Kind::Actor), value)),
        // A name is a text, and `dcterms:creator` leads to an agent.
        "authors" => node.add("dc:creator", value.clone()),
        "published" => node.add("dcterms:issued", edtf(value)),
        "languages" => node.add("schema:inLanguage", value.clone()),
        "url" => node.add("schema:url", references(None, value)),
        "archived" => {
            for copy in value.as_array().into_iter().flatten() {
                let mut page = Node::new(&iri(copy["url"].as_str().unwrap_or_default()), vec!["schema:WebPage"]);
                page.add("comity:captured", edtf(&copy["captured"]));
                node.add("schema:archivedAt", page.into_json());
            }
        }
        "accessed" => node.add("comity:accessed", edtf(value)),
        "extent" => node.add("comity:extent", value.clone()),
        "derived_from" => node.add("prov:wasDerivedFrom", references(Some(Kind::Source), value)),
        "relays" => node.add("comity:relays", value.clone()),
        "access" => node.add("comity:access", value.clone()),
        _ => return false,
    }
    true
}

/// Adds a field of surveys. False for other fields.
fn of_survey(node: &mut Node, name: &str, value: &Value) -> bool {
    match name {
        "subjects" => node.add("schema:object", references(Some(Kind::Actor), value)),
        "period" => node.add("dcterms:temporal", edtf(value)),
        "corpus" => node.add("comity:corpus", value.clone()),
        "queries" => node.add("schema:query", value.clone()),
        "on" => node.add("dcterms:date", edtf(value)),
        "hits" => node.add("comity:hits", value.clone()),
        "limits" => node.add("comity:limits", texts(value)),
        _ => return false,
    }
    true
}

fn related(node: &mut Node, related: &Value) {
    for (target, relation) in related.as_object().into_iter().flatten() {
        let relation = relation.as_str().unwrap_or_default();
        node.add(&super::vocabulary::relation(relation), reference(None, target));
    }
}

fn claims(claims: &Value) -> Value {
    let claim = |(actor, claim): (&String, &Value)| {
        let mut node = Node::default();
        node.add("comity:actor", reference(Some(Kind::Actor), actor));
        node.add("dc:type", claim["kind"].clone());
        time::add_field(&mut node, time::START, &claim["from"]);
        time::add_field(&mut node, time::END, &claim["until"]);
        node.into_json()
    };
    claims.as_object().into_iter().flatten().map(claim).collect()
}

fn figures(figures: &Value) -> Value {
    let figure = |(name, figure): (&String, &Value)| {
        let mut node = Node::within("schema:QuantitativeValue");
        node.add("schema:name", json!(name));
        node.add("comity:measure", figure["measure"].clone());
        node.add("schema:unitText", figure["unit"].clone());
        node.add("schema:minValue", figure["low"].clone());
        node.add("schema:value", figure["best"].clone());
        node.add("schema:maxValue", figure["high"].clone());
        node.add("comity:actor", references(Some(Kind::Actor), &figure["by"]));
        node.add("dcterms:date", edtf(&figure["at"]));
        node.into_json()
    };
    figures.as_object().into_iter().flatten().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_kind_has_a_term() {
        for kind in Kind::ALL {
            for name in crate::schema::structure(kind)["properties"].as_object().expect("fields").keys() {
                assert!(field(&mut Node::default(), kind, name, &json!("x")), "{kind}: {name}");
            }
        }
    }
}
