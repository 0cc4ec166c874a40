//! How many whole checks the fixer makes.

use super::{Checked, FileTexts};

/// How many whole checks one run makes at most. Honest fixes settle in three or four, however many records have them; a
/// hostile record offers hundreds that are harmful one by one.
pub const CHECKS: usize = 12;

/// How many of these are kept for the end of a round: the first after the fixer gives up on every record that got
/// worse, and the second after it gives up on those that got worse because of that.
const LAST: usize = 2;

/// The check, and how often it may still be called.
pub(super) struct Checks<'c, E> {
    check: &'c dyn Fn(&FileTexts) -> Result<Checked, E>,
    left: usize,
}

impl<'c, E> Checks<'c, E> {
    pub(super) fn new(check: &'c dyn Fn(&FileTexts) -> Result<Checked, E>) -> Self {
        Self { check, left: CHECKS }
    }

    /// A check of the dataset with these texts; `None` when no check is left.
    pub(super) fn check(&mut self, texts: &FileTexts) -> Result<Option<Checked>, E> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        (self.check)(texts).map(Some)
    }

    /// Whether the checks that are left are those kept for the end of a round.
    pub(super) fn are_nearly_spent(&self) -> bool {
        self.left <= LAST
    }
}
