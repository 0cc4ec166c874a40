//! `impossible-date`: see the page beside this file.

use crate::rule::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "impossible-date",
    "not a day of the calendar, or not written as a date",
    "a date that no calendar has can be neither sorted nor compared",
    include_str!("impossible_date.md"),
)
.fixed(Fixable::Suggested);
