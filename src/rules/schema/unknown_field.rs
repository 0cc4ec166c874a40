//! `unknown-field`: see the page beside this file. The schema check reports most unknown fields. This module reports
//! fields that depend on the type of an actor; the [authoring schemas](crate::schema::authoring) state these demands
//! too.

use comity_document::at;

use crate::lint::{DocumentContext, Findings, Fixable, Place, Rule, RuleRole};
use crate::record::{ActorType, Body};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "unknown-field",
    "a field the kind does not have",
    "no reader would ever see this value",
    include_str!("unknown_field.md"),
)
.fixed(Fixable::Suggested)
.role(RuleRole::FieldNames);

/// Checks that a person has no country, and that only a person has offices.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    let Body::Actor(actor) = &context.record.body else { return };
    let person = actor.r#type == ActorType::Person;
    if person && actor.country.is_some() {
        let help = "the body under `offices` has the country; whose national somebody is stays out";
        findings.at(context.entry, Place::Key(at!["country"]), "a person has no field `country`").help(help);
    }
    if !person && actor.offices.is_some() {
        let message = format!("only a person has the field `offices`, and this is {} `{}`", "of type", actor.r#type);
        findings
            .at(context.entry, Place::Key(at!["offices"]), message)
            .help("write `\"type\": \"person\"`, or remove the offices");
    }
}
