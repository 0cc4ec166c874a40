//! The terms that no vocabulary of others has. The codebook lists them; the document has a node for each.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::record::Relation;
use crate::value::code::Code as _;

/// Whether a term is a class or a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermType {
    /// A class of things.
    Class,
    /// A property.
    Property,
}

/// A term of the dataset's own vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Term {
    /// The name, below the prefix `comity`.
    pub name: String,
    /// Whether the term is a class or a property.
    pub r#type: TermType,
    /// The term of another vocabulary that this one narrows.
    pub narrows: Option<&'static str>,
    /// What the term says.
    pub sentence: &'static str,
}

impl Term {
    pub(super) fn node(&self) -> Value {
        let (r#type, narrows) = match self.r#type {
            TermType::Class => ("rdfs:Class", "rdfs:subClassOf"),
            TermType::Property => ("rdf:Property", "rdfs:subPropertyOf"),
        };
        let mut node =
            json!({ "@id": format!("comity:{}", self.name), "@type": r#type, "rdfs:comment": self.sentence });
        if let Some(broader) = self.narrows {
            node[narrows] = json!({ "@id": broader });
        }
        node
    }
}

const CLASSES: [(&str, Option<&str>, &str); 4] = [
    (
        "Framework",
        Some("schema:Project"),
        "A partnership, a programme, an initiative, an instrument or a series under which cooperation takes place.",
    ),
    (
        "Agreement",
        Some("schema:CreativeWork"),
        "A text that binds or commits its parties, or the proposal of such a text.",
    ),
    // Every record is a `prov:Entity`, and no entity is a `prov:Activity`.
    ("Operation", None, "A military or civilian operation."),
    ("Activity", None, "Cooperation that goes on for a time."),
];

const PROPERTIES: [(&str, &str); 38] = [
    ("access", "Who can read a text: a code of the list `Access`."),
    ("accessed", "The day on which a source was read."),
    ("actor", "The actor whose part, claim or figure this is."),
    ("actsFor", "The actor on whose behalf a participant acts."),
    ("alias", "A name besides the labels, with its type: a code of the list `AliasType`."),
    (
        "attendance",
        "The attendance of a participant that did not simply attend in person: a code of the list `Attendance`.",
    ),
    ("begins", "The first day of an event, a role, a claim or an actor, in EDTF."),
    ("capacity", "In which capacity an actor takes part: `participant`, `party`, `lead`, `convenor` or `speaker`."),
    ("captured", "The day on which an archive made its copy of a page."),
    ("contested", "A place in the record on which sources disagree, with the outcome and its reason."),
    ("contradictedBy", "A source that denies what the record says."),
    ("corpus", "The collection that was searched."),
    ("ends", "The last day of an event, a role, a claim or an actor, in EDTF."),
    ("extent", "How much of a text was read: a code of the list `Extent`."),
    ("figure", "A figure: people, means, output, money."),
    ("hits", "How many pages a search found."),
    ("invitee", "An actor that was invited to be a member, and is not known to have joined; with its steps."),
    ("level", "The rank of an office: a code of the list `Level`."),
    ("limits", "What a search could not see."),
    ("locator", "The place in the source: a page, a paragraph, a minute."),
    ("mandate", "The decision on which an operation rests."),
    ("measure", "What a figure counts or measures: a code of the list `Measure`."),
    ("online", "Whether an event was held online, wholly or for the most part."),
    ("outcome", "The outcome of a disagreement between sources: `preferred` or `open`."),
    ("participation", "The part that one actor takes in a record."),
    ("party", "A party to an agreement, with its own steps."),
    ("path", "A place in the record, as a JSON Pointer."),
    ("reason", "The reason for an outcome, for a value that is missing, or for a withdrawal."),
    ("relays", "The agency or the release that a source repeats, where that is not recorded."),
    ("retired", "The day on which the record was withdrawn. A withdrawn record asserts nothing."),
    ("says", "A value of the source that differs from the record."),
    (
        "side",
        "The state, the organisation or the group for which an actor acts, and a private body acts for none; of a record, each side of somebody who is not said to have stayed away.",
    ),
    ("stance", "How a source presents the facts: a code of the list `Stance`."),
    ("status", "The status of an event, or the status that a step reached."),
    ("step", "A step of a history: a status and its date."),
    ("supports", "A place in the record that the source shows, as a JSON Pointer."),
    ("territorialClaim", "An actor that administers or claims a disputed place."),
    ("unknown", "A place in the record for which no value was found, with the reason."),
];

/// Every term of the own vocabulary: classes, then properties, then relations between records.
pub fn vocabulary() -> &'static [Term] {
    static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
        let classes = CLASSES.map(|(name, narrows, sentence)| Term {
            name: name.to_owned(),
            r#type: TermType::Class,
            narrows,
            sentence,
        });
        let property = |name: String, narrows, sentence| Term { name, r#type: TermType::Property, narrows, sentence };
        let properties = PROPERTIES.iter().map(|(name, sentence)| property((*name).to_owned(), None, *sentence));
        let relations = Relation::ALL.iter().filter(|relation| **relation != Relation::Supersedes);
        let relations = relations
            .map(|relation| property(camel_case(relation.code()), Some("dcterms:relation"), relation.meaning()));
        classes.into_iter().chain(properties).chain(relations).collect()
    });
    &TERMS
}

/// The term of a relation between records.
pub(super) fn relation(code: &str) -> String {
    if code == Relation::Supersedes.code() {
        "dcterms:replaces".to_owned()
    } else {
        format!("comity:{}", camel_case(code))
    }
}

/// `based-on` as `basedOn`.
fn camel_case(code: &str) -> String {
    let mut words = code.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        name + &head.to_uppercase() + tail
    })
}
