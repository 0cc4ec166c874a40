//! The table `step`.

use super::column::table;
use super::{Context, DateCells};
use crate::kind::Kind;

table! {
    /// One row for every step of a history: of the record, of a member, or of a party.
    StepRow "step" key ["ref", "subject_kind", "subject", "seq"] {
        /// The record.
        r#ref: String => "record",
        /// Whose step it is: the record itself, a member or a party.
        subject: String => "record",
        /// `history`, `member` or `party`.
        subject_kind: String,
        /// The number of the step within its history, in the order of the lifecycle.
        seq: i64,
        /// The status that was reached, a code.
        step: String where ["ActivitySteps" of "activity", "AgreementSteps" of "agreement", "FrameworkSteps" of "framework", "OperationSteps" of "operation", "MemberSteps" of "member", "PartySteps" of "party"],
        /// How many times the history has reached the status by then, from 1.
        turn: i64,
        /// Whether the step is the last that is on record.
        is_last: bool,
        /// The date of the step.
        date: DateCells,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<StepRow> {
    let mut rows: Vec<StepRow> = Vec::new();
    for (key, record) in &context.records {
        let before = rows.len();
        record.steps(&mut |place, status, step| {
            let pointer = place.pointer();
            let tokens: Vec<_> = pointer.tokens().collect();
            let (subject_kind, subject) = match (tokens[0].as_ref(), tokens.len()) {
                ("members", _) => ("member", format!("{}:{}", Kind::Actor, tokens[1])),
                ("parties", _) => ("party", format!("{}:{}", Kind::Actor, tokens[1])),
                _ => ("history", key.to_string()),
            };
            let previous = rows[before..].last_mut();
            let previous = previous.filter(|row| row.subject == subject && row.subject_kind == subject_kind);
            let seq = previous.map_or(1, |row| {
                row.is_last = false;
                row.seq + 1
            });
            rows.push(StepRow {
                r#ref: key.to_string(),
                subject,
                subject_kind: subject_kind.to_owned(),
                seq,
                step: status.code.to_owned(),
                turn: i64::from(step.turn()),
                is_last: true,
                date: DateCells::at(record, &pointer, &step.date),
            });
        });
    }
    rows
}
