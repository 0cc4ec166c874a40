//! `unused-allow`: see the page beside this file. [`apply_policy`](crate::policy::apply_policy) reports it, because it
//! knows which exceptions are used.

use crate::lint::{Fixable, Rule};

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
