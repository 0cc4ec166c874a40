//! Linked data loses no value: every text, number and truth value of a record is in its node.

use comity::export;
use serde_json::{Value, json};

use super::linked::graph;
use super::tables::dataset;

/// The values of a JSON value that are neither objects nor lists.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| leaves(value, found)),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::String(text) => found.push(text.clone()),
        value => found.push(value.to_string()),
    }
}

/// Removes from the leaves of a node those of a record: each as it is, else at the end of an address. Returns the leaves
/// that the node does not have.
fn lost(mut of_record: Vec<String>, mut of_node: Vec<String>) -> Vec<String> {
    let mut take = |is: &dyn Fn(&str) -> bool| {
        of_node.iter().position(|leaf| is(leaf)).map(|at| of_node.swap_remove(at)).is_some()
    };
    of_record.retain(|text| !take(&|leaf| leaf == text));
    let is_end = |leaf: &str, text: &str| {
        leaf.trim_end_matches('/').strip_suffix(text).is_some_and(|head| head.ends_with([':', '/']))
    };
    of_record.retain(|text| !take(&|leaf| is_end(leaf, text)));
    of_record
}

#[test]
fn every_value_of_a_record_is_in_its_node() {
    let source = json!({
        "type": "news", "publisher": "A paper", "languages": ["en"], "url": "https://example.org/a",
        "archived": [
            { "url": "https://archive.example.org/1/a", "captured": "2019-01-23" },
            { "url": "https://archive.example.org/2/a", "captured": "2019-02" }
        ]
    });
    let event = json!({
        "names": { "en": "A meeting" }, "type": "meeting", "when": "2019-01-22/2019-01-24", "status": "held",
        "online": false, "evidence": { "a-page": { "stance": "reports" } },
        "aliases": [
            { "text": "The Meeting of All", "language": "en", "type": "official" },
            { "text": "MOA", "language": "en", "type": "acronym" }
        ],
        "participants": { "nato": { "roles": ["host"], "from": "2019-01-23" }, "jordan": { "roles": ["guest"] } }
    });
    let dataset = dataset(&[("source/a-page.json", source), ("event/a-meeting.json", event)]);
    let graph = graph(&dataset);
    for line in export::ndjson(&dataset).lines() {
        let mut record: Value = serde_json::from_str(line).expect("JSON");
        let name = format!("{}:{}", record["kind"].as_str().expect("a kind"), record["id"].as_str().expect("an id"));
        let node = graph.iter().find(|node| node["@id"] == *name).unwrap_or_else(|| panic!("no {name}"));
        let fields = record.as_object_mut().expect("a record");
        // A relation is a term, and exceptions from rules say nothing of the world.
        fields.retain(|field, _| !["$schema", "kind", "related", "allow"].contains(&field.as_str()));
        // What a source says is a text: as it is, or as JSON.
        let evidence = fields.get_mut("evidence").and_then(Value::as_object_mut).into_iter().flatten();
        for says in evidence.filter_map(|(_, evidence)| evidence.get_mut("says")?.as_object_mut()).flatten() {
            if !says.1.is_string() {
                *says.1 = says.1.to_string().into();
            }
        }
        let (mut of_record, mut of_node) = (Vec::new(), Vec::new());
        leaves(&record, &mut of_record);
        leaves(node, &mut of_node);
        assert_eq!(lost(of_record, of_node), [""; 0], "{name}");
    }
}

#[test]
fn whoever_takes_part_has_a_time() {
    let dataset = dataset(&[]);
    let graph = graph(&dataset);
    let part = |name: &str| {
        let node = graph.iter().find(|node| node["@id"] == name).unwrap_or_else(|| panic!("no {name}"));
        let parts = &node["comity:participation"];
        if parts.is_array() { parts[0].clone() } else { parts.clone() }
    };
    for (name, capacity) in [("operation:kfor", "lead"), ("framework:mediterranean-dialogue", "convenor")] {
        let part = part(name);
        assert_eq!(part["comity:capacity"], capacity, "{name}");
        assert_eq!(part["comity:begins"]["@type"], "edtf:EDTF", "{name}: {part:#}");
    }
    let party = part("agreement:morocco-nato-cyber-2017");
    assert_eq!((&party["comity:capacity"], &party["comity:begins"]["@value"]), (&json!("party"), &json!("2017?")));
}
