//! Where a record comes from, in PROV: a source that speaks for itself is a primary source, a source that repeats another is
//! one from which the record was derived. Each derivation is qualified with what the source shows and
//! where the source differs from the record.

use serde_json::{Map, Value, json};

use super::{Node, reference};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::record::Source;
use crate::value::Ref;

/// Adds the evidence of a record.
pub(super) fn add(dataset: &Dataset, node: &mut Node, evidence: &Value) {
    for (id, evidence) in evidence.as_object().into_iter().flatten() {
        let source = reference(Some(Kind::Source), id);
        if evidence["stance"] == "contradicts" {
            node.add("comity:contradictedBy", source.clone());
        } else {
            let term = if repeats(dataset, id) { "prov:wasDerivedFrom" } else { "prov:hadPrimarySource" };
            node.add(term, source.clone());
        }
        node.add("prov:qualifiedDerivation", qualified(source, evidence));
    }
}

/// Whether a source repeats another, recorded or not.
fn repeats(dataset: &Dataset, id: &str) -> bool {
    let source = id.parse::<Ref<Source>>().ok();
    let source = source.as_ref().and_then(|source| dataset.get(source));
    source.is_some_and(|(.., source)| source.derived_from.is_some() || source.relays.is_some())
}

fn qualified(source: Value, evidence: &Value) -> Value {
    let mut node = Node::within("prov:Derivation");
    node.add("prov:entity", source);
    node.add("comity:stance", evidence["stance"].clone());
    node.add("comity:supports", evidence["supports"].clone());
    node.add("comity:locator", evidence["locator"].clone());
    node.add("schema:text", evidence["quote"].clone());
    for (path, value) in evidence["says"].as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        node.add("comity:says", json!({ "comity:path": path, "schema:value": value }));
    }
    node.into_json()
}

/// The entries of `contested` or `unknown`, each with its path; `entry` adds the rest.
pub(super) fn by_path(entries: &Value, entry: impl Fn(&mut Node, &Value)) -> Value {
    let entries: Option<&Map<String, Value>> = entries.as_object();
    let node = |(path, value): (&String, &Value)| {
        let mut node = Node::default();
        node.add("comity:path", json!(path));
        entry(&mut node, value);
        node.into_json()
    };
    entries.into_iter().flatten().map(node).collect()
}
