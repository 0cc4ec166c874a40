//! `unregistered-language`: see the page beside this file.

use crate::lint::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "unregistered-language",
    "not the code of a language",
    "programs look texts up by the registered code of a language",
    include_str!("unregistered_language.md"),
)
.fixed(Fixable::Safe);
