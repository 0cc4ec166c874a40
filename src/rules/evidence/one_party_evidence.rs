//! `one-party-evidence`: see the page beside this file.

use comity_document::at;

use crate::lint::{Findings, Place, RecordContext, Rule};
use crate::query::provenance::{self, CitedSource};
use crate::query::sides::{self, Side};
use crate::query::time;
use crate::record::{Body, EventType};

/// The rule.
pub static RULE: Rule = Rule::audit(
    "one-party-evidence",
    "something that only one of those who took part reports",
    "each side reports what it likes to be known, and leaves out the rest",
    include_str!("one_party_evidence.md"),
);

/// Checks events, activities and agreements, whose sources should not all come from one of their sides.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    // A side itself is the best source for what it decides or asks for.
    if matches!(&context.record.body, Body::Event(event) if matches!(event.r#type, EventType::Decision | EventType::Proposal))
    {
        return;
    }
    let taking_part = sides::taking_part(context.record, context.dataset.as_of);
    let Some(cited) = provenance::cited(context.dataset, context.record)
        .filter(|_| time::stands(context.record) && !taking_part.is_empty())
    else {
        return;
    };
    let cited: Vec<_> = cited.into_iter().filter(|cited: &CitedSource<'_>| cited.shows).collect();
    let Some(issuers) = cited.iter().map(|cited| issuer(context, cited)).collect::<Option<Vec<Side<'_>>>>() else {
        return;
    };
    let Some((first, others)) = issuers.split_first() else { return };
    let takes_part = taking_part.iter().any(|acting| {
        sides::of(context.dataset, acting.actor, &acting.span).is_some_and(|sides| sides.only() == Some(*first))
    });
    if !takes_part || others.iter().any(|other| other != first) {
        return;
    }
    let message = match cited.len() {
        1 => format!("the only source is issued by one side, `{first}`"),
        2 => format!("both sources are issued by one side, `{first}`"),
        all => format!("all {all} sources are issued by one side, `{first}`"),
    };
    let finding = findings
        .at(context.entry.id, Place::Key(at!["evidence"]), message)
        .help("look for what the other side, or somebody who is on neither, reports");
    for cited in cited {
        let place = if cited.source.issuer.is_some() { at!["issuer"] } else { at!["derived_from"] };
        finding.related(cited.entry.id, place, "of this side");
    }
}

/// The side that issued a source, or the source that it copies.
fn issuer<'a>(context: &RecordContext<'a>, cited: &CitedSource<'a>) -> Option<Side<'a>> {
    let issuer = cited.source.issuer.as_ref().or(cited.root.issuer.as_ref())?;
    sides::of(context.dataset, issuer, &time::span(context.record, context.dataset.as_of))?.only()
}
