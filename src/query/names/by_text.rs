//! Numbers by texts, without the texts: of each text, only a fingerprint is kept.

use crate::dataset::fingerprint;

/// Numbers by texts. One sorted list takes a fraction of the time and the memory of a table with a text and a list of
/// numbers in each place.
#[derive(Debug, Default)]
pub(super) struct ByText(Vec<(u64, u32)>);

impl ByText {
    /// Adds a number. It is found once everything is [sorted](Self::sort).
    pub(super) fn add(&mut self, text: &str, number: u32) {
        self.0.push((fingerprint(text), number));
    }

    /// Sorts what was added, and keeps each number once for a text.
    pub(super) fn sort(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
        self.0.shrink_to_fit();
    }

    /// The numbers of a text, in ascending order.
    pub(super) fn of(&self, text: &str) -> impl Iterator<Item = u32> {
        let print = fingerprint(text);
        let first = self.0.partition_point(|(other, _)| *other < print);
        self.0[first..].iter().take_while(move |(other, _)| *other == print).map(|(_, number)| *number)
    }
}
