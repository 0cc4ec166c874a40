//! `membership-outside-lifetime`: see the page beside this file.

use comity_document::at;

use super::Site;
use super::dates::{self, Mark, Span};
use crate::finding::Findings;
use crate::kind::Kind;
use crate::rule::Rule;
use crate::value::{Edtf, Membership};

/// The rule.
pub static RULE: Rule = Rule::error(
    "membership-outside-lifetime",
    "a member before there was anything to join, or after its end",
    "a list of members on a given day would be wrong",
    include_str!("membership_outside_lifetime.md"),
);

/// Every member of a framework, an organisation or a group.
pub fn check(site: &Site<'_>, findings: &mut Findings<'_>) {
    let Some(members) = dates::members(site.record).filter(|_| dates::stands(site.record)) else { return };
    let (whole, here) = (dates::life(site.record), site.entry.id);
    let name = if site.record.kind() == Kind::Framework { "the framework" } else { "the body" };
    for (actor, member) in members.iter() {
        // An invitation may come before there is anything to join, but not before there is anybody to invite.
        let of_whole = || outside(member, &whole, "invited").map(|found| (name, here, found));
        let of_member = || {
            let (entry, record, _) = site.dataset.get(actor)?;
            outside(member, &dates::life(record), "").map(|found| ("the member itself", entry.id, found))
        };
        // A date that lies outside both is one mistake.
        let Some((name, entry, found)) = of_whole().or_else(of_member) else { continue };
        let (relation, verb) =
            if found.before { ("before the beginning", "began") } else { ("after the end", "ended") };
        let (key, date, edge) = (&found.key, found.date.as_ref(), found.edge.text);
        findings
            .at(
                here,
                at!["members", actor, key],
                format!("`{key}` of `{actor:?}` is dated `{date}`, {relation} of {name} (`{edge}`)"),
            )
            .help("correct the date that is wrong, or name the actor that was the member then")
            .related(entry, found.edge.place(), format!("{name} {verb} here"));
    }
}

/// A step that lies outside a life.
struct Outside<'a> {
    before: bool,
    key: String,
    date: &'a Edtf,
    edge: Mark<'a>,
}

fn outside<'a>(member: &'a Membership, life: &Span<'a>, exempt: &str) -> Option<Outside<'a>> {
    let (first, last) = (life.first, life.last);
    member.steps.iter().find_map(|(status, step)| {
        let days = step.date.bounds();
        let early = first.filter(|edge| status.code != exempt && days.before(&edge.days).is_definite());
        let edge = early.or_else(|| last.filter(|edge| edge.days.before(&days).is_definite()))?;
        Some(Outside { before: early.is_some(), key: step.key(status), date: &step.date, edge })
    })
}
