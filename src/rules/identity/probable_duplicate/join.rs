//! Similar events, activities and agreements: a set-similarity join. Two names are similar only if they share one of
//! their rare words, so only records that share one are compared, and of those only neighbours in time. Events with the
//! same people, or with the same sides at one place on one day, are compared whatever their names.

use super::lexicon::{Counts, Lexicon};
use super::meetings::{Circumstances, meetings};
use super::pairs::{Candidate, of_pairs};
use super::sides::{NamedSides, shared};
use super::{NamedRecord, are_distinct, named};
use crate::dataset::{Dataset, Entry, PrintOf};
use crate::parallel;
use crate::value::Day;

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
    /// The people, the place and the days of an event.
    circumstances: Option<Circumstances>,
}

/// Why two records are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// Their names.
    Names,
    /// Their people, type, place and days.
    People,
    /// Their sides, type, place and days.
    Sides,
}

/// A record, an earlier one that is like it, and why.
pub(crate) type Alike<'a> = (NamedRecord<'a>, NamedRecord<'a>, Likeness);

impl AsRef<Candidate> for Thing<'_> {
    fn as_ref(&self) -> &Candidate {
        &self.candidate
    }
}

/// Each record that is similar to another one, with the most similar one. Of a pair, the record stands first for which
/// `weight` is greater; of two that are equal, the later record.
pub(crate) fn alike(dataset: &Dataset, weight: impl Fn(&Entry) -> u8) -> Vec<Alike<'_>> {
    let (things, lexicon) = collect(dataset);
    let compare = |index: usize, other: usize| {
        likeness(&lexicon, &things[index], &things[other]).map(|score| (index, other, score))
    };
    let circumstances = || -> Vec<_> { things.iter().map(|thing| thing.circumstances.as_ref()).collect() };
    let (by_names, mut by_circumstances) =
        parallel::join(|| of_pairs(&things, &lexicon, compare), || meetings(&circumstances()));
    by_circumstances.retain(|(index, other, likeness)| {
        let (one, other) = (&things[*index], &things[*other]);
        have_same_sides(one, other) && (*likeness == Likeness::People || one.sides == other.sides)
    });
    let mut best: Vec<Option<(f64, NamedRecord<'_>, Likeness)>> = vec![None; things.len()];
    let mut add = |index: usize, other_index: usize, score: f64, likeness: Likeness| {
        let (one, other) = (things[index].named, things[other_index].named);
        let rank = |named: NamedRecord<'_>| (weight(named.entry), named.entry.id);
        let (own, by) = if rank(one) < rank(other) { (other_index, one) } else { (index, other) };
        let better =
            best[own].is_none_or(|(most, known, _)| score > most || (score >= most && by.entry.id < known.entry.id));
        if better && !are_distinct(dataset, one, other) {
            best[own] = Some((score, by, likeness));
        }
    };
    for (index, other_index, score) in by_names {
        add(index, other_index, score, Likeness::Names);
    }
    for (index, other_index, likeness) in by_circumstances {
        // Below the score of all names that are alike, which say more.
        add(index, other_index, 0.0, likeness);
    }
    things.iter().zip(best).filter_map(|(own, best)| best.map(|(_, by, likeness)| (own.named, by, likeness))).collect()
}

/// Whether at least two thirds of the sides of the record with fewer sides are in the other record.
fn have_same_sides(one: &Thing<'_>, other: &Thing<'_>) -> bool {
    let shared = shared(&one.sides, &other.sides);
    shared > 0 && shared * 3 >= one.sides.len().min(other.sides.len()) * 2
}

/// The similarity of the names of two records with the same sides.
fn likeness(lexicon: &Lexicon, one: &Thing<'_>, other: &Thing<'_>) -> Option<f64> {
    if !have_same_sides(one, other) {
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
        let Some(taking_part) = sides.of(dataset, named.summary) else { continue };
        let Some(begun) = named.summary.begun else { continue };
        let (earliest, latest) = within(begun);
        let words = named.summary.prints.iter().filter_map(|print| print.of(PrintOf::Word));
        let candidate = Candidate { earliest, latest, name: counts.add(words) };
        let circumstances = Circumstances::of(dataset, named.summary);
        things.push(Thing { named, candidate, sides: taking_part, circumstances });
    }
    // By small keys, and each thing is moved once.
    things.sort_by_cached_key(|thing: &Thing<'_>| (thing.candidate.earliest, thing.named.entry.id));
    let lexicon = counts.rank(things.iter_mut().map(|thing| &mut thing.candidate.name));
    (things, lexicon)
}

fn within((earliest, latest): (Day, Day)) -> (Day, Day) {
    (
        if earliest == Day::NEVER { latest.plus(-YEAR) } else { earliest },
        if latest == Day::FOREVER { earliest.plus(YEAR) } else { latest },
    )
}
