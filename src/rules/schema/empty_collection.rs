//! `empty-collection`: see the page beside this file.

use crate::lint::Rule;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "empty-collection",
    "a list or braces without an entry",
    "an empty list says neither that there is nothing nor that nothing is known",
    include_str!("empty_collection.md"),
);
