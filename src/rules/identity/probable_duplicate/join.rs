//! Similar events, activities and agreements: a set-similarity join. Two names are similar only if they share one of
//! their rare words, so only records that share one are compared, and of those only neighbours in time.

use super::lexicon::{Counts, Lexicon};
use super::pairs::{Candidate, each_pair};
use super::sides::{NamedSides, shared};
use super::{NamedRecord, are_distinct, named};
use crate::dataset::Dataset;
use crate::query::time;
use crate::value::{Bounds, Day};

/// The least similarity between the names of an event, an activity and an agreement. An agreement and its signing, or a
/// project and its first meeting, have much of their names in common.
const ALIKE_ACROSS_KINDS: f64 = 0.75;
/// How many days a date with an open end covers: the year before "by then", or after "since then".
const YEAR: i32 = 366;

/// A record with the values by which it is compared.
#[derive(Debug)]
struct Thing<'a> {
    named: NamedRecord<'a>,
    candidate: Candidate,
    /// The sides that take part.
    sides: Vec<u32>,
}

impl AsRef<Candidate> for Thing<'_> {
    fn as_ref(&self) -> &Candidate {
        &self.candidate
    }
}

/// Each record that is similar to an earlier one, with the most similar one.
pub(crate) fn alike(dataset: &Dataset) -> Vec<(NamedRecord<'_>, NamedRecord<'_>)> {
    let (things, lexicon) = collect(dataset);
    let mut best: Vec<Option<(f64, NamedRecord<'_>)>> = vec![None; things.len()];
    each_pair(&things, &lexicon, &mut |index, other_index| {
        let (one, other) = (&things[index], &things[other_index]);
        let Some(score) = likeness(&lexicon, one, other) else { return };
        let other_is_later = one.named.entry.id < other.named.entry.id;
        let (late, early) = if other_is_later { (other_index, one.named) } else { (index, other.named) };
        let better =
            best[late].is_none_or(|(most, by)| score > most || (score >= most && early.entry.id < by.entry.id));
        if better && !are_distinct(one.named, other.named) {
            best[late] = Some((score, early));
        }
    });
    things.iter().zip(best).filter_map(|(late, best)| best.map(|(_, early)| (late.named, early))).collect()
}

/// The similarity of names, where at least two thirds of the sides of the record with fewer sides are in the other
/// record.
fn likeness(lexicon: &Lexicon, one: &Thing<'_>, other: &Thing<'_>) -> Option<f64> {
    let shared = shared(&one.sides, &other.sides);
    let fewer = one.sides.len().min(other.sides.len());
    if shared == 0 || shared * 3 < fewer * 2 {
        return None;
    }
    let score = lexicon.likeness(&one.candidate.name, &other.candidate.name)?;
    let same_kind = one.named.key.kind == other.named.key.kind;
    (same_kind || score >= ALIKE_ACROSS_KINDS).then_some(score)
}

/// Sorts the records by time.
fn collect(dataset: &Dataset) -> (Vec<Thing<'_>>, Lexicon) {
    let (mut things, mut counts, mut sides) = (Vec::new(), Counts::default(), NamedSides::default());
    for named in named(dataset) {
        let Some(taking_part) = sides.of(dataset, &named.record.body) else { continue };
        let Some(begins) = time::span(named.record, dataset.as_of).first else { continue };
        let Some(names) = named.record.envelope.names.as_ref() else { continue };
        let (earliest, latest) = within(&begins.days);
        let candidate = Candidate { earliest, latest, name: counts.add(names.english()) };
        things.push(Thing { named, candidate, sides: taking_part });
    }
    things.sort_by_key(|thing: &Thing<'_>| (thing.candidate.earliest, thing.named.entry.id));
    let lexicon = counts.rank(things.iter_mut().map(|thing| &mut thing.candidate.name));
    (things, lexicon)
}

fn within(days: &Bounds) -> (Day, Day) {
    let (earliest, latest) = (days.earliest, days.latest);
    (
        if earliest == Day::NEVER { latest.plus(-YEAR) } else { earliest },
        if latest == Day::FOREVER { earliest.plus(YEAR) } else { latest },
    )
}
