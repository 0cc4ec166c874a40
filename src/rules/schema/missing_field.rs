//! `missing-field`: see the page beside this file. The schema check reports most missing fields. This module reports
//! fields that another value of the record requires; the [authoring schemas](crate::schema::authoring) state these
//! demands too.

use comity_document::at;
use comity_document::pointer::Pointer;

use crate::kind::Kind;
use crate::lint::{DocumentContext, Findings, Rule};
use crate::record::{Actor, ActorType, Body};
use crate::value::NonEmptyMap;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "missing-field",
    "a field that must be there is absent",
    "readers rely on this field in every record of the kind",
    include_str!("missing_field.md"),
);

/// The message for a field that a record does not have.
pub fn message(field: &str) -> String {
    format!("the field `{field}` is missing")
}

/// Checks for a person's offices, for evidence where no identifier stands, and for `supports` once there are two
/// sources.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let envelope = &context.record.envelope;
    let mut report = |at: Pointer, message: String, help: &str| {
        findings.at(context.entry, at, message).help(help);
    };
    if let Body::Actor(actor) = &context.record.body
        && let Actor { r#type: ActorType::Person, offices: None, .. } = **actor
    {
        let help = r#"add "offices": { "minister": { "title": { "en": "…" }, "organisation": "…", "level": "minister" } } (the public office for which the person is on record)"#;
        report(at![], "the field `offices` is missing, which every person has".to_owned(), help);
    }
    let needs_evidence = matches!(context.record.kind(), Kind::Actor | Kind::Place) && envelope.identifiers.is_none();
    if needs_evidence && envelope.evidence.is_none() {
        let help = r#"add "evidence": { "…": { "stance": "reports" } } (which source shows it), or "identifiers": { "wikidata": "Q…" } (its number in a catalogue)"#;
        report(at![], message("evidence"), help);
    }
    if envelope.evidence.as_ref().is_some_and(|evidence| evidence.count() > 1) {
        for (source, evidence) in envelope.evidence.iter().flat_map(NonEmptyMap::iter) {
            if evidence.supports.is_none() && evidence.says.is_none() {
                let message =
                    format!("the field `supports` is missing in `{}`, one of several sources", source.as_ref());
                let help =
                    r#"add "supports": ["/when", "/participants"] with the parts of the record that this source shows"#;
                report(at!["evidence", source], message, help);
            }
        }
    }
}
