//! Which records are compared: those that share a rare word and are neighbours in time.

use super::lexicon::{Lexicon, Name};
use crate::parallel;
use crate::value::Day;

/// How many days may lie between two records of one thing.
const DAYS: i32 = 3;
/// How many neighbours in time each rare word of a record yields. The limit keeps the work in proportion to the number
/// of records, whatever their names.
const NEIGHBOURS: usize = 64;
/// How many later records a record is compared with at most, whatever the number of its rare words.
const COMPARISONS: usize = 256;

/// What decides whether a record is compared with another one.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The first day on which the record may have begun.
    pub(super) earliest: Day,
    /// The last day on which it may have begun.
    pub(super) latest: Day,
    pub(super) name: Name,
}

/// What `compare` says of each pair of things that share a rare word and are neighbours in time, in the order of the things.
/// Each pair is compared once.
pub(super) fn of_pairs<T: AsRef<Candidate> + Sync, C: Send>(
    things: &[T],
    lexicon: &Lexicon,
    compare: impl Fn(usize, usize) -> Option<C> + Sync,
) -> Vec<C> {
    let index = RareWords::of(things, lexicon);
    parallel::in_parts(things.len(), &|part| {
        // For each thing, the last one that was compared with it.
        let mut compared = vec![usize::MAX; things.len()];
        let mut found = Vec::new();
        for this in part {
            let until = things[this].as_ref().latest.plus(DAYS);
            let neighbours = index.sharing(this).flat_map(|sharing| {
                let later = sharing.iter().map(|(_, other)| *other as usize);
                later.take_while(|other| things[*other].as_ref().earliest <= until)
            });
            let new = neighbours.filter(|other| std::mem::replace(&mut compared[*other], this) != this);
            found.extend(new.take(COMPARISONS).filter_map(|other| compare(this, other)));
        }
        found
    })
}

/// Which things have which rare word.
struct RareWords {
    /// Each rare word with each thing whose name has it, in order.
    uses: Vec<(u32, u32)>,
    /// The positions in `uses` of the words of each thing, thing after thing.
    positions: Vec<u32>,
    /// Where the positions of each thing begin; the last value is where they end.
    starts: Vec<usize>,
}

impl RareWords {
    fn of<T: AsRef<Candidate>>(things: &[T], lexicon: &Lexicon) -> Self {
        let (mut uses, mut starts) = (Vec::new(), vec![0]);
        for (index, thing) in (0..).zip(things) {
            uses.extend(lexicon.rare(&thing.as_ref().name).map(|word| (word, index)));
            starts.push(uses.len());
        }
        // Things are in the order of time, and so are those with one word.
        uses.sort_unstable();
        let mut positions = vec![0; uses.len()];
        let mut next = starts.clone();
        for (position, (_, index)) in (0..).zip(&uses) {
            let next = &mut next[*index as usize];
            positions[*next] = position;
            *next += 1;
        }
        Self { uses, positions, starts }
    }

    /// For each rare word of a thing, the rarest first, the next things that have the word.
    fn sharing(&self, thing: usize) -> impl Iterator<Item = &[(u32, u32)]> {
        let positions = &self.positions[self.starts[thing]..self.starts[thing + 1]];
        positions.iter().map(|position| {
            let (word, later) = (self.uses[*position as usize].0, &self.uses[*position as usize + 1..]);
            &later[..later.iter().take(NEIGHBOURS).take_while(|(other, _)| *other == word).count()]
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::lexicon::Counts;
    use super::super::words;
    use super::*;

    impl AsRef<Self> for Candidate {
        fn as_ref(&self) -> &Self {
            self
        }
    }

    /// How often each pair of these names is compared, all on one day.
    fn compared(names: impl Iterator<Item = String>) -> BTreeMap<(usize, usize), usize> {
        let day = Day::new(2019, 1, 22).expect("a day");
        let mut counts = Counts::default();
        let mut all: Vec<Candidate> = names
            .map(|name| Candidate { earliest: day, latest: day, name: counts.add(words::prints(&name).into_iter()) })
            .collect();
        let lexicon = counts.rank(all.iter_mut().map(|one| &mut one.name));
        let mut pairs = BTreeMap::new();
        let found = of_pairs(&all, &lexicon, |one, other| Some((one, other)));
        found.into_iter().for_each(|pair| *pairs.entry(pair).or_default() += 1);
        pairs
    }

    /// A name of that many words, in an order of its own for each record.
    fn shuffled(words: usize, turn: usize) -> String {
        (0..words).map(|n| format!("word{}", (n * 7 + turn) % words)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_pair_of_long_names_is_compared_once() {
        let pairs = compared((0..65).map(|turn| shuffled(40, turn)));
        assert_eq!(pairs.len(), 65 * 64 / 2);
        assert!(pairs.values().all(|times| *times == 1), "{pairs:?}");
    }

    #[test]
    fn a_record_of_many_words_is_compared_with_so_many_others() {
        // Each word is in a few names, and next to other words than the word before it.
        let word = |n: usize, k: usize| format!("x{k}y{} ", n * (2 * k + 1) % 1_024 / 64);
        let pairs = compared((0..1_024).map(|n| (0..40).map(|k| word(n, k)).collect()));
        let mut of_one: BTreeMap<usize, usize> = BTreeMap::new();
        pairs.keys().for_each(|(one, _)| *of_one.entry(*one).or_default() += 1);
        let most = of_one.values().max().copied();
        assert_eq!(most, Some(COMPARISONS));
    }
}
