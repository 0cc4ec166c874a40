//! Work on all cores, where the library may use them (the feature `parallel`); else one thing after another.

use std::ops::Range;

/// Does two things, perhaps at once.
#[cfg(feature = "parallel")]
pub(crate) fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

/// Does two things, one after the other.
#[cfg(not(feature = "parallel"))]
pub(crate) fn join<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
    (a(), b())
}

/// Does something for each part of so many things, perhaps for several parts at once. The results are in order.
pub(crate) fn in_parts<T: Send>(things: usize, work: &(impl Fn(Range<usize>) -> Vec<T> + Sync)) -> Vec<T> {
    /// So few things are not worth a division.
    const FEW: usize = 4096;
    /// More parts than most machines have cores, and few: each part may need memory for all things.
    const PARTS: usize = 8;
    part(0..things, things.div_ceil(PARTS).max(FEW), work)
}

fn part<T: Send>(range: Range<usize>, most: usize, work: &(impl Fn(Range<usize>) -> Vec<T> + Sync)) -> Vec<T> {
    if range.len() <= most {
        return work(range);
    }
    let middle = range.start + range.len() / 2;
    let (mut first, second) = join(|| part(range.start..middle, most, work), || part(middle..range.end, most, work));
    first.extend(second);
    first
}
