//! Events, activities and agreements that are alike: a set-similarity join. Two names can only be alike when they share
//! one of their rare words, so only records that do are compared, and of those only neighbours in time.

use hashbrown::HashMap;

use crate::dataset::Dataset;
use crate::query::time;
use crate::record::{Actor, Body};
use crate::value::{Bounds, Day, Keyed, Ref};
use super::lexicon::{Counts, Lexicon, Name};
use super::{are_told_apart, named, Named};

/// How alike the names of an event, an activity and an agreement must be among each other. A text and its signing, a
/// project and its first meeting have much of their names in common.
const ALIKE_ACROSS_KINDS: f64 = 0.75;
/// How many days may lie between two records of one thing.
const DAYS: i32 = 3;
/// What is made of a date with an open end: some day of the year before "by then", or after "since then".
const YEAR: i32 = 366;
/// With how many neighbours in time a record is compared for each of its rare words: it keeps the work in proportion to
/// the number of records, whatever they are called.
const NEIGHBOURS: usize = 64;

/// A record with what it is compared by.
#[derive(Debug)]
struct Thing<'a> {
    named: Named<'a>,
    /// The first day on which it may have begun.
    earliest: Day,
    /// The last.
    latest: Day,
    name: Name,
    /// Those who take part, by side.
    sides: Vec<u32>,
}

/// Each record that is like an earlier one, with the one it is most like.
pub(crate) fn alike(dataset: &Dataset) -> Vec<(Named<'_>, Named<'_>)> {
    let (things, lexicon) = collect(dataset);
    let mut rare: Vec<(u32, usize)> = Vec::new();
    for (index, thing) in things.iter().enumerate() {
        rare.extend(lexicon.rare(&thing.name).map(|word| (word, index)));
    }
    // Things stand in the order of time, so that those with one word do as well.
    rare.sort_unstable();
    let mut best: Vec<Option<(f64, Named<'_>)>> = vec![None; things.len()];
    for (position, (word, index)) in rare.iter().enumerate() {
        let one = &things[*index];
        let until = one.latest.plus(DAYS);
        let same_word = rare[position + 1..].iter().take_while(|(other, _)| other == word);
        let neighbours = same_word.take_while(|(_, other)| things[*other].earliest <= until);
        for (_, other_index) in neighbours.take(NEIGHBOURS) {
            let other = &things[*other_index];
            let Some(score) = likeness(&lexicon, one, other) else { continue };
            let other_is_later = one.named.entry.id < other.named.entry.id;
            let (late, early) = if other_is_later { (*other_index, one.named) } else { (*index, other.named) };
            let better =
                best[late].is_none_or(|(most, by)| score > most || (score >= most && early.entry.id < by.entry.id));
            if better && !are_told_apart(one.named, other.named) {
                best[late] = Some((score, early));
            }
        }
    }
    things.iter().zip(best).filter_map(|(late, best)| best.map(|(_, early)| (late.named, early))).collect()
}

/// By name, where at least two thirds of the sides of the one with fewer are on the other as well.
fn likeness(lexicon: &Lexicon, one: &Thing<'_>, other: &Thing<'_>) -> Option<f64> {
    let shared = one.sides.iter().filter(|side| other.sides.contains(side)).count();
    let fewer = one.sides.len().min(other.sides.len());
    if shared == 0 || shared * 3 < fewer * 2 {
        return None;
    }
    let score = lexicon.likeness(&one.name, &other.name)?;
    let same_kind = one.named.key.kind == other.named.key.kind;
    (same_kind || score >= ALIKE_ACROSS_KINDS).then_some(score)
}

/// In the order of time.
fn collect(dataset: &Dataset) -> (Vec<Thing<'_>>, Lexicon) {
    let (mut things, mut counts, mut sides) = (Vec::new(), Counts::default(), Sides::default());
    for named in named(dataset) {
        let Some(taking_part) = sides.of(dataset, &named.record.body) else { continue };
        let Some(begins) = time::span(named.record, dataset.as_of).first else { continue };
        let Some(names) = named.record.envelope.names.as_ref() else { continue };
        let (earliest, latest) = within(&begins.days);
        things.push(Thing { named, earliest, latest, name: counts.add(names.english()), sides: taking_part });
    }
    things.sort_by_key(|thing: &Thing<'_>| (thing.earliest, thing.named.entry.id));
    let lexicon = counts.rank(things.iter_mut().map(|thing| &mut thing.name));
    (things, lexicon)
}

fn within(days: &Bounds) -> (Day, Day) {
    let (earliest, latest) = (days.earliest, days.latest);
    (
        if earliest == Day::NEVER { latest.plus(-YEAR) } else { earliest },
        if latest == Day::FOREVER { earliest.plus(YEAR) } else { latest },
    )
}

/// Sides by number, and those of each actor that was looked up.
#[derive(Debug, Default)]
struct Sides<'a> {
    numbers: HashMap<&'a str, u32>,
    of_actor: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Sides<'a> {
    /// The sides of an event, an activity or an agreement.
    fn of(&mut self, dataset: &'a Dataset, body: &'a Body) -> Option<Vec<u32>> {
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
        Some(sides)
    }

    fn of_actor(&mut self, dataset: &'a Dataset, actor: &'a Ref<Actor>) -> &[u32] {
        let Self { numbers, of_actor } = self;
        of_actor.entry(actor.as_ref()).or_insert_with(|| {
            let mut found = Vec::new();
            each_side(dataset, actor, 0, &mut |side| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                found.push(*numbers.entry(side).or_insert(next));
            });
            found
        })
    }
}

/// For whom an actor stands: its country, else those for whom the bodies of a person's offices and the body it is a part
/// of stand, else itself. Where one contributor names the state, another names its minister. What goes too deep is a
/// cycle, which is another rule's matter.
fn each_side<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>, depth: u8, visit: &mut impl FnMut(&'a str)) {
    let fields = dataset.get(actor).map(|(.., fields)| fields).filter(|_| depth < 8);
    let Some(fields) = fields else { return visit(actor.as_ref()) };
    if let Some(country) = &fields.country {
        return visit(country.as_ref());
    }
    let offices = fields.offices.iter().flat_map(Keyed::values).map(|office| &office.organisation);
    let mut above = offices.chain(&fields.part_of).peekable();
    if above.peek().is_none() {
        return visit(actor.as_ref());
    }
    above.for_each(|body| each_side(dataset, body, depth + 1, visit));
}
