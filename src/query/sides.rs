//! Sides: for whom an actor acts at a time.
//!
//! A side is a country with all its bodies, an organisation with all its bodies, or an actor that belongs to neither. A
//! side is not known where the person holds no office at the time, or where a reference leads nowhere.

use std::collections::BTreeSet;
use std::fmt;

use super::disputes;
use super::time::{self, Acting, Capacity, Period};
use crate::dataset::Dataset;
use crate::record::{Actor, ActorType, Body, Record};
use crate::value::{Bounds, Country, Day, Ref, Truth};

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side<'a> {
    /// A state, its ministries, forces and other bodies.
    Country(Country),
    /// An organisation with its bodies, or an actor that belongs to no other; by id.
    Own(&'a str),
}

impl fmt::Display for Side<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Country(country) => f.write_str(country.name()),
            Self::Own(id) => f.write_str(id),
        }
    }
}

/// The sides of one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sides<'a> {
    /// The actor is on one of these sides. There is nearly always one; a person may hold several offices at a time.
    OneOf(Vec<Side<'a>>),
    /// A group acts for two sides at least.
    Several,
}

impl<'a> Sides<'a> {
    /// The side, where only one is possible.
    pub fn only(&self) -> Option<Side<'a>> {
        let Self::OneOf(sides) = self else { return None };
        let (first, others) = sides.split_first()?;
        others.iter().all(|other| other == first).then_some(*first)
    }
}

/// Every participant and party of a record, each with its own key. Where a participant acts for another actor, that
/// actor is given.
pub fn taking_part(record: &Record, as_of: Day) -> Vec<Acting<'_>> {
    let mut all = represented(record, as_of);
    all.retain(|acting| acting.named != Capacity::Speaker);
    all
}

/// Every participant, party and speaker of a record, each replaced by the actor that is represented.
fn represented(record: &Record, as_of: Day) -> Vec<Acting<'_>> {
    let mut all: Vec<Acting<'_>> = Vec::new();
    time::acting(record, as_of, &mut |acting| match acting.named {
        Capacity::Participant(_) | Capacity::Missed(_) | Capacity::Party(_) | Capacity::Speaker => all.push(acting),
        // `time::acting` visits a represented actor right after its representative.
        Capacity::Behind(_) | Capacity::BehindSpeaker => {
            all.last_mut().into_iter().for_each(|last| last.actor = acting.actor);
        }
        Capacity::Organisation(_) => {}
    });
    all
}

/// The sides for which someone certainly takes part, is a party, speaks, leads or convenes in a record, at the time of the
/// record; of an actor, its own. An actor that may be on several sides counts for none of them.
pub fn all<'a>(dataset: &'a Dataset, record: &'a Record) -> Vec<Side<'a>> {
    let as_of = dataset.as_of;
    let acting = represented(record, as_of).into_iter().filter(|acting| acting.came == Some(true));
    let acting = acting.map(|acting| (acting.actor, acting.span));
    acting.chain(standing(record, as_of)).filter_map(|(actor, span)| of(dataset, actor, &span)?.only()).collect()
}

/// Whether an actor itself certainly takes part, is a party, speaks, leads or convenes in a record, or is represented there; of
/// an actor, whether an office is in that body.
pub fn names(record: &Record, as_of: Day, actor: &str) -> bool {
    let mut found = standing(record, as_of).iter().any(|(standing, _)| standing.as_ref() == actor);
    time::acting(record, as_of, &mut |acting| found |= acting.came == Some(true) && acting.actor.as_ref() == actor);
    found
}

/// Who leads an operation or convenes a framework, and when.
fn standing(record: &Record, as_of: Day) -> Vec<(&Ref<Actor>, Period<'_>)> {
    match &record.body {
        Body::Operation(operation) => vec![(&operation.lead, time::span(record, as_of))],
        Body::Framework(framework) => framework.convenors.iter().map(|actor| (actor, time::life(record))).collect(),
        _ => Vec::new(),
    }
}

/// The countries among the [sides](all) of a record.
pub fn countries(dataset: &Dataset, record: &Record) -> BTreeSet<Country> {
    let country = |side| if let Side::Country(country) = side { Some(country) } else { None };
    all(dataset, record).into_iter().filter_map(country).collect()
}

