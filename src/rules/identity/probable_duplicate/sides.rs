//! The participants of a record, as the sides for which they stand.

use hashbrown::{HashMap, HashSet};

use crate::dataset::Dataset;
use crate::record::{Actor, Body};
use crate::value::{NonEmptyMap, Ref};

/// How many sides of an actor, and of a record, are considered. No visit has more; a hostile record has ten thousand
/// participants who each hold thousands of offices.
pub(super) const SIDES: usize = 256;

/// Sides by number, and the sides of each actor that was looked up.
#[derive(Debug, Default)]
pub(super) struct NamedSides<'a> {
    numbers: HashMap<&'a str, u32>,
    of_actor: HashMap<&'a str, Vec<u32>>,
}

impl<'a> NamedSides<'a> {
    /// The sides of an event, an activity or an agreement.
    pub(super) fn of(&mut self, dataset: &'a Dataset, body: &'a Body) -> Option<Vec<u32>> {
        let mut sides = Vec::new();
        let mut add = |actor: &'a Ref<Actor>| sides.extend_from_slice(self.of_actor(dataset, actor));
        match body {
            Body::Event(event) => {
                event.participants.iter().for_each(|(actor, part)| add(part.r#for.as_deref().unwrap_or(actor)));
            }
            Body::Activity(activity) => {
                activity.participants.iter().for_each(|(actor, part)| add(part.r#for.as_deref().unwrap_or(actor)));
            }
            Body::Agreement(agreement) => agreement.parties.keys().for_each(add),
            _ => return None,
        }
        sides.sort_unstable();
        sides.dedup();
        sides.truncate(SIDES);
        Some(sides)
    }

    fn of_actor(&mut self, dataset: &'a Dataset, actor: &'a Ref<Actor>) -> &[u32] {
        let Self { numbers, of_actor } = self;
        of_actor.entry(actor.as_ref()).or_insert_with(|| {
            let number = |side| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(side).or_insert(next)
            };
            stands_for(dataset, actor).into_iter().map(number).collect()
        })
    }
}

/// The sides for which an actor stands: its country, or else the sides of the bodies of a person's offices and of its
/// parent body, or else itself. Where one contributor names the state, another names its minister. Each body is visited
/// once, so that circles end; bodies beyond the first [`SIDES`] are ignored.
fn stands_for<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>) -> Vec<&'a str> {
    let mut sides = Vec::new();
    let mut bodies = vec![actor];
    let mut known: HashSet<&str> = HashSet::new();
    known.insert(actor.as_ref());
    while let Some(body) = bodies.pop() {
        let Some((.., fields)) = dataset.get(body) else {
            sides.push(body.as_ref());
            continue;
        };
        if let Some(country) = &fields.country {
            sides.push(country.as_ref());
            continue;
        }
        let offices = fields.offices.iter().flat_map(NonEmptyMap::values).map(|office| &office.organisation);
        let mut above = offices.chain(&fields.part_of).peekable();
        if above.peek().is_none() {
            sides.push(body.as_ref());
        }
        for body in above {
            let is_new = known.len() < SIDES && known.insert(body.as_ref());
            bodies.extend(is_new.then_some(body));
        }
    }
    // A circle stands for nobody but itself.
    if sides.is_empty() { vec![actor.as_ref()] } else { sides }
}

/// How many sides are in both lists, which are sorted.
pub(super) fn shared(one: &[u32], other: &[u32]) -> usize {
    let mut rest = other.iter().peekable();
    let is_there = |side: &&u32| {
        while rest.next_if(|other| other < side).is_some() {}
        rest.peek() == Some(side)
    };
    one.iter().filter(is_there).count()
}
