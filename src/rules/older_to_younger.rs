//! `older-to-younger`: see the page beside this file.

use comity_document::at;

use super::{Site, dates};
use crate::finding::{Findings, Place};
use crate::record::Relation;
use crate::rule::Rule;
use crate::value::Code;

/// The rule.
pub static RULE: Rule = Rule::warning(
    "older-to-younger",
    "a link that the older record has to the younger one",
    "a link is written once, on the younger record, so that nobody has to change what is already published",
    include_str!("older_to_younger.md"),
);

/// Every link of a record to one that definitely began later. What takes the place of another, changes or continues it is
/// for the rule on their order.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    let Some(related) = &site.record.envelope.related else { return };
    let as_of = site.dataset.as_of;
    let (Some(own), Some(name)) = (dates::beginning(site.record, as_of), &site.entry.key) else { return };
    let end = dates::span(site.record, as_of).last.unwrap_or(own);
    for (other, relation) in related.iter() {
        // What takes place beside another may well begin before it.
        let early = match relation {
            Relation::Supersedes | Relation::Amends | Relation::Continues => continue,
            Relation::AtMarginsOf => end,
            _ => own,
        };
        let Some((entry, record)) = site.dataset.record(other.into()) else { continue };
        let Some(late) = dates::beginning(record, as_of).filter(|late| early.days.before(&late.days).is_definite())
        else {
            continue;
        };
        let link = format!("\"related\": {{ \"{name}\": \"{}\" }}", relation.code());
        findings
            .at(site.entry.id, Place::Key(at!["related", other]), format!("`{}` began after this record", other.id()))
            .help(format!("remove it here, and write it in `{}` if it is not there yet: {link}", other.id()))
            .related(site.entry.id, own.place(), "this record began")
            .related(entry.id, late.place(), format!("`{}` began", other.id()));
    }
}
