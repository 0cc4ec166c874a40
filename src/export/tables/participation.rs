//! The table `participation`.

use comity_document::at;

use super::column::table;
use super::{Context, DateCells, SideCells, joined, to};
use crate::kind::Kind;
use crate::query::disputes;
use crate::query::time::{self, Acting, Capacity, Period};
use crate::record::{Actor, Attendance, Body, EventRole, Record};
use crate::value::{Code as _, Key, Ref};

table! {
    /// One row for every actor that takes part in a record, with the side that the actor acts for. For who met whom, group
    /// by `side`, not by `actor`.
    ParticipationRow "participation" key ["ref", "actor", "capacity"] {
        /// The record.
        r#ref: String => "record",
        /// The actor.
        actor: String => "record",
        /// The type of the actor.
        actor_type: Option<String> where ["ActorType"],
        /// `participant` (of an event or an activity), `party` (to an agreement), `lead` (of an operation), `convenor` (of a framework), or `speaker` (of a statement).
        capacity: String,
        /// The roles of a participant, separated by `;`.
        roles: Option<String> where ["ActivityRole" of "activity", "EventRole" of "event"],
        /// The attendance, where the participant did not simply attend in person: `invited`, `declined`, `absent`, `online`.
        attendance: Option<String> where ["Attendance"],
        /// Whether the actor certainly took part, in person, online or through its people. False where the event was not held (`record.status` is another than `held`) or the activity has no step `ongoing` or `completed`; where the agreement or framework has no step but `proposed`, `negotiated` or `superseded`; where the record was withdrawn; where the actor was only invited, declined or was absent; where a dispute is open about whether it took part, or whether there was anything to take part in; and where its only roles at an event are to take, to make or to receive a decision or a proposal (`decider`, `proposer`, `addressee`).
        took_part: bool,
        /// The actor on whose behalf the participant or speaker acts.
        acts_for: Option<String> => "record",
        /// The side for which the actor acts.
        side: SideCells,
        /// The time in which the actor takes part. Of a party the end is open until it withdrew or the agreement ended. Since when a lead leads and a convenor convenes is not on record: the columns have the earliest and the latest day of the operation or framework, without an exact day, and are marked as uncertain.
        date: Option<DateCells>,
    }
}

impl ParticipationRow {
    /// Whether the actor certainly did not stay away. Who was only invited may have stayed away.
    pub(in crate::export) fn came(&self) -> bool {
        self.attendance.as_deref().is_none_or(has_come)
    }

    /// Whether no open dispute leaves it doubtful that the actor takes part in the record, and came.
    pub(in crate::export) fn is_agreed(&self, record: &Record) -> bool {
        let id = self.actor.split_once(':').map_or(self.actor.as_str(), |(_, id)| id);
        let place = match self.capacity.as_str() {
            "lead" => at!["lead"],
            "convenor" => at!["convenors"],
            "speaker" => at!["speaker"],
            "party" => at!["parties", id],
            _ => at!["participants", id],
        };
        let attendances = disputes::rivals(record, &place.clone().key("attendance"));
        disputes::agrees_on_actor(record, &place, id)
            && attendances.into_iter().flatten().all(|other| other.as_str().is_none_or(has_come))
    }

    /// Whether the actor has a role that brings it to an event, or no role at all, as a party or a speaker.
    fn is_present(&self) -> bool {
        let is_present = |code| EventRole::parse(code).is_none_or(EventRole::is_present);
        self.roles.as_deref().is_none_or(|roles| roles.split(';').any(is_present))
    }
}

/// Whether the code of an attendance says that the actor came.
fn has_come(code: &str) -> bool {
    Attendance::parse(code).and_then(Attendance::came) == Some(true)
}

pub(in crate::export) fn rows(context: &Context<'_>) -> Vec<ParticipationRow> {
    context.records.iter().flat_map(|(key, record)| of_record(context, key, record)).collect()
}

fn of_record(context: &Context<'_>, key: &Key, record: &Record) -> Vec<ParticipationRow> {
    // Another may have led or convened before: a record says who leads, and not since when.
    let whole = time::life(record);
    let row = |capacity, actor| {
        let row = row(context, (key, record), capacity, actor, None, &whole);
        ParticipationRow { date: DateCells::within(&disputes::period(record, &whole)), ..row }
    };
    match &record.body {
        Body::Operation(operation) => vec![row("lead", &operation.lead)],
        Body::Framework(framework) => framework.convenors.iter().map(|actor| row("convenor", actor)).collect(),
        _ => acting(context, key, record),
    }
}

/// The participants, parties and speakers, as [`time::acting`] visits them: who is represented comes right after the
/// representative.
fn acting(context: &Context<'_>, key: &Key, record: &Record) -> Vec<ParticipationRow> {
    if key.kind == Kind::Actor {
        return Vec::new();
    }
    let mut all: Vec<(Acting<'_>, Option<&Ref<Actor>>)> = Vec::new();
    time::acting(record, context.as_of, &mut |acting| match acting.named {
        Capacity::Behind(_) | Capacity::BehindSpeaker => {
            all.last_mut().into_iter().for_each(|(_, acts_for)| *acts_for = Some(acting.actor));
        }
        Capacity::Organisation(_) => {}
        Capacity::Participant(_) | Capacity::Missed(_) | Capacity::Party(_) | Capacity::Speaker => {
            all.push((acting, None));
        }
    });
    let rows = all.into_iter().map(|(acting, acts_for)| {
        let capacity = match acting.named {
            Capacity::Party(_) => "party",
            Capacity::Speaker => "speaker",
            _ => "participant",
        };
        let time = match (&record.body, acting.named) {
            (Body::Agreement(agreement), Capacity::Party(key)) => time::adherence(agreement, key),
            _ => acting.span,
        };
        let own = row(context, (key, record), capacity, acting.actor, acts_for, &time);
        let (roles, attendance) = record.body.participation(acting.actor.as_ref()).unzip();
        let attendance = attendance.flatten().map(|attendance| attendance.to_string());
        let row = ParticipationRow { roles: roles.map(|roles| joined(roles.into_iter())), attendance, ..own };
        ParticipationRow { took_part: row.took_part && row.came() && row.is_present(), ..row }
    });
    rows.collect()
}

fn row(
    context: &Context<'_>,
    (key, record): (&Key, &Record),
    capacity: &str,
    actor: &Ref<Actor>,
    acts_for: Option<&Ref<Actor>>,
    time: &Period<'_>,
) -> ParticipationRow {
    let time = &disputes::period(record, time);
    let took_place = time::took_place(record) && disputes::agrees_that_it_took_place(record);
    let row = ParticipationRow {
        r#ref: key.to_string(),
        actor: to(actor),
        actor_type: context.dataset.get(actor).map(|(.., actor)| actor.r#type.to_string()),
        capacity: capacity.to_owned(),
        roles: None,
        attendance: None,
        took_part: took_place,
        acts_for: acts_for.map(to),
        side: SideCells::of(context, acts_for.unwrap_or(actor), time, acts_for.is_some()),
        date: DateCells::of_period(time),
    };
    ParticipationRow { took_part: row.took_part && row.is_agreed(record), ..row }
}
