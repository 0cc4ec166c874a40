//! `dangling-reference`: see the page beside this file.

use comity_document::pointer::{Path, Pointer};

use super::{Site, nearest};
use crate::finding::{Change, Findings, Place};
use crate::kind::Kind;
use crate::record::Target;
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
        let near = if findings.are_many() { None } else { near(site, to) };
        let finding = findings.at(site.entry.id, place, format!("there is no {} `{}`", to.kind, to.id));
        let Some(near) = near else {
            finding.help(advice(site, to));
            return;
        };
        let at = reference.at.pointer();
        let written = if names_its_kind(&reference.at) { format!("{}:{near}", to.kind) } else { near.to_owned() };
        finding.help(format!("did you mean `{written}`?"));
        // Two entries under one name would be worse than one under a wrong name.
        if !reference.on_key {
            let change = Change::Replace { at, with: written.clone().into() };
            finding.suggest(format!("write `{written}`"), change);
        } else if !has_key(site, at.parent().map(|parent| parent.key(&written)).as_ref()) {
            finding.suggest(format!("write `{written}`"), Change::Rename { at, to: written });
        }
    });
}

/// Above this many ids only those that begin alike are compared.
const MANY: usize = 10_000;

/// The id of that kind that was probably meant: another one than the record's own.
fn near<'a>(site: &Site<'a>, to: Target<'_>) -> Option<&'a str> {
    let dataset = site.dataset;
    let many = dataset.ids(to.kind).nth(MANY).is_some();
    let begin = to.id.get(..2).filter(|_| many).unwrap_or_default();
    let own = site.entry.key.as_ref().filter(|own| own.kind == to.kind).map_or("", |own| own.id.as_ref());
    let others = dataset.ids(to.kind).map(AsRef::as_ref).filter(|id: &&str| *id != own && id.starts_with(begin));
    nearest(to.id, others)
}

fn advice(site: &Site<'_>, to: Target<'_>) -> String {
    let other = Kind::ALL.into_iter().find(|kind| site.dataset.find(Target { kind: *kind, ..to }).is_some());
    let add = format!("add the record as {}/{}.json", to.kind, to.id);
    match other {
        Some(other) => {
            let (other, wanted) = (other.with_article(), to.kind.with_article());
            format!("{other} is called so, but here {wanted} is wanted; {add}")
        }
        None => format!("{add}, or correct the id"),
    }
}

fn has_key(site: &Site<'_>, key: Option<&Pointer>) -> bool {
    let mut found = false;
    site.record.references(&mut |other| found |= other.on_key && Some(&other.at.pointer()) == key);
    found
}

/// Whether a reference at this place is written with its kind.
pub(super) fn names_its_kind(at: &Path<'_>) -> bool {
    matches!(at.field(), Some("under" | "related" | "about" | "distinct_from" | "retired"))
}
