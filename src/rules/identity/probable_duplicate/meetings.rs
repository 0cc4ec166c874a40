//! Events of one type with the same people, at one place and on the same days: one event, whatever its names say. Where the
//! people of one of the two are not known, the days must be equal, and the caller compares the sides.

use hashbrown::{HashMap, HashSet};

use super::join::Likeness;
use super::sides::SIDES;
use crate::dataset::{Dataset, Field, LinkEnd, RecordType, Summary, Way};
use crate::lint::SummaryContext;
use crate::record::{ActorType, EventType};
use crate::value::Day;

/// How many later events of one person, or at one place, an event is compared with.
const NEIGHBOURS: usize = 64;
/// How many later events an event is compared with at most, whatever the number of its people and places.
const COMPARISONS: usize = 256;
/// The most days that an event may take, or its date leave open. A month has many meetings of one person.
const DAYS: i32 = 31;

/// The people, the place and the days of an event.
#[derive(Debug)]
pub(super) struct Circumstances {
    r#type: EventType,
    /// The people, in the order of their ids; none where they are not known.
    people: Vec<LinkEnd>,
    /// The places, sorted.
    places: Vec<LinkEnd>,
    first: Day,
    last: Day,
}

impl Circumstances {
    /// `None` for what is no event, and for an event whose place or days are not known.
    pub(super) fn of(dataset: &Dataset, summary: &Summary) -> Option<Self> {
        let RecordType::Event(r#type, _) = summary.r#type else { return None };
        let ((first, _), last) = (summary.begun?, summary.span.last);
        if last.count().saturating_sub(first.count()) > DAYS {
            return None;
        }
        let places = summary.links.iter().filter(|link| link.field() == Field::Places).map(|link| link.end());
        let mut places: Vec<LinkEnd> = places.take(SIDES).collect();
        places.sort_unstable();
        places.dedup();
        (!places.is_empty()).then(|| Self { r#type, people: people(dataset, summary), places, first, last })
    }

    /// How two events are alike, if they are.
    fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.r#type != other.r#type || shared(&self.places, &other.places) == 0 {
            return None;
        }
        if self.people.is_empty() || other.people.is_empty() {
            return ((self.first, self.last) == (other.first, other.last)).then_some(Likeness::Sides);
        }
        let most = shared(&self.people, &other.people) * 3 >= self.people.len().min(other.people.len()) * 2;
        (most && self.first <= other.last && other.first <= self.last).then_some(Likeness::People)
    }
}

/// The people that take part, in the order of their ids, which does not depend on that of the records.
fn people(dataset: &Dataset, summary: &Summary) -> Vec<LinkEnd> {
    let kept = SummaryContext { summary, dataset };
    let participants = kept.acting().filter_map(|(acted, actor)| {
        let is_person = actor.is_some_and(|actor| actor.r#type == RecordType::Actor(ActorType::Person));
        let link = &summary.links[acted.link as usize];
        (is_person && matches!(acted.way, Way::Participant | Way::Missed)).then(|| link.end())
    });
    let mut people: Vec<LinkEnd> = participants.take(SIDES).collect();
    if people.len() > 1 {
        let id = |person: &LinkEnd| dataset.get_entry(person.entry()?)?.key.as_ref().map(|key| &key.id);
        people.sort_by(|one, other| id(one).cmp(&id(other)));
        people.dedup();
    }
    people
}

/// How many of some are among others. Nearly all events have one or two people; a hostile one has hundreds.
fn shared(one: &[LinkEnd], other: &[LinkEnd]) -> usize {
    if other.len() > 16 {
        let other: HashSet<&LinkEnd> = other.iter().collect();
        return one.iter().filter(|id| other.contains(id)).count();
    }
    one.iter().filter(|id| other.contains(id)).count()
}

/// Each pair of events that are alike, and how. The events are sorted by their first possible day.
pub(super) fn meetings(events: &[Option<&Circumstances>]) -> Vec<(usize, usize, Likeness)> {
    let mut found = Vec::new();
    // An event whose people are not known can only be found by its places.
    let (mut by_person, mut by_place) = (EventsOf::default(), EventsOf::default());
    for (index, event) in events.iter().enumerate() {
        let Some(event) = event else { continue };
        event.people.iter().for_each(|person| by_person.add(*person, index));
        event.places.iter().for_each(|place| by_place.add(*place, index));
    }
    // For each event, the last one that was compared with it.
    let mut compared = vec![usize::MAX; events.len()];
    for (index, event) in events.iter().enumerate() {
        let Some(event) = event else { continue };
        let begins_then = |other: &&usize| events[**other].is_some_and(|other| other.first == event.first);
        let with_people = event.people.iter().flat_map(|person| by_person.after(person, index));
        let at_place = event.places.iter().flat_map(|place| by_place.after(place, index).take_while(begins_then));
        let new = with_people.chain(at_place).filter(|other| std::mem::replace(&mut compared[**other], index) != index);
        found.extend(new.take(COMPARISONS).filter_map(|other| Some((index, *other, event.likeness(events[*other]?)?))));
    }
    found
}

/// The events of each person, or at each place, in the order of the events.
#[derive(Default)]
struct EventsOf(HashMap<LinkEnd, Vec<usize>>);

impl EventsOf {
    fn add(&mut self, key: LinkEnd, event: usize) {
        self.0.entry(key).or_default().push(event);
    }

    /// The next events after one.
    fn after(&self, key: &LinkEnd, event: usize) -> impl Iterator<Item = &usize> {
        let all = self.0.get(key).map_or(&[][..], Vec::as_slice);
        all[all.partition_point(|other| *other <= event)..].iter().take(NEIGHBOURS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::record::Target;

    fn event(people: &[&str], place: &str, first: u32, last: u32) -> Circumstances {
        let day = |day| Day::new(2019, 1, day).expect("a day");
        let end = |kind, id: &str| LinkEnd::of(Target { kind, id });
        let people = people.iter().map(|id| end(Kind::Actor, id)).collect();
        let places = vec![end(Kind::Place, place)];
        Circumstances { r#type: EventType::Visit, people, places, first: day(first), last: day(last) }
    }

    #[test]
    fn events_are_alike_by_people_or_sides_and_place_and_days() {
        let all = [
            event(&["bourita", "stoltenberg"], "rabat", 1, 3),
            event(&["stoltenberg"], "rabat", 3, 4),
            event(&["stoltenberg"], "rabat", 5, 6),
            event(&["stoltenberg"], "tangier", 5, 6),
            event(&["bourita", "someone", "stoltenberg"], "rabat", 6, 6),
            event(&["another", "stoltenberg", "third"], "rabat", 6, 6),
            event(&[], "rabat", 7, 7),
            event(&[], "rabat", 7, 7),
            event(&[], "rabat", 7, 8),
            event(&["bourita"], "rabat", 7, 7),
        ];
        let found = meetings(&all.iter().map(Some).collect::<Vec<_>>());
        let pairs: Vec<_> =
            found.into_iter().map(|(one, other, likeness)| (one, other, likeness == Likeness::Sides)).collect();
        assert_eq!(pairs, [(0, 1, false), (2, 4, false), (2, 5, false), (6, 7, true), (6, 9, true), (7, 9, true)]);
    }
}
