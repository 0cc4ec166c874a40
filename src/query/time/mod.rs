//! Time: the days a record speaks of, the life of an actor or of a thing, and whether two periods can overlap.
//!
//! An unknown end is open, and nothing lies outside an open end. An uncertain date never gives a definite answer.

mod acting;
mod order;
mod period;
mod steps;

pub use acting::{Acting, Capacity, acting, adherence, members, membership, terms};
pub use order::{before, before_by, future, is_future};
pub use period::{Apart, DateMark, MapEntry, Period};
pub use steps::{Disorder, History, histories, out_of_order, rank_of};

use crate::record::{Activity, Body, Event, EventStatus, EventType, Record};
use crate::value::{Day, Edtf, Lifecycle, Status, Steps};

/// Whether a record is not withdrawn. A withdrawn record asserts nothing and is not compared with others.
pub fn stands(record: &Record) -> bool {
    record.envelope.retired.is_none()
}

/// Whether a record says of an event that it was held, of an activity that it went on, or of an agreement or a framework that it
/// came about. In what was only planned, proposed, negotiated or approved, nobody took part yet. True of the other kinds, and
/// never of a withdrawn record.
pub fn took_place(record: &Record) -> bool {
    stands(record)
        && match &record.body {
            Body::Event(event) => event.status == EventStatus::Held,
            Body::Activity(activity) => began(activity).is_some(),
            Body::Agreement(agreement) => came_about(&agreement.history),
            Body::Framework(framework) => came_about(&framework.history),
            _ => true,
        }
}

/// Whether a history has a step that only something has that came about. A draft may be superseded, too.
fn came_about<M: Lifecycle>(steps: &Steps<M>) -> bool {
    steps.iter().any(|(status, _)| !prepares(status) && status.code != "superseded")
}

/// Whether a step comes before the thing itself.
fn prepares(status: &Status) -> bool {
    matches!(status.code, "proposed" | "negotiated" | "approved")
}

/// The step from which an activity goes on: `ongoing`, else `completed`, where only the end is on record.
pub fn first_active_step(activity: &Activity) -> Option<&'static str> {
    ["ongoing", "completed"].into_iter().find(|step| activity.history.get(step).is_some())
}

/// The date of the step from which an activity goes on.
fn began(activity: &Activity) -> Option<&Edtf> {
    activity.history.get(first_active_step(activity)?)
}

/// The days a record speaks of: an event's `when`, a history's first to last step, a statement's `date`. Open where
/// they are unknown, or in the future although nothing is planned, which `future-as-fact` reports.
pub fn span(record: &Record, as_of: Day) -> Period<'_> {
    let span = match &record.body {
        Body::Event(event) => when(event),
        Body::Framework(framework) => Period::steps(&framework.history, None),
        Body::Agreement(agreement) => Period::steps(&agreement.history, None),
        Body::Operation(operation) => Period::steps(&operation.history, None),
        Body::Activity(activity) => Period::steps(&activity.history, None),
        Body::Statement(statement) => {
            let date = DateMark::field("date", &statement.date, None);
            Period { first: Some(date), last: Some(date) }
        }
        _ => Period::OPEN,
    };
    let planned = matches!(&record.body, Body::Event(event) if event.status == EventStatus::Planned);
    let future = span.first.is_some_and(|first| is_future(&first.days, as_of));
    if future && !planned { Period::OPEN } else { span }
}

/// The lifetime of an actor, or of a thing that others happen under: an event, a framework, an operation or an
/// activity. Open for all other kinds and for withdrawn records.
pub fn life(record: &Record) -> Period<'_> {
    if !stands(record) {
        return Period::OPEN;
    }
    match &record.body {
        Body::Event(event) => when(event),
        Body::Framework(framework) => Period::life_of(&framework.history, None),
        Body::Operation(operation) => Period::life_of(&operation.history, None),
        Body::Activity(activity) => Period::life_of(&activity.history, None),
        Body::Actor(actor) => Period::between(actor.from.as_deref(), actor.until.as_deref(), None),
        _ => Period::OPEN,
    }
}

/// The time that lists and tables show for a record: of what lasts, its life; of what has a date or is signed, its days. An
/// activity of which only the end is on record, such as a gift that was handed over, happened then.
pub fn course(record: &Record, as_of: Day) -> Period<'_> {
    match &record.body {
        Body::Activity(activity) => {
            let life = Period::life_of(&activity.history, None);
            Period { first: life.first.or(life.last), ..life }
        }
        Body::Actor(_) | Body::Framework(_) | Body::Operation(_) => life(record),
        _ => span(record, as_of),
    }
}

/// When an event, an actor, a statement or a thing with a history began. `None` where that is unknown, and for
/// withdrawn records.
pub fn beginning(record: &Record, as_of: Day) -> Option<DateMark<'_>> {
    let span = match &record.body {
        Body::Agreement(agreement) => Period::life_of(&agreement.history, None),
        Body::Statement(_) => span(record, as_of),
        _ => life(record),
    };
    span.first.filter(|_| stands(record))
}

/// The days of an event. The day of a postponed event is unknown.
fn when(event: &Event) -> Period<'_> {
    if event.status == EventStatus::Postponed {
        return Period::OPEN;
    }
    let mark = |days| Some(DateMark::of("when", days, event.when.as_ref(), None));
    Period { first: mark(event.when.start()), last: mark(event.when.end()) }.sane()
}

/// Whether a record only prepares something: a proposal, a plan, a text not yet signed. It may be dated before what it
/// prepares.
pub fn only_prepares(record: &Record) -> bool {
    fn all<M: Lifecycle>(steps: &Steps<M>) -> bool {
        steps.iter().all(|(status, _)| prepares(status))
    }
    match &record.body {
        Body::Event(event) => {
            matches!(event.r#type, EventType::Proposal | EventType::Decision | EventType::StaffTalks)
        }
        Body::Agreement(agreement) => all(&agreement.history),
        Body::Activity(activity) => all(&activity.history),
        Body::Framework(framework) => all(&framework.history),
        _ => false,
    }
}
