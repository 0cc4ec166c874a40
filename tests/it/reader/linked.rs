//! Linked data, the network, and types for programs: the records in the forms of other worlds.

use std::collections::BTreeSet;

use comity::dataset::Dataset;
use comity::export::tables::{Table, tables};
use comity::export::{self, Release, TermType};
use comity::kind::Kind;
use serde_json::{Value, json};

use super::tables::{column, dataset};

fn table<'a>(all: &'a [Table], name: &str) -> &'a Table {
    all.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no table {name}"))
}

fn texts(table: &Table, name: &str) -> Vec<String> {
    column(table, name).into_iter().map(|cell| cell.text().unwrap_or_default()).collect()
}

pub(super) fn graph(dataset: &Dataset) -> Vec<Value> {
    let mut text = Vec::new();
    export::json_ld(dataset, &Release::of(dataset, "comity", None), &mut text).expect("written");
    let document: Value = serde_json::from_slice(&text).expect("JSON");
    let prefixes: BTreeSet<&str> =
        document["@context"].as_object().expect("a context").keys().map(String::as_str).collect();
    let graph = document["@graph"].as_array().expect("a graph").clone();
    graph.iter().for_each(|node| declared(node, &prefixes));
    graph
}

/// Every term and every type has a prefix that the context declares.
fn declared(value: &Value, prefixes: &BTreeSet<&str>) {
    match value {
        Value::Object(fields) => {
            for (term, value) in fields {
                let has_prefix = |name: &str| name.split_once(':').is_some_and(|(prefix, _)| prefixes.contains(prefix));
                assert!(term.starts_with('@') || has_prefix(term), "{term}");
                if term == "@type" {
                    let types = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                    assert!(types.iter().all(|name| name.as_str().is_some_and(has_prefix)), "{value}");
                }
                declared(value, prefixes);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| declared(item, prefixes)),
        _ => {}
    }
}

/// The names of the nodes that a term of a node leads to.
fn ids(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(ids).collect(),
        value => value["@id"].as_str().into_iter().collect(),
    }
}

/// Every term of a value.
fn terms<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(term, value)| {
            found.insert(term);
            terms(value, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| terms(item, found)),
        _ => {}
    }
}

