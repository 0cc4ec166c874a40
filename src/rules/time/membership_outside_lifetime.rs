//! `membership-outside-lifetime`: see the page beside this file.

use comity_document::at;

use crate::dataset::{Days, Way};
use crate::kind::Kind;
use crate::lint::{Findings, RecordContext, Rule, Screen, SummaryContext};
use crate::query::time::{self, Apart, DateMark, Period};
use crate::value::{Edtf, Membership, Truth};

/// The rule.
pub static RULE: Rule = Rule::error(
    "membership-outside-lifetime",
    "a member before there was anything to join, or after its end",
    "a list of members on a given day would be wrong",
    include_str!("membership_outside_lifetime.md"),
);

/// Doubts a record with a member of which a step may lie outside its life, or outside that of the whole.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    let outside = |steps: Days, life: Days| steps.first < life.first || life.last < steps.last;
    kept.acting().filter(|(acted, _)| acted.way == Way::Steps).any(|(acted, member)| {
        outside(acted.days, kept.summary.life) || member.is_some_and(|member| outside(acted.days, member.life))
    })
}

/// Checks every member of a framework, an organisation or a group.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Some(members) = time::members(context.record).filter(|_| time::stands(context.record)) else { return };
    let (whole, here) = (time::life(context.record), context.entry.id);
    let name = if context.record.kind() == Kind::Framework { "the framework" } else { "the body" };
    for (actor, member) in members {
        // An actor may be invited before there is anything to join, but not before the actor exists.
        let of_whole = |least| outside(member, &whole, "invited", least).map(|found| (name, here, found));
        let of_member = |least| {
            let (entry, record, _) = context.dataset.get(actor)?;
            outside(member, &time::life(record), "", least).map(|found| ("the member itself", entry.id, found))
        };
        let of_either = |least| of_whole(least).or_else(|| of_member(least));
        // A date outside both lifetimes is one mistake. Certain findings come first.
        let certain = of_either(Truth::Definitely);
        let possible = || findings.wants(Truth::Possibly).then(|| of_either(Truth::Possibly)).flatten();
        let Some((name, entry, found)) = certain.or_else(possible) else { continue };
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
            .related(entry, found.edge.place(), format!("{name} {verb} here"))
            .truth(found.truth);
    }
}

/// A step that lies outside a lifetime.
struct Outside<'a> {
    truth: Truth,
    before: bool,
    key: String,
    date: &'a Edtf,
    edge: DateMark<'a>,
}

fn outside<'a>(member: &'a Membership, life: &Period<'a>, exempt: &str, least: Truth) -> Option<Outside<'a>> {
    member.steps.iter().find_map(|(status, step)| {
        let mark = DateMark::step(status, step, None);
        let first = life.first.filter(|_| status.code != exempt);
        let apart = Period { first: Some(mark), last: Some(mark) }.apart_if(&Period { first, ..*life }, least)?;
        let Apart { truth, before, other: edge, .. } = apart;
        Some(Outside { truth, before, key: step.key(status), date: &step.date, edge })
    })
}
