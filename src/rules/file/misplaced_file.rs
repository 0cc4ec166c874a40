//! `misplaced-file`: see the page beside this file.

use crate::lint::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    made_examples: true,
    ..Rule::fault(
        "misplaced-file",
        "a file in no kind's folder, or of an unknown type",
        "no reader would ever find this file",
        include_str!("misplaced_file.md"),
    )
};
