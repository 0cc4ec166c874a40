//! `impossible-date`: see the page beside this file.

use crate::lint::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "impossible-date",
    "not a day of the calendar, or not written as a date",
    "dates are sorted and compared, which works only for real days that are written in one way",
    include_str!("impossible_date.md"),
)
.fixed(Fixable::Suggested);
