//! `id-file-mismatch`: see the page beside this file.

use crate::lint::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::fault(
    "id-file-mismatch",
    "an id or a kind that differs from the path",
    "others refer to a record by its path; two names lead them astray",
    include_str!("id_file_mismatch.md"),
)
.fixed(Fixable::Suggested);
