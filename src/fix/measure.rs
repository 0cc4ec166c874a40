//! How bad a record is, so that it can be said whether a fix has made it better.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::lint::{Check, Rule};
use crate::report::Diagnostic;
use crate::rules::RULES;
use crate::rules::file::too_large;
use crate::rules::schema::{repeated_item, unknown_field};

/// How bad a record is. What keeps its text from being read weighs most, then unknown fields, then what else keeps it from
/// being decoded, then the rest: what lies behind each shows only once it is mended. Where all of these are the same, fewer
/// findings are better, and none of a rule that found less before: to trade one fault for another mends nothing.
///
/// A change that keeps what the record says causes nothing: what is found after it was there before, and could not be
/// seen. It is made unless it keeps the record from being decoded, where no repeated item hid that. None of them undoes
/// another, so that mending ends; no other change may bring one to be made.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    reading: usize,
    fields: usize,
    schema: usize,
    /// Items that stand in a list twice. Of several faults of a list this is told first; and two items may become the same
    /// when both are written as they should be.
    repeated: usize,
    /// How many changes are to be made that keep what the record says.
    keeping: usize,
    rules: BTreeMap<&'static str, usize>,
}

impl Measure {
    /// Only what keeps a record from being decoded hides something: the same rules also speak of records that are.
    pub(super) fn add(&mut self, found: &Diagnostic) {
        let rule = found.rule;
        match check_of(rule) {
            Some(Check::Reading) => self.reading += 1,
            Some(Check::Policy) => {}
            _ if !found.undecoded => {}
            _ if rule.code == unknown_field::RULE.code => self.fields += 1,
            _ if rule.code == repeated_item::RULE.code => self.repeated += 1,
            _ => self.schema += usize::from(!rule.allowable),
        }
        self.keeping += usize::from(keeps_what_is_said(found));
        *self.rules.entry(rule.code).or_default() += 1;
    }

    /// Whether a record is better than before. `keeping`: by changes alone that keep what it says.
    pub(super) fn is_better(&self, before: &Self, keeping: bool) -> bool {
        if keeping {
            return (self.reading, self.fields) <= (before.reading, before.fields)
                && (self.schema <= before.schema || self.repeated < before.repeated);
        }
        let hides = |measure: &Self| (measure.reading, measure.fields, measure.schema + measure.repeated);
        let all = |measure: &Self| measure.rules.values().sum::<usize>();
        match hides(self).cmp(&hides(before)) {
            Ordering::Less => true,
            Ordering::Greater => false,
            // Not all was told, so that what is told now may have been there before.
            Ordering::Equal if before.rules.contains_key(too_large::RULE.code) => all(self) < all(before),
            Ordering::Equal => {
                let more = |(rule, count): (&&str, &usize)| before.rules.get(rule).is_none_or(|before| count > before);
                all(self) < all(before) && self.keeping <= before.keeping && !self.rules.iter().any(more)
            }
        }
    }
}

fn check_of(rule: &Rule) -> Option<Check> {
    RULES.iter().find(|(other, _)| other.code == rule.code).map(|(_, check)| *check)
}

/// Whether mending it keeps what the record says. A reference to another record does only as far as that one goes.
pub(super) fn keeps_what_is_said(found: &Diagnostic) -> bool {
    let of_others = matches!(check_of(found.rule), Some(Check::Record(_) | Check::Dataset(_) | Check::History(_)));
    !of_others && found.fix.as_ref().is_some_and(|fix| fix.safe)
}
