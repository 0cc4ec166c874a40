//! How bad a record is, so that it can be said whether a fix has made it better.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::report::Diagnostic;
use crate::rule::Rule;
use crate::rules::{Check, RULES, repeated_item, too_large, unknown_field, unused_allow};

/// How bad a record is. What keeps its text from being read weighs most, then unknown fields, then what else keeps it from
/// being decoded, then the rest: what lies behind each shows only once it is mended. Where all of these are the same, fewer
/// findings are better, and none of a rule that found less before: to trade one fault for another mends nothing.
///
/// A change that keeps what the record says causes nothing: what is found after it was there before, and could not be
/// seen. Of such changes it is enough that fewer remain to be made, and no other may bring one back, so that mending ends.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    reading: usize,
    fields: usize,
    schema: usize,
    /// Changes to be made that keep what the record says.
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
            _ => self.schema += usize::from(!rule.allowable),
        }
        if keeps_what_is_said(found) {
            // Two items may become the same when they are written as they should be; and an exception that has no use is told
            // of once it can be read.
            let may_come_behind = [repeated_item::RULE.code, unused_allow::RULE.code].contains(&rule.code);
            self.keeping += if may_come_behind { 1 } else { 2 };
        }
        *self.rules.entry(rule.code).or_default() += 1;
    }

    /// Whether a record is better than before. `keeping`: by changes alone that keep what it says.
    pub(super) fn is_better(&self, before: &Self, keeping: bool) -> bool {
        let hides = |measure: &Self| (measure.reading, measure.fields, measure.schema);
        let all = |measure: &Self| measure.rules.values().sum::<usize>();
        match hides(self).cmp(&hides(before)) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal if keeping && self.keeping < before.keeping => true,
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
