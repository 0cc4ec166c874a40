//! `wrong-type`: see the page beside this file.

use crate::lint::Rule;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "wrong-type",
    "another type of value than the field has",
    "programs look for one sort of value here, and would misread another",
    include_str!("wrong_type.md"),
);
