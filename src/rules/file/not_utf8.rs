//! `not-utf8`: see the page beside this file.

use crate::lint::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    made_examples: true,
    ..Rule::fault(
        "not-utf8",
        "bytes that are not UTF-8",
        "letters beyond a to z would turn into other letters for every reader",
        include_str!("not_utf8.md"),
    )
};
