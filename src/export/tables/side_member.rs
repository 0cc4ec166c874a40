//! The table `side_member`.

use comity_document::at;

use super::column::table;
use super::{Context, DateCells, to};
use crate::query::{disputes, time};
use crate::value::{Status, Step};

table! {
    /// One row for every present or former member of a group, an organisation or a framework. Who was invited and is not known
    /// to have joined has no row here; the invitation stands in `step`. The only table through which a group is expanded to its
    /// members.
    SideMemberRow "side_member" key ["whole", "member"] {
        /// The group, the organisation or the framework.
        whole: String => "record",
        /// The member.
        member: String => "record",
        /// The capacity of a member that is not a full member: `partner`, `associate`, `observer`.
        role: Option<String> where ["MemberRole"],
        /// The day of joining; where that is unknown, the first step that is on record.
        joined: Option<DateCells>,
        /// The day of leaving.
        left: Option<DateCells>,
        /// `accession` where the day of joining is on record, `first-seen` where only another step is, `undated` where none is; `disputed` where a dispute is open about whether it joined, or whether it has left.
        basis: String,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<SideMemberRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        let members = time::members(record).into_iter().flat_map(|members| members.iter());
        for (member, membership) in members.filter(|(_, membership)| membership.has_joined()) {
            let is_agreed = disputes::agrees_on_member(record, member.as_ref(), membership);
            let joined = membership.steps.iter().find(|(status, _)| status.code == "joined");
            let first = membership.steps.iter().next().filter(|(status, _)| !status.terminal);
            let basis = match (joined, first) {
                _ if !is_agreed => "disputed",
                (Some(_), _) => "accession",
                (None, Some(_)) => "first-seen",
                (None, None) => "undated",
            };
            let dated = |(status, step): (&Status, &Step)| {
                DateCells::at(record, &at!["members", member, step.key(status)], &step.date)
            };
            rows.push(SideMemberRow {
                whole: key.to_string(),
                member: to(member),
                role: membership.role.map(|role| role.to_string()),
                joined: joined.or(first).map(dated),
                left: membership.steps.terminal().map(dated),
                basis: basis.to_owned(),
            });
        }
    }
    rows
}
