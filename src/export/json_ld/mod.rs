//! `comity.jsonld`: the records as linked data in JSON-LD 1.1. The terms are those of schema.org, PROV-O, SKOS, Dublin Core and
//! EDTF; where these have no term, those of [`vocabulary`].

pub(super) mod context;
mod evidence;
mod identifier;
mod people;
mod record;
mod time;
mod vocabulary;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use serde_json::{Map, Value, json};

pub use self::vocabulary::{Term, TermType, vocabulary};
use super::catalogue::licence;
use super::release::Release;
use super::tables::Context;
use super::tables::participation::{self, ParticipationRow};
use crate::dataset::Dataset;
use crate::kind::Kind;

/// What the codebook says of the file.
pub(super) const MODEL: &str = "JSON-LD 1.1, one node a line. A record has the name that it has in the tables, such as \
`event:rabat-seminar-2019`; `event:` stands for the homepage of the dataset with `#event:`, or for `urn:comity:event:` where \
the dataset has no homepage. Events are `schema:Event`, actors `schema:Country`, `schema:Person` or a sort of \
`schema:Organization`, sources a sort of `schema:CreativeWork`, themes `skos:Concept` with `skos:broader`, surveys \
`schema:SearchAction`. The dataset is `schema:Dataset`, under one name here and in `dataset.jsonld`. Dates are EDTF (`edtf:EDTF`). The first and the last day of an event, a role, a claim and an actor are `comity:begins` and \
`comity:ends`, in EDTF; a day that is known exactly is also `schema:startDate` or `schema:endDate`, of an actor \
`schema:foundingDate` or `schema:dissolutionDate`, as `xsd:date`. The words of a party to the matter (a source with \
`issuer` that repeats no other source) are `prov:hadPrimarySource` of the record, every other source `prov:wasDerivedFrom`, \
and one that denies the record `comity:contradictedBy`; \
`prov:qualifiedDerivation` says what each shows. Types and the names of authors are texts: `dc:type`, `dc:creator`. For who met whom, ask `schema:attendee`, or `comity:side` of the parts \
that do not have the roles `addressee`, `decider` or `proposer` alone. Of an event that was not held nobody is an attendee. \
A withdrawn record has its names and `comity:retired` alone. These terms are our own, \
`urn:comity:term:`, because no vocabulary above has them:";

/// Writes the records as linked data: a context, and a graph with one node a line.
///
/// # Errors
/// When `out` cannot be written to.
pub fn json_ld(dataset: &Dataset, release: &Release, out: &mut dyn io::Write) -> io::Result<()> {
    let context = Context::of(dataset);
    write!(out, "{{\n\"@context\": {},\n\"@graph\": [\n{}", context::context(dataset), about(dataset, release))?;
    let whole = context::name(dataset);
    let themes = context::themes(dataset);
    let label = json!({ "@value": "Themes", "@language": "en" });
    let themes = json!({
        "@id": themes, "@type": "skos:ConceptScheme", "skos:prefLabel": label, "dcterms:isPartOf": { "@id": whole }
    });
    let terms = vocabulary().iter().map(Term::node);
    std::iter::once(themes).chain(terms).try_for_each(|node| write!(out, ",\n{node}"))?;
    for piece in context.pieces() {
        let mut parts: HashMap<String, Vec<ParticipationRow>> = HashMap::new();
        for row in participation::rows(&piece) {
            parts.entry(row.r#ref.clone()).or_default().push(row);
        }
        for (key, record) in &piece.records {
            let parts = parts.remove(&key.to_string()).unwrap_or_default();
            write!(out, ",\n{}", record::node(dataset, key, record, &parts))?;
        }
    }
    out.write_all(b"\n]\n}\n")
}

/// The dataset itself. `dataset.jsonld` says more of it.
fn about(dataset: &Dataset, release: &Release) -> Value {
    let manifest = &dataset.manifest;
    let mut node = Node::new(&context::name(dataset), vec!["schema:Dataset", "prov:Entity"]);
    node.add("schema:name", texts(&json!(manifest.title)));
    node.add("schema:description", texts(&json!(manifest.description)));
    node.add("schema:version", json!(manifest.version));
    node.add("schema:license", licence(dataset).map_or(Value::Null, |address| reference(None, &address)));
    let homepage = manifest.homepage.as_ref();
    node.add("schema:url", homepage.map_or(Value::Null, |address| reference(None, address.as_ref())));
    node.add("schema:dateModified", json!(manifest.as_of));
    node.add("schema:identifier", release.meta["content_sha256"].clone());
    node.into_json()
}

/// A node of the graph, or a node within a node.
#[derive(Debug, Default)]
struct Node(Map<String, Value>);

impl Node {
    fn new(id: &str, types: Vec<&str>) -> Self {
        let mut node = Self::default();
        node.0.insert("@id".to_owned(), id.into());
        node.0.insert("@type".to_owned(), types.into());
        node
    }

    /// A node without a name, of a type.
    fn within(r#type: &str) -> Self {
        Self(Map::from_iter([("@type".to_owned(), r#type.into())]))
    }

    /// Adds a value to those of a term. Null and an empty list add nothing.
    fn add(&mut self, term: &str, value: Value) {
        let new = match value {
            Value::Null => return,
            Value::Array(new) => new,
            one => vec![one],
        };
        for value in new {
            match self.0.get_mut(term) {
                None => drop(self.0.insert(term.to_owned(), value)),
                Some(Value::Array(values)) => values.push(value),
                Some(first) => *first = json!([first.take(), value]),
            }
        }
    }

    fn into_json(self) -> Value {
        Value::Object(self.0)
    }
}

/// A text by language as values with a language.
fn texts(value: &Value) -> Value {
    let texts = value.as_object().into_iter().flatten();
    texts.map(|(language, text)| json!({ "@value": text, "@language": language })).collect()
}

/// References by the ids or the references of a JSON value: a text, a list of texts, or the keys of an object.
fn references(kind: Option<Kind>, value: &Value) -> Value {
    let node = |id: &str| reference(kind, id);
    match value {
        Value::String(id) => node(id),
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).map(node).collect(),
        Value::Object(entries) => entries.keys().map(|id| node(id)).collect(),
        _ => Value::Null,
    }
}

fn reference(kind: Option<Kind>, id: &str) -> Value {
    match kind {
        Some(kind) => json!({ "@id": format!("{kind}:{id}") }),
        None => json!({ "@id": iri(id) }),
    }
}

/// An address in the characters of an IRI. Browsers take more characters, and encode them like this.
fn iri(address: &str) -> Cow<'_, str> {
    let is_other =
        |c: char| c.is_ascii_control() || matches!(c, ' ' | '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`');
    if !address.contains(is_other) {
        return address.into();
    }
    let encoded = |c: char| if is_other(c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() };
    address.chars().map(encoded).collect()
}

/// A date, or a time from a first to a last day, as EDTF.
fn edtf(value: &Value) -> Value {
    match value {
        Value::String(text) => json!({ "@value": text, "@type": "edtf:EDTF" }),
        _ => Value::Null,
    }
}
