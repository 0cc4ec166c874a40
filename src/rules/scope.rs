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

    /// The rules of a set that run, by their indices, in the order of the list.
    pub(super) fn of_set(self, set: RuleSet) -> impl Iterator<Item = usize> {
        let mut rest = set.0 & !self.off;
        std::iter::from_fn(move || {
            let next = (rest != 0).then_some(rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            next
        })
    }

    /// Whether the rule at that index of the list runs.
    pub(super) fn has(self, index: usize) -> bool {
        self.off >> index & 1 == 0
    }
}

/// The rules that see the same: a bit for each, by its index in the list. For a small record, to look at each rule of the
/// list would cost more than to run the few rules of a set.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleSet(u128);

macro_rules! rules_with {
    ($check:pat) => {{
        let (mut set, mut index) = (0, 0);
        while index < RULES.len() {
            if matches!(RULES[index].1, $check) {
                set |= 1 << index;
            }
            index += 1;
        }
        RuleSet(set)
    }};
}

impl RuleSet {
    /// The rules over one record as it was read.
    pub(super) const DOCUMENT: Self = rules_with!(Check::Document(_));
    /// The rules over one record alone.
    pub(super) const ALONE: Self = rules_with!(Check::Alone(_));
    /// The rules over one record alone, and those over a record and its neighbours.
    pub(super) const RECORD: Self = rules_with!(Check::Alone(_) | Check::Linked(..) | Check::Record(_));
    /// The rules that have a part in the summary of a record.
    pub(super) const SUMMARY: Self = rules_with!(Check::Linked(..) | Check::Overview(..));
}
