//! `unknown-code`: see the page beside this file.

use crate::lint::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "unknown-code",
    "not a code of a closed list",
    "counts and filters find only the listed codes",
    include_str!("unknown_code.md"),
)
.fixed(Fixable::Suggested);
