//! `wrong-type`: see the page beside this file.

use crate::rule::Rule;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "wrong-type",
    "another type of value than the field has",
    "a program that expects one type stops at another",
    include_str!("wrong_type.md"),
);
