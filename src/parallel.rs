//! Work on all cores, where the library may use them (the feature `parallel`); else one thing after another.

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
pub(crate) fn in_parts<T: Send>(things: usize, work: &(impl Fn(std::ops::Range<usize>) -> Vec<T> + Sync)) -> Vec<T> {
    /// What is so small is not worth a division.
    const SMALL: usize = 4096;
    part(0..things, things.div_ceil(8).max(SMALL), work)
}

fn part<T: Send>(
    range: std::ops::Range<usize>,
    most: usize,
    work: &(impl Fn(std::ops::Range<usize>) -> Vec<T> + Sync),
) -> Vec<T> {
    if range.len() <= most {
        return work(range);
    }
    let middle = range.start + range.len() / 2;
    let (mut first, second) = join(|| part(range.start..middle, most, work), || part(middle..range.end, most, work));
    first.extend(second);
    first
}