/// The sides an actor may be on at a time; `None` where that is not known.
pub fn of<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>, span: &Period<'_>) -> Option<Sides<'a>> {
    let mut sides = Vec::new();
    for body in bodies(dataset, actor, span)? {
        match of_body(dataset, body)? {
            Sides::OneOf(held) => sides.extend(held),
            Sides::Several => return Some(Sides::Several),
        }
    }
    (!sides.is_empty()).then_some(Sides::OneOf(sides))
}

/// Whether an actor is on the side of its country only because it comes from there: a private body, such as a company, with all
/// that is a part of it, and a person who holds offices of such bodies alone. It does not act for the state.
pub fn is_private(dataset: &Dataset, actor: &Ref<Actor>, span: &Period<'_>) -> bool {
    let bodies = bodies(dataset, actor, span).unwrap_or_default();
    let is_private = |body| topmost(dataset, body).is_some_and(|(_, top)| top.r#type.is_private());
    !bodies.is_empty() && bodies.into_iter().all(is_private)
}

/// The bodies for which an actor may act at a time: itself, or those of the offices of a person.
fn bodies<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>, span: &Period<'_>) -> Option<Vec<&'a Ref<Actor>>> {
    let (_, _, fields) = dataset.get(actor)?;
    if fields.r#type != ActorType::Person {
        return Some(vec![actor]);
    }
    let held = time::terms(fields)?.filter(|(term, _)| !is_outside(span, term));
    Some(held.map(|(_, office)| &office.organisation).collect())
}

/// By how many days a date with `?`, `~` or `%` may be wrong.
pub(crate) const DOUBT: i32 = 366;

/// Whether a time lies outside a term: certainly, or by more than a mark of doubt at a date can mean.
fn is_outside(span: &Period<'_>, term: &Period<'_>) -> bool {
    let apart = span.apart_if(term, Truth::Possibly);
    apart.is_some_and(|apart| apart.truth.is_definite() || apart.gap() > DOUBT)
}

/// The days that a date may be, with those that a mark of doubt adds on either side.
pub(crate) fn readings(days: Bounds) -> Bounds {
    let doubt = if days.sure { 0 } else { DOUBT };
    Bounds { earliest: days.earliest.plus(-doubt), latest: days.latest.plus(doubt), sure: true }
}

/// Whether a person certainly holds an office during all of a time. A doubtful end of the office leaves the days certain that
/// no reading of the end reaches.
pub fn holds_office(record: &Record, person: &Actor, time: &Period<'_>) -> bool {
    let (Some(first), Some(last)) = (time.first, time.last) else { return false };
    let not_after = |a: Bounds, b: Bounds| readings(a).latest <= readings(b).earliest;
    time::terms(person).is_some_and(|mut terms| {
        terms.any(|(term, _)| {
            let term = disputes::period(record, &term);
            term.first.is_some_and(|from| not_after(from.days, first.days))
                && term.last.is_none_or(|until| not_after(last.days, until.days))
        })
    })
}

/// The side of a body: that of the organisation or the topmost body that the body is a part of.
fn of_body<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>) -> Option<Sides<'a>> {
    let (_, _, fields) = dataset.get(actor)?;
    if fields.r#type == ActorType::Group {
        return Some(Sides::Several);
    }
    let (top, fields) = topmost(dataset, actor)?;
    let country = fields.country.filter(|_| fields.r#type != ActorType::Organisation);
    Some(Sides::OneOf(vec![country.map_or(Side::Own(top.as_ref()), Side::Country)]))
}

/// The organisation or the topmost body that a body is a part of; the body itself where nothing is above.
fn topmost<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>) -> Option<(&'a Ref<Actor>, &'a Actor)> {
    let (mut body, mut fields) = (actor, dataset.get(actor)?.2);
    // The bound ends a circle of parts, which `reference-cycle` reports.
    for _ in 0..16 {
        let above = fields.part_of.as_ref().filter(|_| fields.r#type != ActorType::Organisation);
        let Some(above) = above else { return Some((body, fields)) };
        (body, fields) = (above, dataset.get(above)?.2);
    }
    None
}
