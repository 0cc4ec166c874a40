//! `missing-role`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Place, Rule};
use crate::query::time;
use crate::record::{Body, EventRole, EventType};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "missing-role",
    "an event in which nobody does what makes it one of its type",
    "whoever asks who signed, decided, proposed or visited would not find it",
    include_str!("missing_role.md"),
);

/// Checks visits, signings, decisions and proposals.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Event(event) = &context.record.body else { return };
    let Some((role, who)) = role_of(event.r#type).filter(|_| time::stands(context.record)) else { return };
    if event.participants.values().any(|participant| participant.roles.contains(&role)) {
        return;
    }
    findings
        .at(
            context.entry.id,
            Place::Key(at!["participants"]),
            format!("this is a `{}`, and nobody is its `{role}`", event.r#type),
        )
        .help(format!("add `{role}` to the `roles` of {who}; if there is nobody like that, another `type` fits better"))
        .related(context.entry.id, at!["type"], "its type");
}

/// The role without which an event is none of its type, and who has the role.
fn role_of(r#type: EventType) -> Option<(EventRole, &'static str)> {
    match r#type {
        EventType::Visit => Some((EventRole::Visitor, "whoever came")),
        EventType::Signing => Some((EventRole::Signatory, "whoever signed")),
        EventType::Decision => Some((EventRole::Decider, "whoever decided")),
        EventType::Proposal => Some((EventRole::Proposer, "whoever proposed")),
        _ => None,
    }
}
