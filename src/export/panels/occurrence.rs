//! What counts in a panel: when a record lies, and which sides it has.

use std::collections::BTreeMap;

use comity_document::at;

use super::counts::Count;
use super::searched::members;
use crate::export::tables::Context;
use crate::export::tables::participation::ParticipationRow;
use crate::kind::Kind;
use crate::query::disputes;
use crate::query::time::{self, DateMark};
use crate::record::{Activity, Body, EventStatus, Record};
use crate::value::{AnyRef, Bounds, Edtf, Key};

/// A record that counts: when, for which sides.
#[derive(Debug)]
pub(super) struct Occurrence<'a> {
    pub(super) key: &'a Key,
    pub(super) record: &'a Record,
    /// The operation that the record is a part of.
    pub(super) operation: Option<&'a AnyRef>,
    columns: Columns,
    /// The years in which the record certainly lies, first and last.
    certain: Option<(i32, i32)>,
    /// The years in which the record may lie, first and last; an open end is `None`.
    possible: (Option<i32>, Option<i32>),
    /// The year in or before which the record begins.
    begun_by: Option<i32>,
    /// Each side, and how it is there.
    pub(super) sides: BTreeMap<String, Presence>,
}

/// How a side is in a record; the last holds for a pair of which one side is there in that way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Presence {
    /// It is named.
    Named,
    /// It is named, and a dispute is open about whether it took part.
    Disputed,
    /// It is there only as a member of a group.
    ViaGroup,
}

/// The columns in which a kind of record counts.
#[derive(Debug, Clone, Copy)]
struct Columns {
    named: Count,
    via_group: Option<Count>,
    possible: Option<Count>,
}

impl Occurrence<'_> {
    /// The first and the last year in which the record has to be counted. Without an earliest day, the years before the one that
    /// the date names are not told from any others; without a latest day, the research ends the time.
    pub(super) fn extent(&self, as_of: Option<i32>) -> Option<(i32, i32)> {
        if self.columns.possible.is_none() {
            return self.certain;
        }
        let (first, last) = (self.possible.0.or(self.begun_by)?, self.possible.1.into_iter().chain(as_of).min());
        let possible = last.filter(|last| first <= *last).map(|last| (first, last));
        let ends = [self.certain, possible].into_iter().flatten();
        ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// Whether the record certainly lies in a year.
    pub(super) fn is_certain(&self, year: i32) -> bool {
        self.certain.is_some_and(|(first, last)| (first..=last).contains(&year))
    }

    /// The years of a panel in which the record may lie.
    pub(super) fn years(&self, (start, end): (i32, i32)) -> std::ops::RangeInclusive<i32> {
        self.possible.0.unwrap_or(start).max(start)..=self.possible.1.unwrap_or(end).min(end)
    }

    /// The column in which the record counts in a year; `None` where it does not count.
    pub(super) fn column(&self, year: i32, presence: Presence) -> Option<Count> {
        match presence {
            Presence::Named if self.is_certain(year) => Some(self.columns.named),
            Presence::Named | Presence::Disputed => self.columns.possible,
            Presence::ViaGroup => self.columns.via_group.filter(|_| self.is_certain(year)),
        }
    }
}

const EVENTS: Columns = Columns {
    named: Count::EventsNamed,
    via_group: Some(Count::EventsViaGroup),
    possible: Some(Count::EventsPossible),
};
const ACTIVITIES: Columns = Columns {
    named: Count::ActivitiesCertain,
    via_group: Some(Count::ActivitiesViaGroup),
    possible: Some(Count::ActivitiesPossible),
};
const AGREEMENTS: Columns = Columns { named: Count::AgreementsSigned, via_group: None, possible: None };

/// When and for which sides a record counts; `None` where it does not.
pub(super) fn occurrence<'a>(
    context: &Context<'a>,
    key: &'a Key,
    record: &'a Record,
    participation: &[ParticipationRow],
) -> Option<Occurrence<'a>> {
    if !time::stands(record) {
        return None;
    }
    let (columns, (first, last, is_lasting)) = match &record.body {
        Body::Event(event) if event.status == EventStatus::Held => {
            let [first, last] = disputes::days(record, &at!["when"], [event.when.start(), event.when.end()]);
            (EVENTS, (Some(first), Some(last), false))
        }
        Body::Activity(activity) => (ACTIVITIES, lasting(record, activity)?),
        Body::Agreement(agreement) => {
            let signed = step_days(record, "signed", agreement.history.get("signed")?);
            (AGREEMENTS, (Some(signed), Some(signed), false))
        }
        _ => return None,
    };
    let (first, as_of) = (first?, context.as_of.year());
    let certain = if is_lasting { touched(first, last) } else { within(first, last?) };
    let certain = certain.filter(|_| disputes::agrees_that_it_took_place(record));
    let operation = operation(context, record);
    let possible = (first.earliest.year(), last.map_or(as_of, |last| last.latest.year()));
    let possible = if is_lasting { clipped(context, operation, possible, certain) } else { possible };
    let sides = sides(context, record, first, participation);
    let begun_by = first.latest.year();
    Some(Occurrence { key, record, operation, columns, certain, possible, begun_by, sides })
}

