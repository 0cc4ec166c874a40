//! The table `plan`.

use super::column::table;
use super::record::date;
use super::{Context, DateCells, to};
use crate::query::time;
use crate::record::{Body, EventStatus, Record, Source, Stance};
use crate::value::{Key, Ref};

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
        /// The time of the record: as planned, or as it came about.
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
    let row = |seq: i64, source: Option<&Ref<Source>>| PlanRow {
        r#ref: key.to_string(),
        seq,
        path: path.to_owned(),
        planned: date(context, record),
        announced_by: source.map(to),
        announced_on: source.and_then(|source| context.dataset.get(source)?.2.published.as_ref()).map(DateCells::from),
        outcome: outcome.to_owned(),
        is_reported,
    };
    let announcing = record.evidence().filter(|(_, evidence)| evidence.stance == Stance::Announces);
    let rows: Vec<PlanRow> = (1..).zip(announcing).map(|(seq, (source, _))| row(seq, Some(source))).collect();
    if rows.is_empty() && outcome != "fulfilled" { vec![row(1, None)] } else { rows }
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
