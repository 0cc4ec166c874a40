//! `one-sided-cooperation`: see the page beside this file.

use comity_document::at;

use super::kept_side::{KeptSide, bodies, side_of};
use crate::dataset::{Dataset, RecordType, Way};
use crate::lint::{Findings, Place, RecordContext, Rule, Screen, SummaryContext};
use crate::query::sides::{self, Side, Sides};
use crate::query::time::{self, Acting};
use crate::record::{ActivityType, Body, EventStatus, EventType, Record};

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
    // Whoever stayed away is on no side of what was held.
    let was_held = matches!(kept.summary.r#type, RecordType::Event(_, EventStatus::Held));
    if was_held && kept.summary.acting.iter().any(|acted| acted.way == Way::Missed) {
        return true;
    }
    let taking_part = kept.taking_part();
    let mut only = None;
    for (actor, days) in &taking_part {
        let Some(bodies) = bodies(kept.dataset, *actor, *days) else { return false };
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

/// Counts the sides of the participants of an event or an activity, or of the parties to an agreement.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(field) = field(RecordType::from(&context.record.body)).filter(|_| time::stands(context.record)) else {
        return;
    };
    let mut taking_part = sides::taking_part(context.record, context.dataset.as_of);
    let named = taking_part.len();
    if was_held(context.record) {
        taking_part.retain(|acting| acting.came != Some(false));
    }
    let missed = taking_part.len() < named;
    if taking_part.is_empty() {
        let message = format!("nobody under `{field}` came, and the event is `held`");
        let help = "correct `attendance`, or name who came; what nobody came to has another `status`";
        findings.at(context.entry.id, Place::Key(at![field]), message).help(help);
        return;
    }
    let Some((message, only)) = one_side(context.dataset, field, &taking_part, missed) else { return };
    let finding = findings
        .at(context.entry.id, Place::Key(at![field]), message)
        .help("add the other side, as a source names it; if there was none, give the reason under `allow`");
    if let Some(only) = only {
        for acting in &taking_part {
            finding.related(context.entry.id, acting.place(), format!("on the side of `{only}`"));
        }
    }
}

/// What to say of those who take part if all are on one side, and which side that is if they are several. `missed` tells whether
/// others stayed away.
fn one_side<'a>(
    dataset: &'a Dataset,
    field: &str,
    taking_part: &[Acting<'a>],
    missed: bool,
) -> Option<(String, Option<Side<'a>>)> {
    let all = taking_part.iter().map(|acting| sides::of(dataset, acting.actor, &acting.span));
    let all = all.collect::<Option<Vec<Sides<'_>>>>()?;
    if let [single] = all.as_slice() {
        let id = taking_part[0].actor.as_ref();
        let message = if missed {
            format!("of those under `{field}`, only `{id}` came")
        } else {
            format!("`{id}` is the only one under `{field}`")
        };
        return (*single != Sides::Several).then_some((message, None));
    }
    let only = all.first()?.only()?;
    let who = if missed { " who came" } else { "" };
    let is_one = all.iter().all(|other| other.only() == Some(only));
    is_one.then(|| (format!("all under `{field}`{who} are on one side: `{only}`"), Some(only)))
}

/// Whether a record is that of an event that took place.
fn was_held(record: &Record) -> bool {
    matches!(&record.body, Body::Event(event) if event.status == EventStatus::Held)
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