/// The first and the last day of an activity, and that it lasts.
fn lasting(record: &Record, activity: &Activity) -> Option<(Option<Bounds>, Option<Bounds>, bool)> {
    let of = |code: &str| activity.history.get(code).map(|date| step_days(record, code, date));
    Some((of(time::first_active_step(activity)?), of("completed").or(of("cancelled")), true))
}

/// The days on which a step of a history may have been reached.
fn step_days(record: &Record, code: &str, date: &Edtf) -> Bounds {
    disputes::day(record, &at!["history", code], date.bounds())
}

/// Possible years without those in which the operation certainly was not there. What is certain stays; all stays where the two
/// have no year in common, because then a date is wrong.
fn clipped(
    context: &Context<'_>,
    operation: Option<&AnyRef>,
    possible: (Option<i32>, Option<i32>),
    certain: Option<(i32, i32)>,
) -> (Option<i32>, Option<i32>) {
    let Some((_, operation)) = operation.and_then(|operation| context.dataset.record(operation.into())) else {
        return possible;
    };
    let life = disputes::period(operation, &time::life(operation));
    let sure = |mark: Option<DateMark<'_>>| mark.map(|mark| mark.days).filter(|days| days.sure);
    let begun = sure(life.first).and_then(|days| days.earliest.year());
    let ended = sure(life.last).and_then(|days| days.latest.year());
    let (from, to) = certain.unzip();
    let begun = begun.map(|year| from.map_or(year, |from| from.min(year)));
    let ended = ended.map(|year| to.map_or(year, |to| to.max(year)));
    let (first, last) = possible;
    match (first.max(begun), ended.map_or(last, |ended| Some(last.map_or(ended, |last| last.min(ended))))) {
        (Some(first), Some(last)) if last < first => possible,
        clipped => clipped,
    }
}

/// How many activities up the operation is looked for. The bound ends a circle, which `reference-cycle` reports.
const DEPTH: usize = 16;

/// The operation above a record: directly, or above the activities that the record is a part of.
fn operation<'a>(context: &Context<'a>, record: &'a Record) -> Option<&'a AnyRef> {
    let up =
        |record: &&'a Record| context.dataset.record(record.above(Kind::Activity)?.into()).map(|(_, record)| record);
    std::iter::successors(Some(record), up).take(DEPTH).find_map(|record| record.above(Kind::Operation))
}

/// The years that something certainly touches that lasts from `first` to `last`. Without an end that is certainly later, the
/// year of `first`; without a certain beginning, the year of `last`.
fn touched(first: Bounds, last: Option<Bounds>) -> Option<(i32, i32)> {
    let ended = last.and_then(|last| within(last, last));
    let Some(from) = first.latest.year().filter(|_| first.sure) else { return ended };
    let last = last.filter(|last| last.sure).and_then(|last| last.earliest.year());
    // One date that spans years touches one of them, and nobody knows which.
    let to = last.filter(|to| from <= *to).or_else(|| first.earliest.year())?;
    if from <= to { Some((from, to)) } else { ended }
}

/// The one year in which all possible days lie.
fn within(first: Bounds, last: Bounds) -> Option<(i32, i32)> {
    let year = first.earliest.year()?;
    (first.sure && last.sure && last.latest.year() == Some(year)).then_some((year, year))
}

/// What an actor acts for, where that is a side: a state, an organisation or an assembly.
pub(super) fn side(row: &ParticipationRow) -> Option<&String> {
    let is_side = matches!(row.side.side_type.as_deref(), Some("state" | "organisation" | "assembly"));
    row.side.represented().filter(|_| is_side)
}

/// The sides of a record: those that are named, and the members of groups on the day.
fn sides(
    context: &Context<'_>,
    record: &Record,
    day: Bounds,
    participation: &[ParticipationRow],
) -> BTreeMap<String, Presence> {
    let mut sides = BTreeMap::new();
    let mut add = |side: String, presence: Presence| {
        let known = sides.entry(side).or_insert(presence);
        *known = presence.min(*known);
    };
    for row in participation.iter().filter(|row| row.came()) {
        let is_agreed = row.is_agreed(record);
        if let Some(side) = side(row) {
            add(side.clone(), if is_agreed { Presence::Named } else { Presence::Disputed });
        } else if let Some(group) =
            row.side.side.as_ref().filter(|_| is_agreed && row.side.side_type.as_deref() == Some("group"))
        {
            for member in members(context, group, day) {
                add(member, Presence::ViaGroup);
            }
        }
    }
    sides
}
