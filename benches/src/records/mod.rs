//! Invented records, each of which follows from a seed and its number alone, so that references need no memory of what
//! was made before.

mod block;
mod dice;
mod draft;
mod events;
mod papers;
mod story;
mod town;
mod words;
mod world;

use serde_json::Value;

/// The least number of records, no less than `count`, that ends with a whole town: what a town has is used by what happens
/// there, so that of a town cut short some sources, places and people would be without use.
pub fn whole(count: u64) -> u64 {
    world::SIZE + count.saturating_sub(world::SIZE).next_multiple_of(block::SIZE)
}

/// The record of that number: valid, without a finding, and with references only to records of lower numbers.
pub fn record(seed: u64, number: u64) -> Value {
    let index = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    match number.checked_sub(world::SIZE) {
        None => world::record(index(number)),
        Some(rest) => block::Block::new(seed, rest / block::SIZE).record(index(rest % block::SIZE)),
    }
}
