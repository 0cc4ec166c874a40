//! Events of one type with the same people, at one place and on the same days: one event, whatever its names say.

use hashbrown::{HashMap, HashSet};

use super::sides::SIDES;
use crate::dataset::{Dataset, Field, LinkEnd, RecordType, Summary, Way};
use crate::lint::SummaryContext;
use crate::record::{ActorType, EventType};
use crate::value::Day;

/// How many later events of one person an event is compared with.
const NEIGHBOURS: usize = 64;
/// How many later events an event is compared with at most, whatever the number of its people.
const COMPARISONS: usize = 256;
/// The most days that an event may take, or its date leave open. A month has many meetings of one person.
const DAYS: i32 = 31;

/// The people, the place and the days of an event.
#[derive(Debug)]
pub(super) struct Circumstances {
    r#type: EventType,
    /// The people, in the order of their ids.
    people: Vec<LinkEnd>,
    /// The places, sorted.
    places: Vec<LinkEnd>,
    first: Day,
    last: Day,
}

impl Circumstances {
    /// `None` for what is no event, and for an event whose people, place or days are not known.
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
        let people = people(dataset, summary);
        (!places.is_empty() && !people.is_empty()).then_some(Self { r#type, people, places, first, last })
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

/// Each pair of events of one type with the same people, place and days. The events are sorted by their first possible
/// day.
pub(super) fn meetings(events: &[Option<&Circumstances>]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut by_person: HashMap<LinkEnd, Vec<usize>> = HashMap::new();
    for (index, event) in events.iter().enumerate() {
        let people = event.iter().flat_map(|event| &event.people);
        people.for_each(|person| by_person.entry(*person).or_default().push(index));
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
        let alike = new.take(COMPARISONS).filter(|other| events[**other].is_some_and(|other| event.is_alike(other)));
        found.extend(alike.map(|other| (index, *other)));
    }
    found
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
    fn events_are_alike_by_people_place_and_days() {
        let all = [
            event(&["bourita", "stoltenberg"], "rabat", 1, 3),
            event(&["stoltenberg"], "rabat", 3, 4),
            event(&["stoltenberg"], "rabat", 5, 6),
            event(&["stoltenberg"], "tangier", 5, 6),
            event(&["bourita", "someone", "stoltenberg"], "rabat", 6, 6),
            event(&["another", "stoltenberg", "third"], "rabat", 6, 6),
        ];
        let found = meetings(&all.iter().map(Some).collect::<Vec<_>>());
        assert_eq!(found, [(0, 1), (2, 4), (2, 5)]);
    }
}
