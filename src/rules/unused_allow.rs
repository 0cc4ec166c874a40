//! `unused-allow`: see the page beside this file. Said by `policy::judge`, which alone knows what was excepted.

use crate::rule::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    allowable: false,
    ..Rule::error(
        "unused-allow",
        "an exception that excepts nothing",
        "an exception left behind would hide the next real fault",
        include_str!("unused_allow.md"),
    )
    .fixed(Fixable::Suggested)
};
