//! `unregistered-language`: see the page beside this file.

use crate::rule::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "unregistered-language",
    "not the tag of a language",
    "readers look texts up by the registered tag",
    include_str!("unregistered_language.md"),
)
.fixed(Fixable::Safe);
