//! `one-sided-cooperation`: see the page beside this file.

use comity_document::at;

use crate::dataset::{Dataset, Field, LinkEnd, RecordType, Way};
use crate::lint::{Findings, Place, RecordContext, Rule, Screen, SummaryContext};
use crate::query::sides::{self, Sides};
use crate::query::time;
use crate::record::{ActivityType, ActorType, EventType};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "one-sided-cooperation",
    "cooperation in which only one side takes part",
    "cooperation needs two sides, and a reader would look for the other in vain",
    include_str!("one_sided_cooperation.md"),
);

/// Doubts a record whose participants or parties may all be on one side.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    if field(kept.summary.r#type).is_none() {
        return false;
    }
    let taking_part = kept.taking_part();
    let mut only = None;
    for (actor, days) in &taking_part {
        let Some(summary) = kept.dataset.summary_of(*actor) else { return false };
        let mut bodies = vec![*actor];
        if summary.r#type == RecordType::Actor(ActorType::Person) {
            let offices = summary.acting.iter().filter(|term| term.way == Way::Office && !term.days.apart(*days));
            bodies = offices.map(|office| summary.links[office.link as usize].end()).collect();
        }
        for body in bodies {
            match side_of(kept.dataset, body) {
                // Where one side is not known, the rule says nothing, and a group acts for several.
                None | Some(KeptSide::Several) => return false,
                Some(side) if only.replace(side).is_some_and(|other| other != side) => return taking_part.len() == 1,
                Some(_) => {}
            }
        }
    }
    !taking_part.is_empty()
}

/// The side of a body, as far as summaries tell; see [`sides::of`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeptSide {
    Several,
    Country([u8; 2]),
    Own(LinkEnd),
}

fn side_of(dataset: &Dataset, body: LinkEnd) -> Option<KeptSide> {
    let (mut body, mut summary) = (body, dataset.summary_of(body)?);
    if summary.r#type == RecordType::Actor(ActorType::Group) {
        return Some(KeptSide::Several);
    }
    for _ in 0..16 {
        let is_organisation = summary.r#type == RecordType::Actor(ActorType::Organisation);
        let above = summary.links.iter().find(|link| link.field() == Field::PartOf).filter(|_| !is_organisation);
        let Some(above) = above else {
            let country = summary.country.filter(|_| !is_organisation);
            return Some(country.map_or(KeptSide::Own(body), KeptSide::Country));
        };
        body = above.end();
        summary = dataset.summary_of(body)?;
    }
    None
}

/// Counts the sides of the participants of an event or an activity, or of the parties to an agreement.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(field) = field(RecordType::from(&context.record.body)).filter(|_| time::stands(context.record)) else {
        return;
    };
    let taking_part = sides::taking_part(context.record, context.dataset.as_of);
    let all = taking_part.iter().map(|acting| sides::of(context.dataset, acting.actor, &acting.span));
    let Some(all) = all.collect::<Option<Vec<Sides<'_>>>>() else { return };
    let (first, others) = match all.as_slice() {
        [] | [Sides::Several] => return,
        [first, others @ ..] => (first, others),
    };
    let message = if others.is_empty() {
        format!("`{}` is the only one under `{field}`", taking_part[0].actor.as_ref())
    } else {
        let Some(only) = first.only() else { return };
        if !others.iter().all(|other| other.only() == Some(only)) {
            return;
        }
        format!("all under `{field}` are on one side: `{only}`")
    };
    let finding = findings
        .at(context.entry.id, Place::Key(at![field]), message)
        .help("add the other side, as a source names it; if there was none, give the reason under `allow`");
    if let Some(only) = first.only().filter(|_| !others.is_empty()) {
        for acting in &taking_part {
            finding.related(context.entry.id, acting.place(), format!("on the side of `{only}`"));
        }
    }
}

/// The field that holds the sides of a record; `None` where one side is enough.
fn field(r#type: RecordType) -> Option<&'static str> {
    match r#type {
        RecordType::Event(EventType::Decision | EventType::Proposal, _)
        | RecordType::Activity(ActivityType::Training, _) => None,
        RecordType::Event(..) | RecordType::Activity(..) => Some("participants"),
        RecordType::Agreement(_) => Some("parties"),
        _ => None,
    }
}
