//! `duplicate-key`: see the page beside this file.

use crate::lint::Rule;

/// The rule.
pub static RULE: Rule = Rule::fault(
    "duplicate-key",
    "one name twice between two braces",
    "programs keep one of the two and silently drop the other",
    include_str!("duplicate_key.md"),
);
