//! The participants of a record, as the sides for which they stand.

use hashbrown::{HashMap, HashSet};

use crate::dataset::{Dataset, Field, LinkEnd, RecordType, Summary};
use crate::lint::SummaryContext;

/// How many sides of an actor, and of a record, are considered. No visit has more; a hostile record has ten thousand
/// participants who each hold thousands of offices.
pub(super) const SIDES: usize = 256;

/// A side: a country, or a body without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    Country([u8; 2]),
    Body(LinkEnd),
}

/// Sides by number, and the sides of each actor that was looked up.
#[derive(Debug, Default)]
pub(super) struct NamedSides {
    numbers: HashMap<Side, u32>,
    of_actor: HashMap<LinkEnd, Vec<u32>>,
}

impl NamedSides {
    /// The sides of an event, an activity or an agreement.
    pub(super) fn of(&mut self, dataset: &Dataset, summary: &Summary) -> Option<Vec<u32>> {
        use RecordType::{Activity, Agreement, Event};
        if !matches!(summary.r#type, Event(..) | Activity(..) | Agreement(_)) {
            return None;
        }
        let mut sides = Vec::new();
        for (actor, _) in (SummaryContext { summary, dataset }).taking_part() {
            sides.extend_from_slice(self.of_actor(dataset, actor));
        }
        sides.sort_unstable();
        sides.dedup();
        sides.truncate(SIDES);
        Some(sides)
    }

    fn of_actor(&mut self, dataset: &Dataset, actor: LinkEnd) -> &[u32] {
        let Self { numbers, of_actor } = self;
        of_actor.entry(actor).or_insert_with(|| {
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
fn stands_for(dataset: &Dataset, actor: LinkEnd) -> Vec<Side> {
    let mut sides = Vec::new();
    let mut bodies = vec![actor];
    let mut known: HashSet<LinkEnd> = HashSet::new();
    known.insert(actor);
    while let Some(body) = bodies.pop() {
        let Some(summary) = dataset.summary_of(body) else {
            sides.push(Side::Body(body));
            continue;
        };
        if let Some(country) = summary.country {
            sides.push(Side::Country(country));
            continue;
        }
        let named_in = |field| summary.links.iter().filter(move |link| link.field() == field).map(|link| link.end());
        let mut above = named_in(Field::Offices).chain(named_in(Field::PartOf)).peekable();
        if above.peek().is_none() {
            sides.push(Side::Body(body));
        }
        for body in above {
            let is_new = known.len() < SIDES && known.insert(body);
            bodies.extend(is_new.then_some(body));
        }
    }
    // A circle stands for nobody but itself.
    if sides.is_empty() { vec![Side::Body(actor)] } else { sides }
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
