//! How bad a record is, to decide whether a fix has made the record better.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::lint::{Check, RuleRole};
use crate::report::Diagnostic;
use crate::rules;

/// How bad a record is.
///
/// Faults that hide others weigh most: what keeps the text from being parsed, then unknown fields, then whatever else
/// keeps the record from being decoded, then places that are not in the record. What they hide shows only once they are fixed. Where two measures are equal in
/// these, the smaller number of findings is better, unless a rule finds more than before: to trade one fault for
/// another fixes nothing.
///
/// A fix that preserves what the record says causes no fault: what is found afterwards was there before, and hidden.
/// Such a fix is kept unless it keeps the record from being decoded where no repeated item hid that. No such fix undoes
/// another, so that fixing ends; no other fix may bring one about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    parsing: usize,
    fields: usize,
    schema: usize,
    /// Items that occur twice in a list. The schema check reports them before other faults of the list; and two items
    /// may become equal once each is written as it should be.
    repeated: usize,
    /// Places that are not in the record: they hide facts that no evidence shows.
    places: usize,
    /// How many fixes are offered that preserve what the record says.
    preserving: usize,
    /// Whether some findings were counted and not shown.
    limited: bool,
    counts: BTreeMap<Count, usize>,
}

/// What findings are counted by: the code of the rule, and whether they are reported for the record itself or for
/// another record, and point to this one. A fault in another record does not make up for one less in this record.
type Count = (&'static str, bool);

impl Measure {
    /// The measure of a record without findings.
    pub(super) const NONE: Self = Self {
        parsing: 0,
        fields: 0,
        schema: 0,
        repeated: 0,
        places: 0,
        preserving: 0,
        limited: false,
        counts: BTreeMap::new(),
    };

    /// Adds a finding that is reported for the record. Only findings that keep the record from being decoded hide
    /// others; rules of the schema also report faults of decoded records.
    pub(super) fn add(&mut self, found: &Diagnostic) {
        let rule = found.rule;
        match rules::check_of(rule) {
            Some(Check::Reading) => self.parsing += 1,
            Some(Check::Policy) => {}
            _ if rule.role == RuleRole::Places => self.places += 1,
            _ if !found.undecoded => {}
            // What other records have to say hides nothing.
            Some(check) if check.reads_other_records() => {}
            _ if rule.role == RuleRole::FieldNames => self.fields += 1,
            _ if rule.role == RuleRole::RepeatedItems => self.repeated += 1,
            _ => self.schema += usize::from(!rule.allowable),
        }
        self.preserving += usize::from(is_preserving(found));
        self.limited |= rule.role == RuleRole::Limit;
        *self.counts.entry((rule.code, true)).or_default() += 1;
    }

    /// Adds a finding that is reported for another record, and points to this one.
    pub(super) fn add_related(&mut self, found: &Diagnostic) {
        *self.counts.entry((found.rule.code, false)).or_default() += 1;
    }

    /// Whether the record is better than `before`, where all fixes that were applied preserve what it says
    /// (`preserving`), or some do not.
    pub(super) fn is_better(&self, before: &Self, preserving: bool) -> bool {
        if preserving {
            return (self.parsing, self.fields) <= (before.parsing, before.fields)
                && (self.schema <= before.schema || self.repeated < before.repeated);
        }
        match self.hiding().cmp(&before.hiding()) {
            Ordering::Less => true,
            Ordering::Greater => false,
            // Not all findings were shown, so that the new ones may have been there before.
            Ordering::Equal if before.limited => self.total() < before.total(),
            Ordering::Equal => {
                let is_more = |(key, count): (&Count, &usize)| count > before.counts.get(key).unwrap_or(&0);
                self.total() < before.total()
                    && self.preserving <= before.preserving
                    && !self.counts.iter().any(is_more)
            }
        }
    }

    /// How many findings of a rule are reported for the record.
    pub(super) fn own(&self, rule: &'static str) -> usize {
        self.counts.get(&(rule, true)).copied().unwrap_or_default()
    }

    /// Whether some findings were counted and not shown.
    pub(super) fn is_limited(&self) -> bool {
        self.limited
    }

    /// Whether faults are gone that hid others, so that findings may be new and not caused by any fix.
    pub(super) fn reveals(&self, before: &Self) -> bool {
        self.hiding() < before.hiding()
    }

    fn hiding(&self) -> (usize, usize, usize, usize) {
        (self.parsing, self.fields, self.schema + self.repeated, self.places)
    }

    fn total(&self) -> usize {
        self.counts.values().sum()
    }
}

/// Whether the fix of a finding preserves what the record says. The fix of a reference to another record does not count
/// as such: it is right only if the other record is.
pub(super) fn is_preserving(found: &Diagnostic) -> bool {
    let reads_others = rules::check_of(found.rule).is_some_and(Check::reads_other_records);
    !reads_others && found.fix.as_ref().is_some_and(|fix| fix.safe)
}
