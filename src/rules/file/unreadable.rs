//! `unreadable`: see the page beside this file.

use crate::lint::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    made_examples: true,
    ..Rule::fault(
        "unreadable",
        "a file that cannot be read, or is no regular file",
        "what cannot be read cannot be vouched for",
        include_str!("unreadable.md"),
    )
};
