//! On which side an actor is: what rules that weigh sides against each other share. Nothing here reports.
//!
//! A side is a country with all its bodies, an organisation with all of its own, or an actor that belongs to neither. Whose
//! side cannot be known, another rule tells, or nobody can.

use std::fmt;

use super::dates::{self, Acting, Named, Span};
use crate::dataset::Dataset;
use crate::record::{Actor, ActorType, Record};
use crate::value::{Country, Day, Ref};

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side<'a> {
    /// A state, its ministries, forces and other bodies.
    Country(Country),
    /// An organisation with its bodies, or whoever belongs to nobody else.
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
pub(super) enum Sides<'a> {
    /// It is on one of these, mostly the only one: a person may hold several offices at a time.
    OneOf(Vec<Side<'a>>),
    /// States acting together: two sides at least.
    Several,
}

impl<'a> Sides<'a> {
    /// The side, where there is one only.
    pub(super) fn only(&self) -> Option<Side<'a>> {
        let Self::OneOf(sides) = self else { return None };
        let (first, others) = sides.split_first()?;
        others.iter().all(|other| other == first).then_some(*first)
    }
}

/// Everyone who takes part in a record, or is a party to it, under its key; as those in whose place it does so, where
/// that is told.
pub(super) fn taking_part(record: &Record, as_of: Day) -> Vec<Acting<'_>> {
    let mut all: Vec<Acting<'_>> = Vec::new();
    dates::acting(record, as_of, &mut |acting| match acting.named {
        Named::Participant(_) | Named::Missed(_) | Named::Party(_) => all.push(acting),
        // Told right after the one who stands for it.
        Named::Behind(_) => all.last_mut().into_iter().for_each(|last| last.actor = acting.actor),
        Named::Speaker | Named::BehindSpeaker | Named::Organisation(_) => {}
    });
    all
}

/// The sides an actor may be on at a time; `None` where that is not known.
pub(super) fn of<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>, span: &Span<'_>) -> Option<Sides<'a>> {
    let (_, _, fields) = dataset.get(actor)?;
    if fields.r#type != ActorType::Person {
        return of_body(dataset, actor);
    }
    let mut sides = Vec::new();
    for (term, office) in dates::terms(fields)? {
        if span.apart(&term).is_some() {
            continue;
        }
        match of_body(dataset, &office.organisation)? {
            Sides::OneOf(held) => sides.extend(held),
            Sides::Several => return Some(Sides::Several),
        }
    }
    (!sides.is_empty()).then_some(Sides::OneOf(sides))
}

/// From a body up to the organisation or the topmost body it is a part of.
fn of_body<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>) -> Option<Sides<'a>> {
    let (_, _, fields) = dataset.get(actor)?;
    if fields.r#type == ActorType::Group {
        return Some(Sides::Several);
    }
    let (mut body, mut fields) = (actor, fields);
    // A circle is another rule's matter, and ends here.
    for _ in 0..16 {
        let above = fields.part_of.as_ref().filter(|_| fields.r#type != ActorType::Organisation);
        let Some(above) = above else {
            let country = fields.country.filter(|_| fields.r#type != ActorType::Organisation);
            return Some(Sides::OneOf(vec![country.map_or(Side::Own(body.as_ref()), Side::Country)]));
        };
        (body, fields) = (above, dataset.get(above)?.2);
    }
    None
}
