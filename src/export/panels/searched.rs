//! The sides and the years that were searched, the years of the panels, and the sides that belong to a group.

use std::collections::BTreeSet;

use comity_document::at;

use super::{Panel, record};
use crate::export::tables::{Context, SideCells};
use crate::query::sides::readings;
use crate::query::time::{self, Period};
use crate::query::{disputes, frame};
use crate::value::{Bounds, Day, Membership, NonEmptyMap, Status, Step};

impl Panel<'_> {
    /// The first and the last year of the panels, which the release covers; `None` where there is none.
    pub(in crate::export) fn covered(&self) -> Option<(i32, i32)> {
        (self.years.0 <= self.years.1).then_some(self.years)
    }
}

/// The sides of the members that a group certainly has on a day. A doubtful day of joining or leaving leaves the days certain
/// that no reading of it reaches.
pub(super) fn members(context: &Context<'_>, group: &str, day: Bounds) -> Vec<String> {
    members_where(context, group, day, |_| true)
}

/// The sides of the full members that an organisation or a group certainly has at the end of a year.
pub(super) fn full_members(context: &Context<'_>, whole: &str, year: i32) -> Vec<String> {
    let Some(day) = Day::new(year, 12, 31) else { return Vec::new() };
    members_where(context, whole, Bounds::day(day), |membership| membership.role.is_none())
}

fn members_where(context: &Context<'_>, group: &str, day: Bounds, keep: impl Fn(&Membership) -> bool) -> Vec<String> {
    let Some(record) = record(context, group) else { return Vec::new() };
    let open = Period { first: None, last: None };
    let members = time::members(record).into_iter().flat_map(NonEmptyMap::iter);
    let is_there = |member: &str, membership: &Membership| {
        let days = |(status, step): (&Status, &Step)| {
            readings(disputes::day(record, &at!["members", member, step.key(status)], step.date.bounds()))
        };
        let joined = membership.steps.iter().find(|(status, _)| status.code == "joined").map(days);
        let left = membership.steps.terminal().map(days);
        joined.is_some_and(|joined| joined.latest <= day.earliest)
            && left.is_none_or(|left| day.latest < left.earliest)
            && disputes::agrees_on_member(record, member, membership)
    };
    members
        .filter(|(member, membership)| keep(membership) && is_there(member.as_ref(), membership))
        .filter_map(|(member, _)| SideCells::of(context, member, &open, false).represented().cloned())
        .collect()
}

/// The sides and years for which a survey with queries searched. A search for a group counts for the group, as the
/// codebook's page on surveys has it, and not for each member. A year that was not over when the research was closed was
/// not searched whole.
pub(super) fn searched(context: &Context<'_>) -> BTreeSet<(String, i32)> {
    let mut found = BTreeSet::new();
    let open = Period { first: None, last: None };
    for survey in frame::surveys(context.dataset) {
        let (start, end) = (survey.period.start().earliest, survey.period.end().latest);
        let spans = |year: &i32| {
            Day::new(*year, 1, 1).is_some_and(|first| start <= first)
                && Day::new(*year, 12, 31).is_some_and(|last| last <= end && last <= context.as_of)
        };
        let (Some(first), Some(last)) = (start.year(), end.year()) else { continue };
        for subject in &survey.subjects {
            let side = SideCells::of(context, subject, &open, false);
            let Some(name) = side.represented() else { continue };
            found.extend((first..=last).filter(spans).map(|year| (name.clone(), year)));
        }
    }
    found
}
