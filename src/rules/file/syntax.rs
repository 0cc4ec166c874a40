//! `syntax`: see the page beside this file.

use crate::lint::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "syntax",
    "not JSON as RFC 8259 has it",
    "one stray character keeps the whole record from being read",
    include_str!("syntax.md"),
)
.fixed(Fixable::Safe);
