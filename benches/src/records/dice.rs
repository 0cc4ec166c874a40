//! Numbers that look random and follow from a seed and an index alone.

use std::ops::RangeInclusive;

/// A stream of numbers (`SplitMix64`).
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The stream of a seed and a place. Different places have different streams.
    pub(super) fn new(seed: u64, place: [u64; 3]) -> Self {
        let mut dice = Self(seed);
        for part in place {
            let word = dice.next();
            dice.0 = word ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below the bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or(0)
    }

    /// A number of the range.
    pub(super) fn within(&mut self, range: RangeInclusive<i32>) -> i32 {
        let width = u64::from(range.end().abs_diff(*range.start())) + 1;
        range.start() + i32::try_from(self.next() % width).unwrap_or(0)
    }

    /// Whether an event with this probability in percent occurs.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One item of a list.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Some items of a list, in order: at least one and at most `most`.
    pub(super) fn some<'a, T>(&mut self, items: &'a [T], most: usize) -> Vec<&'a T> {
        let wanted = 1 + self.below(most.min(items.len()));
        let mut chosen: Vec<usize> = Vec::new();
        while chosen.len() < wanted {
            let index = self.below(items.len());
            if !chosen.contains(&index) {
                chosen.push(index);
            }
        }
        chosen.sort_unstable();
        chosen.into_iter().map(|index| &items[index]).collect()
    }
}
