//! `dangling-reference`: see the page beside this file.

use comity_document::pointer::Path;

use super::{Site, nearest};
use crate::finding::{Change, Findings, Place};
use crate::rule::{Fixable, Rule};

/// The rule.
pub static RULE: Rule = Rule::error(
    "dangling-reference",
    "a reference to a record that does not exist",
    "whoever follows it finds nothing",
    include_str!("dangling_reference.md"),
)
.fixed(Fixable::Suggested);

/// Every reference must lead to an entry, decoded or not.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    site.record.references(&mut |reference| {
        let to = reference.to;
        if site.dataset.find(to).is_some() {
            return;
        }
        let place = Place::of(&reference.at, reference.on_key);
        let at = reference.at.pointer();
        let ids = site.dataset.ids(to.kind).map(AsRef::as_ref);
        let near = if findings.are_many() { None } else { nearest(to.id, ids) };
        let finding = findings.at(site.entry.id, place, format!("there is no {} `{}`", to.kind, to.id));
        match near {
            Some(near) => {
                let written = if names_its_kind(&reference.at) { format!("{}:{near}", to.kind) } else { near.to_owned() };
                let change = if reference.on_key { Change::Rename { at, to: written.clone() } } else { Change::Replace { at, with: written.clone().into() } };
                finding.help(format!("did you mean `{near}`?")).suggest(format!("write `{written}`"), change);
            }
            None => {
                finding.help(format!("add the record as {}/{}.json, or correct the id", to.kind, to.id));
            }
        }
    });
}

/// Whether a reference at this place is written with its kind.
fn names_its_kind(at: &Path<'_>) -> bool {
    matches!(at.field(), Some("under" | "related" | "about" | "distinct_from" | "retired"))
}
