//! The context of the document: what the prefixes stand for.

use serde_json::{Map, Value};

use super::iri;
use crate::dataset::Dataset;
use crate::kind::Kind;

/// The vocabularies of others.
const VOCABULARIES: [(&str, &str); 10] = [
    ("schema", "https://schema.org/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The beginning of every name of the dataset.
fn base(dataset: &Dataset) -> String {
    let homepage = dataset.manifest.homepage.as_ref();
    homepage.map_or_else(|| "urn:comity:".to_owned(), |homepage| format!("{}#", iri(homepage.as_ref())))
}

/// The name of the dataset.
pub(in crate::export) fn name(dataset: &Dataset) -> String {
    base(dataset) + "dataset"
}

/// The name of the taxonomy of themes.
pub(super) fn themes(dataset: &Dataset) -> String {
    base(dataset) + "themes"
}

/// Every kind is a prefix, so that the name of a record in all tables, `kind:id`, is the name of its node too. Names begin
/// with the homepage of the dataset, or with `urn:comity:` where the dataset has none.
pub(super) fn context(dataset: &Dataset) -> Value {
    let base = base(dataset);
    let mut context: Map<String, Value> =
        VOCABULARIES.iter().map(|(prefix, address)| ((*prefix).to_owned(), (*address).into())).collect();
    // The terms belong to the program, and are the same for every dataset.
    context.insert("comity".to_owned(), "urn:comity:term:".into());
    context.extend(Kind::ALL.map(|kind| (kind.name().to_owned(), format!("{base}{kind}:").into())));
    Value::Object(context)
}
