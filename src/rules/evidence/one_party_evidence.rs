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
    "something that only one of those who took part tells",
    "each side tells what it likes to be known, and leaves out the rest",
    include_str!("one_party_evidence.md"),
);

/// Events, activities and agreements, whose sources should not all be of one of their sides.
pub fn check(site: &RecordContext<'_>, findings: &mut Findings<'_>) {
    // What one side decides or asks for, nobody knows better than it.
    if matches!(&site.record.body, Body::Event(event) if matches!(event.r#type, EventType::Decision | EventType::Proposal))
    {
        return;
    }
    let taking_part = sides::taking_part(site.record, site.dataset.as_of);
    let Some(told) =
        provenance::told(site.dataset, site.record).filter(|_| time::stands(site.record) && !taking_part.is_empty())
    else {
        return;
    };
    let told: Vec<_> = told.into_iter().filter(CitedSource::shows).collect();
    let Some(issuers) = told.iter().map(|told| issuer(site, told)).collect::<Option<Vec<Side<'_>>>>() else { return };
    let Some((first, others)) = issuers.split_first() else { return };
    let takes_part = taking_part.iter().any(|acting| {
        sides::of(site.dataset, acting.actor, &acting.span).is_some_and(|sides| sides.only() == Some(*first))
    });
    if !takes_part || others.iter().any(|other| other != first) {
        return;
    }
    let message = match told.len() {
        1 => format!("the only source is issued by one side, `{first}`"),
        2 => format!("both sources are issued by one side, `{first}`"),
        all => format!("all {all} sources are issued by one side, `{first}`"),
    };
    let finding = findings
        .at(site.entry.id, Place::Key(at!["evidence"]), message)
        .help("look for what the other side, or somebody who is on neither, tells of it");
    for told in told {
        let place = if told.source.issuer.is_some() { at!["issuer"] } else { at!["derived_from"] };
        finding.related(told.entry.id, place, "of this side");
    }
}

/// The side that issued a source, or what it copies.
fn issuer<'a>(site: &RecordContext<'a>, told: &CitedSource<'a>) -> Option<Side<'a>> {
    let issuer = told.source.issuer.as_ref().or(told.root.issuer.as_ref())?;
    sides::of(site.dataset, issuer, &time::span(site.record, site.dataset.as_of))?.only()
}
