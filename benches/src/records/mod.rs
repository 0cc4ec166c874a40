//! Invented records. Each record follows from a seed and its number alone, so that references need no list of earlier
//! records.

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

/// The least number of records, at least `count`, that ends with a complete town. In an incomplete town, no record
/// would refer to some sources, places and people.
pub fn whole(count: u64) -> u64 {
    world::SIZE + count.saturating_sub(world::SIZE).next_multiple_of(block::SIZE)
}

/// The record with a number: valid, without findings, and with references only to records with lower numbers.
pub fn record(seed: u64, number: u64) -> Value {
    let index = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    match number.checked_sub(world::SIZE) {
        None => world::record(index(number)),
        Some(rest) => block::Block::new(seed, rest / block::SIZE).record(index(rest % block::SIZE)),
    }
}
