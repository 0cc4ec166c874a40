//! Where a record comes from, in PROV: the words of a party to the matter are a primary source, every other source is one from
//! which the record was derived. Each derivation is qualified with what the source shows and
//! where the source differs from the record.

use serde_json::{Map, Value, json};

use super::{Node, reference};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::record::{Source, SourceType};
use crate::value::Ref;

/// Adds the evidence of a record.
pub(super) fn add(dataset: &Dataset, node: &mut Node, evidence: &Value) {
    for (id, evidence) in evidence.as_object().into_iter().flatten() {
        let source = reference(Some(Kind::Source), id);
        if evidence["stance"] == "contradicts" {
            node.add("comity:contradictedBy", source.clone());
        } else {
            let term = if is_first_hand(dataset, id) { "prov:hadPrimarySource" } else { "prov:wasDerivedFrom" };
            node.add(term, source.clone());
        }
        node.add("prov:qualifiedDerivation", qualified(source, evidence));
    }
}

/// Whether a source is first-hand. PROV wants direct experience of the matter: a party, or a body of one, speaks for itself,
/// and the source neither repeats another, recorded or not, nor is an encyclopaedia or a copy.
fn is_first_hand(dataset: &Dataset, id: &str) -> bool {
    let source = id.parse::<Ref<Source>>().ok();
    let source = source.as_ref().and_then(|source| dataset.get(source));
    source.is_some_and(|(.., source)| {
        source.issuer.is_some()
            && source.derived_from.is_none()
            && source.relays.is_none()
            && !matches!(source.r#type, SourceType::Reference | SourceType::Mirror)
    })
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
