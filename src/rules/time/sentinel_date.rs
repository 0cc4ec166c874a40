//! `sentinel-date`: see the page beside this file.

use crate::kind::Kind;
use crate::lint::{CharClasses, Findings, Place, Rule, TextContext, TextFilter};
use crate::record::{Presence, presence};
use crate::value::{Edtf, StringFormat, When};

/// The rule.
pub static RULE: Rule = Rule::error(
    "sentinel-date",
    "a date that stands for no date",
    "it would be sorted, compared and counted as if it had been found somewhere",
    include_str!("sentinel_date.md"),
);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter =
    TextFilter { classes: |classes| classes.have(CharClasses::DIGIT), formats: &[Edtf::FORMAT, When::FORMAT] };

/// What to do instead.
pub(crate) fn help(kind: Kind) -> &'static str {
    match presence(kind, "unknown") {
        Presence::Absent => "leave the whole field out",
        _ => "leave the whole field out; if it was looked for in vain, say so under `unknown`",
    }
}

/// The message.
pub(crate) fn message(text: &str) -> String {
    format!("`{text}` is what programs write where no date is known")
}

/// Dates that spreadsheets and databases write for an unknown date: their first day, their last day, or all zeros.
#[rustfmt::skip]
pub(crate) fn is_sentinel(text: &str) -> bool {
    matches!(
        text,
        "0000-00-00" | "0000-00" | "0000" | "0001-01-01" | "1111-11-11" | "1753-01-01" | "1899-12-30" | "1899-12-31"
            | "1900-01-00" | "1900-01-01" | "1904-01-01" | "1970-01-01" | "2079-06-06" | "2099-12-31" | "2199-12-31"
            | "9999" | "9999-12-31" | "9999-99-99"
    )
}

/// Reports a date that is one of these. The schema check reports what is no date at all, such as `0000-00-00`.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    if is_sentinel(text.text) {
        findings.at(text.entry, Place::Value(text.at.pointer()), message(text.text)).help(help(text.kind));
    }
}
