//! Events of one type with the same people, at one place and on the same days: one event, whatever its names say.

use hashbrown::HashMap;

use super::sides::SIDES;
use crate::dataset::Dataset;
use crate::query::time;
use crate::record::{Actor, ActorType, Body, EventType, Place, Record};
use crate::value::{Day, Ref};

/// How many later events of one person an event is compared with.
const NEIGHBOURS: usize = 64;
/// How many later events an event is compared with at most, whatever the number of its people.
const COMPARISONS: usize = 256;
/// The most days that an event may take, or its date leave open. A month has many meetings of one person.
const DAYS: i32 = 31;

/// The people, the place and the days of an event.
#[derive(Debug)]
pub(super) struct Circumstances<'a> {
    r#type: EventType,
    /// The ids of the people, sorted.
    people: Vec<&'a str>,
    /// The ids of the places, sorted.
    places: Vec<&'a str>,
    first: Day,
    last: Day,
}

impl<'a> Circumstances<'a> {
    /// `None` for what is no event, and for an event whose people, place or days are not known.
    pub(super) fn of(dataset: &Dataset, record: &'a Record) -> Option<Self> {
        let Body::Event(event) = &record.body else { return None };
        let places = record.envelope.places.as_ref()?;
        let span = time::span(record, dataset.as_of);
        let (first, last) = (span.first?.days.earliest, span.last?.days.latest);
        if last.count().saturating_sub(first.count()) > DAYS {
            return None;
        }
        let is_person =
            |actor: &&'a Ref<Actor>| dataset.get(*actor).is_some_and(|(.., actor)| actor.r#type == ActorType::Person);
        let people = event.participants.keys().filter(is_person).map(AsRef::as_ref);
        let (people, places) = (sorted(people), sorted(places.iter().map(|place: &Ref<Place>| place.as_ref())));
        (!people.is_empty()).then_some(Self { r#type: event.r#type, people, places, first, last })
    }

    /// Whether most of the people are the same, and all else.
    fn is_alike(&self, other: &Self) -> bool {
        let people = shared(&self.people, &other.people);
        self.r#type == other.r#type
            && self.first <= other.last
            && other.first <= self.last
            && people * 3 >= self.people.len().min(other.people.len()) * 2
            && shared(&self.places, &other.places) > 0
    }
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = ids.take(SIDES).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn shared(one: &[&str], other: &[&str]) -> usize {
    one.iter().filter(|id| other.binary_search(id).is_ok()).count()
}

/// Calls `visit` for each pair of events of one type with the same people, place and days. The events are sorted by their
/// first possible day.
pub(super) fn each_meeting(events: &[Option<&Circumstances<'_>>], visit: &mut impl FnMut(usize, usize)) {
    let mut by_person: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, event) in events.iter().enumerate() {
        let people = event.iter().flat_map(|event| &event.people);
        people.for_each(|person| by_person.entry(person).or_default().push(index));
    }
    // For each event, the last one that was compared with it.
    let mut compared = vec![usize::MAX; events.len()];
    for (index, event) in events.iter().enumerate() {
        let Some(event) = event else { continue };
        let later = event.people.iter().flat_map(|person| {
            let all = by_person.get(person).map_or(&[][..], Vec::as_slice);
            all[all.partition_point(|other| *other <= index)..].iter().take(NEIGHBOURS)
        });
        let new = later.filter(|other| std::mem::replace(&mut compared[**other], index) != index);
        for other in new.take(COMPARISONS) {
            if events[*other].is_some_and(|other| event.is_alike(other)) {
                visit(index, *other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(people: &[&'static str], place: &'static str, first: u32, last: u32) -> Circumstances<'static> {
        let day = |day| Day::new(2019, 1, day).expect("a day");
        let (people, places) = (sorted(people.iter().copied()), vec![place]);
        Circumstances { r#type: EventType::Visit, people, places, first: day(first), last: day(last) }
    }

    #[test]
    fn events_are_alike_by_people_place_and_days() {
        let all = [
            event(&["bourita", "stoltenberg"], "rabat", 1, 3),
            event(&["stoltenberg"], "rabat", 3, 4),
            event(&["stoltenberg"], "rabat", 5, 6),
            event(&["stoltenberg"], "tangier", 5, 6),
            event(&["bourita", "someone", "stoltenberg"], "rabat", 6, 6),
            event(&["another", "stoltenberg", "third"], "rabat", 6, 6),
        ];
        let mut found = Vec::new();
        each_meeting(&all.iter().map(Some).collect::<Vec<_>>(), &mut |one, other| found.push((one, other)));
        assert_eq!(found, [(0, 1), (2, 4), (2, 5)]);
    }
}
