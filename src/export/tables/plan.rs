//! The table `plan`.

use comity_document::pointer::Pointer;
use serde_json::Value;

use super::column::table;
use super::record::date;
use super::{Context, DateCells, to};
use crate::query::shown::Shown;
use crate::query::time;
use crate::record::{Body, EventStatus, Evidence, Record, Source, Stance};
use crate::value::{Key, NonEmptyMap, Ref};

table! {
    /// One row for every source that announced an event, an activity or an agreement; one row without source where the record
    /// is only planned and no source is on record that announces it.
    PlanRow "plan" key ["ref", "seq"] {
        /// The record of what was planned.
        r#ref: String => "record",
        /// The number of the announcement within the record.
        seq: i64,
        /// The place in the record that has the planned time (JSON Pointer).
        path: String,
        /// The time that was planned, as the announcing source has it: what the source says otherwise than the record, else the time of the record where the source shows that time, else empty. The date of a proposal or of an approval is not the time that was planned. Where no source is on record that announces it, the time of the record.
        planned: Option<DateCells>,
        /// The source that announced it.
        announced_by: Option<String> => "record",
        /// The day on which that source was published.
        announced_on: Option<DateCells>,
        /// What is on record since: `fulfilled`, `postponed`, `cancelled`, or `none-recorded`.
        outcome: String,
        /// Whether a source reports the record, not only announces it; for a plan, whether a source reports that it was made.
        is_reported: bool,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<PlanRow> {
    context.records.iter().flat_map(|(key, record)| of_record(context, key, record)).collect()
}

fn of_record(context: &Context<'_>, key: &Key, record: &Record) -> Vec<PlanRow> {
    let Some((path, outcome)) = outcome(record).filter(|_| time::stands(record)) else { return Vec::new() };
    let is_reported = record.evidence().any(|(_, evidence)| evidence.stance == Stance::Reports);
    let row = |seq: i64, announced: Option<(&Ref<Source>, &Evidence)>| {
        let source = announced.map(|(source, _)| source);
        let told = as_told(record, announced.map(|(_, evidence)| evidence), path);
        PlanRow {
            r#ref: key.to_string(),
            seq,
            path: path.to_owned(),
            planned: told.and_then(|told| date(context, &told)),
            announced_by: source.map(to),
            announced_on: source
                .and_then(|source| context.dataset.get(source)?.2.published.as_ref())
                .map(DateCells::from),
            outcome: outcome.to_owned(),
            is_reported,
        }
    };
    let announcing = record.evidence().filter(|(_, evidence)| evidence.stance == Stance::Announces);
    let rows: Vec<PlanRow> = (1..).zip(announcing).map(|(seq, announced)| row(seq, Some(announced))).collect();
    if rows.is_empty() && outcome != "fulfilled" { vec![row(1, None)] } else { rows }
}

/// The steps that come before what is planned, or that end the plan: their dates are not the time that was planned.
const NOT_PLANNED: [&str; 4] = ["proposed", "approved", "negotiated", "cancelled"];

/// The record with the time that a source gives for what it announces, or with its own time where there is no source. `None`
/// where no time is given.
fn as_told(record: &Record, evidence: Option<&Evidence>, path: &str) -> Option<Record> {
    let shows = |place: &Pointer| evidence.is_none_or(|evidence| Shown::of(record, evidence).covers(place));
    let said = evidence.and_then(|evidence| evidence.says.as_ref());
    let place = Pointer::parse(path)?;
    let mut told = record.to_json(None).ok()?;
    if evidence.is_some() {
        // The time of one source is not disputed.
        told.shift_remove("contested");
    }
    let time = told.get_mut(path.trim_start_matches('/'))?;
    if let Value::Object(steps) = time {
        steps.retain(|step, _| shows(&place.clone().key(step)));
    } else if !shows(&place) {
        *time = Value::Null;
    }
    for (at, value) in said.into_iter().flat_map(NonEmptyMap::iter).filter(|(at, _)| place.covers(at.pointer())) {
        match (&mut *time, at.pointer().tokens().nth(1)) {
            (Value::Object(steps), Some(step)) => drop(steps.insert(step.into_owned(), value.clone())),
            _ => *time = value.clone(),
        }
    }
    if let Value::Object(steps) = time {
        steps.retain(|step, _| !NOT_PLANNED.contains(&step.as_str()));
    }
    Record::from_json(&told).ok()
}

/// The place of the planned time, and what became of the plan; `None` where a record is never planned.
fn outcome(record: &Record) -> Option<(&'static str, &'static str)> {
    let of_steps = |codes: &[&str]| match codes.last() {
        Some(&"cancelled") => "cancelled",
        _ if codes.iter().all(|code| matches!(*code, "proposed" | "approved" | "negotiated")) => "none-recorded",
        _ => "fulfilled",
    };
    Some(match &record.body {
        Body::Event(event) => {
            let outcome = match event.status {
                EventStatus::Planned => "none-recorded",
                EventStatus::Held => "fulfilled",
                EventStatus::Postponed => "postponed",
                EventStatus::Cancelled => "cancelled",
            };
            ("/when", outcome)
        }
        Body::Activity(activity) => {
            let codes: Vec<&str> = activity.history.iter().map(|(status, _)| status.code).collect();
            ("/history", of_steps(&codes))
        }
        Body::Agreement(agreement) => {
            let codes: Vec<&str> = agreement.history.iter().map(|(status, _)| status.code).collect();
            ("/history", of_steps(&codes))
        }
        Body::Actor(_)
        | Body::Place(_)
        | Body::Framework(_)
        | Body::Operation(_)
        | Body::Statement(_)
        | Body::Source(_)
        | Body::Theme(_)
        | Body::Survey(_) => return None,
    })
}
