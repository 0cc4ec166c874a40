//! `repeated-item`: see the page beside this file.

use crate::lint::{Fixable, Rule, RuleRole};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "repeated-item",
    "the same item twice in a list",
    "it would be counted twice",
    include_str!("repeated_item.md"),
)
.fixed(Fixable::Safe)
.role(RuleRole::RepeatedItems);
