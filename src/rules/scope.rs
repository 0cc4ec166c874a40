//! Which rules over several records run. Decided before any of them runs, so that a rule that is switched off costs
//! nothing.

use super::RULES;
use crate::lint::{Check, Rule};

/// Which rules run, and whether they also report what is only possibly so.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// A bit for each rule that does not run, by its index in the list.
    off: u128,
    /// Whether the rules also report what is so only on some readings of the dates.
    pub possible: bool,
}

const _: () = assert!(RULES.len() <= u128::BITS as usize);

impl Scope {
    /// Every rule, and only certain findings.
    pub const ALL: Self = Self { off: 0, possible: false };

    /// The rules for which `runs` is true.
    pub fn of(mut runs: impl FnMut(&'static Rule) -> bool, possible: bool) -> Self {
        let off = RULES.iter().enumerate().filter(|(_, (rule, _))| !runs(rule));
        Self { off: off.fold(0, |off, (index, _)| off | 1 << index), possible }
    }

    /// Whether a rule runs that needs records, and not only their summaries. Rules over history run only beside others.
    pub fn needs_records(self) -> bool {
        let needs = |check: Check| matches!(check, Check::Record(_) | Check::Dataset(_));
        RULES.iter().enumerate().any(|(index, (_, check))| self.has(index) && needs(*check))
    }

    /// Whether the rule at that index of the list runs.
    pub(super) fn has(self, index: usize) -> bool {
        self.off >> index & 1 == 0
    }
}
