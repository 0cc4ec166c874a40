//! Which rules run. Decided before anything is checked, so that what is switched off costs nothing.

use super::RULES;
use crate::lint::Rule;

/// Which rules run, and whether they also tell what is only possibly so.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// A bit for each rule that does not run, by its place in the list.
    off: u128,
    /// Whether they also tell what is so on some readings of the dates only.
    pub possible: bool,
}

const _: () = assert!(RULES.len() <= u128::BITS as usize);

impl Scope {
    /// Every rule, and only what is certain.
    pub const ALL: Self = Self { off: 0, possible: false };

    /// The rules for which the answer is yes.
    pub fn of(mut runs: impl FnMut(&'static Rule) -> bool, possible: bool) -> Self {
        let off = RULES.iter().enumerate().filter(|(_, (rule, _))| !runs(rule));
        Self { off: off.fold(0, |off, (index, _)| off | 1 << index), possible }
    }

    /// Whether the rule at that place of the list runs.
    pub(super) fn has(self, index: usize) -> bool {
        self.off >> index & 1 == 0
    }
}
