//! `changed-without-evidence`: see the page beside this file.

use serde_json::Value;

use crate::dataset::Dataset;
use crate::diff::{self, FieldChange, Renames};
use crate::kind::Kind;
use crate::lint::{Findings, Rule};
use crate::value::{cut, text_or_json};

/// The rule.
pub static RULE: Rule = Rule {
    // An exception would go unused as soon as the change is a part of the base.
    allowable: false,
    ..Rule::warning(
        "changed-without-evidence",
        "a fact that changed although its evidence did not",
        "the sources stand behind a value that nobody has read in them",
        include_str!("changed_without_evidence.md"),
    )
};

/// Compares the facts of every record that has another text, and the evidence behind each.
pub fn check(base: &Dataset, head: &Dataset, findings: &mut Findings<'_>) {
    let mut renames = None;
    for (before, entry, after) in diff::changed(base, head) {
        if matches!(after.kind(), Kind::Theme | Kind::Source) || after.envelope.retired.is_some() {
            continue;
        }
        let renames = renames.get_or_insert_with(|| Renames::of(base, head));
        for change in diff::unevidenced(before, after, renames) {
            let message = message(&change);
            findings.at(entry.id, change.at, message).help(
                "add the source that shows the new value, or say where the old one shows it: a page or a paragraph in `locator`",
            );
        }
    }
}

fn message(change: &FieldChange<'_>) -> String {
    let short = |value: &Option<Value>| value.as_ref().map(shown).unwrap_or_default();
    let after = short(&change.after);
    if change.before.is_none() {
        return format!("`{after}` is here in the place of another entry, on the same evidence");
    }
    format!("this was `{}`, and is `{after}` now, on the same evidence", short(&change.before))
}

/// A value in a message, shortened.
fn shown(value: &Value) -> String {
    cut(&text_or_json(value), 60).into_owned()
}
