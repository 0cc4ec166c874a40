//! Bytes as a row of choices. Where they end, every choice is the first and simplest one.

/// The bytes that are left.
pub(super) struct Choices<'b>(&'b [u8]);

impl<'b> Choices<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// One item of a list.
    pub(super) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::from(self.byte()) % all.len()]
    }

    /// Yes in one of `n` cases.
    pub(super) fn one_in(&mut self, n: u8) -> bool {
        self.byte() % n == n - 1
    }
}
