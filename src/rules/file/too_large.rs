//! `too-large`: see the page beside this file.

use crate::lint::{Rule, RuleRole};

/// The rule.
pub static RULE: Rule = Rule {
    made_examples: true,
    role: RuleRole::Limit,
    ..Rule::fault(
        "too-large",
        "a file, a line, a nesting or a list over the limit",
        "limits keep one file from stopping the check of all others",
        include_str!("too_large.md"),
    )
};
