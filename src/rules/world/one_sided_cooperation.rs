//! `one-sided-cooperation`: see the page beside this file.

use comity_document::at;

use crate::lint::{Findings, Place, RecordContext, Rule};
use crate::query::sides::{self, Sides};
use crate::query::time;
use crate::record::{ActivityType, Body, EventType, Record};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "one-sided-cooperation",
    "cooperation in which only one side takes part",
    "cooperation needs two sides, and a reader would look for the other in vain",
    include_str!("one_sided_cooperation.md"),
);

/// Counts the sides of the participants of an event or an activity, or of the parties to an agreement.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(field) = field(context.record).filter(|_| time::stands(context.record)) else { return };
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
fn field(record: &Record) -> Option<&'static str> {
    match &record.body {
        Body::Event(event) if matches!(event.r#type, EventType::Decision | EventType::Proposal) => None,
        Body::Activity(activity) if activity.r#type == ActivityType::Training => None,
        Body::Event(_) | Body::Activity(_) => Some("participants"),
        Body::Agreement(_) => Some("parties"),
        _ => None,
    }
}