#[test]
fn linked_data_has_the_records_sides_and_sources_of_the_tables() {
    let dataset = dataset(&[]);
    let graph = graph(&dataset);
    let all = tables(&dataset);
    let node = |name: &str| graph.iter().find(|node| node["@id"] == name).unwrap_or_else(|| panic!("no {name}"));
    let records: BTreeSet<String> = texts(table(&all, "record"), "ref").into_iter().collect();
    assert!(records.iter().all(|name| node(name)["@type"].is_array()), "every record has a class");
    let participation = table(&all, "participation");
    let rows = texts(participation, "ref").into_iter().zip(texts(participation, "side"));
    let rows = rows
        .zip(texts(participation, "attendance").into_iter().zip(texts(participation, "side_basis")))
        .filter(|((_, side), (came, _))| !side.is_empty() && ["", "online"].contains(&came.as_str()))
        .filter(|(_, (_, basis))| basis != "country");
    let expected: BTreeSet<(String, String)> = rows.map(|(row, _)| row).collect();
    let side = |name: &String| {
        ids(&node(name)["comity:side"]).into_iter().map(|side| (name.clone(), side.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(records.iter().flat_map(side).collect::<BTreeSet<_>>(), expected);
    for (_, record) in dataset.records() {
        for (source, _) in record.evidence() {
            assert!(records.contains(&format!("source:{source}")), "{source}");
        }
    }
    for (name, broader) in texts(table(&all, "theme"), "ref").iter().zip(texts(table(&all, "theme"), "broader")) {
        let found = ids(&node(name)["skos:broader"]);
        assert_eq!(found, if broader.is_empty() { vec![] } else { vec![broader.as_str()] }, "{name}");
    }
}

#[test]
fn only_the_words_of_a_party_are_a_primary_source() {
    let source = |fields: Value| {
        let mut source =
            json!({ "type": "news", "publisher": "A paper", "languages": ["en"], "url": "https://example.org/a" });
        source.as_object_mut().expect("fields").extend(fields.as_object().expect("fields").clone());
        source
    };
    let event = json!({ "names": { "en": "A visit" }, "type": "visit", "when": "2019-01-22/2019-01-23?", "status": "planned",
        "participants": { "nato": { "roles": ["host"], "attendance": "declined" },
            "jordan": { "roles": ["guest"], "attendance": "invited" } },
        "related": { "event:rabat-seminar-2019": "based-on" },
        "evidence": { "own": { "stance": "reports", "says": { "/when": "2020" } }, "paper": { "stance": "reports" },
            "encyclopaedia": { "stance": "reports" }, "forum": { "stance": "reports" }, "copy": { "stance": "announces" },
            "wire": { "stance": "implies" }, "denial": { "stance": "contradicts" } } });
    let dataset = dataset(&[
        ("source/own.json", source(json!({ "type": "official", "issuer": "nato", "authors": ["A. Writer"] }))),
        ("source/paper.json", source(json!({}))),
        ("source/encyclopaedia.json", source(json!({ "type": "reference", "issuer": "nato" }))),
        ("source/forum.json", source(json!({ "type": "mirror", "issuer": "nato" }))),
        ("source/copy.json", source(json!({ "derived_from": "own", "issuer": "nato" }))),
        ("source/wire.json", source(json!({ "relays": "An agency" }))),
        ("source/denial.json", source(json!({ "url": "https://example.org/a|b?q={c}" }))),
        ("event/a-new-visit.json", event),
    ]);
    let graph = graph(&dataset);
    let node = |name: &str| graph.iter().find(|node| node["@id"] == name).unwrap_or_else(|| panic!("no {name}"));
    let visit = node("event:a-new-visit");
    assert_eq!(ids(&visit["prov:hadPrimarySource"]), ["source:own"]);
    let derived = ["source:copy", "source:encyclopaedia", "source:forum", "source:paper", "source:wire"];
    assert_eq!(ids(&visit["prov:wasDerivedFrom"]), derived);
    assert_eq!(ids(&visit["comity:contradictedBy"]), ["source:denial"]);
    // The terms of DCMI lead to an agent and a class; these are texts.
    assert_eq!((&node("source:own")["dc:creator"], &visit["dc:type"]), (&json!("A. Writer"), &json!("visit")));
    let text = serde_json::to_string(&graph).expect("JSON");
    assert!(!text.contains("dcterms:creator") && !text.contains("dcterms:type"));
    assert_eq!(ids(&node("source:denial")["schema:url"]), ["https://example.org/a%7Cb?q=%7Bc%7D"]);
    assert_eq!(ids(&node("source:copy")["prov:wasDerivedFrom"]), ["source:own"]);
    assert_eq!(ids(&visit["comity:basedOn"]), ["event:rabat-seminar-2019"]);
    let qualified = visit["prov:qualifiedDerivation"].as_array().expect("a list");
    let own = qualified.iter().find(|part| part["prov:entity"]["@id"] == "source:own").expect("the source");
    assert_eq!(own["comity:says"], json!({ "comity:path": "/when", "schema:value": "2020" }));
    // A day that is only probable is no xsd:date, and who declined or was only invited is no attendee.
    let exact = json!({ "@value": "2019-01-22", "@type": "xsd:date" });
    let written = ["2019-01-22", "2019-01-23?"].map(|date| json!({ "@value": date, "@type": "edtf:EDTF" }));
    let role = &visit["comity:participation"][0];
    for node in [visit, role] {
        assert_eq!((&node["schema:startDate"], node.get("schema:endDate")), (&exact, None), "{node:#}");
        assert_eq!([&node["comity:begins"], &node["comity:ends"]], [&written[0], &written[1]], "{node:#}");
    }
    assert!(visit.get("schema:attendee").is_none(), "{visit:#}");
    assert!(visit.get("comity:side").is_none(), "{visit:#}");
    assert_eq!(visit["schema:eventStatus"]["@id"], "schema:EventScheduled");
}

#[test]
fn every_own_term_is_explained_and_used() {
    let dataset = dataset(&[]);
    let graph = graph(&dataset);
    let mut used = BTreeSet::new();
    graph.iter().for_each(|node| terms(node, &mut used));
    let vocabulary = export::vocabulary();
    let of = |wanted| vocabulary.iter().filter(move |term| term.r#type == wanted).map(|term| term.name.as_str());
    let properties: BTreeSet<&str> = of(TermType::Property).collect();
    let own: BTreeSet<&str> = used.iter().filter_map(|term| term.strip_prefix("comity:")).collect();
    assert!(own.is_subset(&properties), "{:?}", own.difference(&properties));
    // No frozen record has a value for these.
    let unused: Vec<&str> = properties.difference(&own).copied().collect();
    let rare = "access accessed amends atMarginsOf attendance contradictedBy corpus extent hits implements limits locator \
        online respondsTo retired";
    assert_eq!(unused, rare.split_whitespace().collect::<Vec<_>>());
    assert_eq!(vocabulary.iter().map(|term| &term.name).collect::<BTreeSet<_>>().len(), vocabulary.len());
    assert!(vocabulary.iter().all(|term| term.sentence.ends_with('.')));
    assert_eq!(of(TermType::Class).collect::<Vec<_>>(), ["Framework", "Agreement", "Operation", "Activity"]);
    // Every record is a `prov:Entity`, which is disjoint with `prov:Activity`.
    assert!(vocabulary.iter().all(|term| term.narrows != Some("prov:Activity")));
}

#[test]
fn the_network_has_the_rows_of_the_tables_as_edges() {
    let odd = json!({ "names": { "en": "A <place> & \u{7} more\u{85}" }, "type": "city", "country": "MA" });
    let dataset = dataset(&[("place/an-odd-place.json", odd)]);
    let mut text = Vec::new();
    export::graphml(&dataset, &mut text).expect("written");
    let text = String::from_utf8(text).expect("UTF-8");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let elements = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
    let all = tables(&dataset);
    let nodes: BTreeSet<&str> = elements("node").filter_map(|node| node.attribute("id")).collect();
    let kind = |name: &String| !["source:", "theme:", "survey:"].iter().any(|kind| name.starts_with(kind));
    let records = texts(table(&all, "record"), "ref");
    assert_eq!(nodes, records.iter().filter(|name| kind(name)).map(String::as_str).collect());
    let keys: BTreeSet<&str> = elements("key").filter_map(|key| key.attribute("id")).collect();
    let data = |node: &roxmltree::Node<'_, '_>, key: &str| {
        node.children()
            .find(|child| child.attribute("key") == Some(key))
            .and_then(|child| child.text().map(str::to_owned))
    };
    assert!(elements("data").all(|data| data.attribute("key").is_some_and(|key| keys.contains(key))));
    let edges: Vec<_> = elements("edge").collect();
    let of = |sort: &str| edges.iter().filter(|edge| data(edge, "edge-edge").as_deref() == Some(sort)).count();
    let link = table(&all, "link");
    let stated = texts(link, "direction").into_iter().zip(texts(link, "ref").into_iter().zip(texts(link, "target")));
    let stated = stated.filter(|(direction, (from, to))| direction == "stated" && kind(from) && kind(to)).count();
    let bodies = texts(table(&all, "actor"), "part_of").iter().filter(|above| !above.is_empty()).count();
    let rows = |name: &str| table(&all, name).rows.len();
    let seats = texts(table(&all, "actor"), "seat").iter().filter(|seat| !seat.is_empty()).count();
    let expected = [rows("participation"), stated, rows("side_member"), bodies, rows("record_place"), seats];
    assert_eq!(["participation", "link", "member", "part-of", "place", "seat"].map(of), expected);
    assert_eq!(edges.len(), expected.iter().sum::<usize>());
    assert!(edges.iter().all(|edge| {
        ["source", "target"].iter().all(|end| edge.attribute(*end).is_some_and(|end| nodes.contains(end)))
    }));
    let odd = elements("node").find(|node| node.attribute("id") == Some("place:an-odd-place")).expect("a node");
    assert_eq!(data(&odd, "node-title").as_deref(), Some("A <place> & \u{fffd} more\u{85}"));
}

#[test]
fn the_network_says_how_well_dates_are_known() {
    let club = json!({ "names": { "en": "A club" }, "type": "group",
        "members": { "morocco": { "joined": "[..2005-10]", "withdrew": "2022-05~" } } });
    let mut text = Vec::new();
    export::graphml(&dataset(&[("actor/a-club.json", club)]), &mut text).expect("written");
    let text = String::from_utf8(text).expect("UTF-8");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let member = document.descendants().find(|node| node.attribute("target") == Some("actor:a-club")).expect("an edge");
    let data = |key: &str| member.children().find(|child| child.attribute("key") == Some(key))?.text();
    let joined = ["edge-joined_edtf", "edge-joined_start_earliest", "edge-joined_start_latest"].map(data);
    assert_eq!(joined, [Some("[..2005-10]"), None, Some("2005-10-31")]);
    assert_eq!(["edge-left_edtf", "edge-left_approximate"].map(data), [Some("2022-05~"), Some("true")]);
    for (id, date) in [("event:sea-guardian-tangier-2022", "2022-03-23?"), ("event:rabat-seminar-2019", "2019-01-22")] {
        let event = document.descendants().find(|node| node.attribute("id") == Some(id)).expect("a node");
        let data = |key: &str| event.children().find(|child| child.attribute("key") == Some(key))?.text();
        let is_doubtful = if date.ends_with('?') { "true" } else { "false" };
        assert_eq!([data("node-date_edtf"), data("node-date_uncertain")], [Some(date), Some(is_doubtful)]);
    }
}

#[test]
fn types_for_programs_have_every_field_and_every_code() {
    let types = export::typescript();
    for kind in Kind::ALL {
        let schema = comity::schema::reader(kind);
        for field in schema["properties"].as_object().expect("fields").keys().filter(|field| *field != "$schema") {
            assert!(
                types.contains(&format!("  {field}: ")) || types.contains(&format!("  {field}?: ")),
                "{kind}: {field}"
            );
        }
        for (name, definition) in schema["$defs"].as_object().expect("definitions") {
            let is_declared =
                ["type", "interface"].iter().any(|word| types.contains(&format!("export {word} {name} ")));
            assert!(is_declared, "{kind}: {name}");
            for code in definition["x-known"].as_object().into_iter().flatten().map(|(code, _)| code) {
                assert!(types.contains(&format!("\"{code}\"")), "{name}: {code}");
            }
        }
    }
    let unknown: Vec<&str> =
        types.lines().filter(|line| line.contains("unknown;") || line.contains("unknown }")).collect();
    assert_eq!(unknown, ["  says?: { [key: string]: unknown };"], "only what a source says has no type");
    assert!(types.contains("  [again: `suspended-${number}`]: Edtf;"));
}

#[test]
fn one_schema_holds_for_a_whole_release_and_one_for_any_line() {
    let dataset = dataset(&[]);
    let release = Release::of(&dataset, "comity", None);
    let document: Value = serde_json::from_str(&export::json(&dataset, &release)).expect("JSON");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let mut compile = |name: &str, schema: Value| {
        let address = format!("https://schema.invalid/{name}.json");
        compiler.add_resource(&address, schema).expect("JSON");
        compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}"))
    };
    let (bundle, line) = (compile("bundle", comity::schema::bundle()), compile("line", comity::schema::any_record()));
    schemas.validate(&document, bundle).unwrap_or_else(|error| panic!("{error:#}"));
    for text in export::ndjson(&dataset).lines() {
        let record: Value = serde_json::from_str(text).expect("JSON");
        schemas.validate(&record, line).unwrap_or_else(|error| panic!("{error:#}\n{text}"));
    }
    let mut broken = document.clone();
    broken["records"]["event"][0]["participants"] = json!(3);
    assert!(schemas.validate(&broken, bundle).is_err(), "an event without participants");
    assert!(schemas.validate(&json!({ "kind": "planet", "id": "mars" }), line).is_err(), "no kind of record");
    // A name means one thing in all kinds, so that the shared definitions lose none.
    let shared = comity::schema::bundle();
    for kind in Kind::ALL {
        for (name, definition) in comity::schema::reader(kind)["$defs"].as_object().expect("definitions") {
            assert_eq!(&shared["$defs"][name], definition, "{kind}: {name}");
        }
    }
}
