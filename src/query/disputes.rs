//! Open disputes: places of a record for which sources have values that cannot all hold, and none is better shown. The value of
//! the record merely comes first, so that tables, panels and counts must not take it for certain. Rules do not ask here: they
//! check what a record says.

use comity_document::at;
use comity_document::pointer::Pointer;
use serde_json::Value;

use super::time::{self, DateMark, Period};
use crate::record::{Body, Evidence, Outcome, Record, Stance};
use crate::value::lifecycle::MemberSteps;
use crate::value::{
    Bounds, FieldPointer, Lifecycle as _, Membership, NonEmptyMap, StringFormat as _, UniqueList, When,
};

/// What other sources have at a place, where a dispute about the place is open: for each source its value, or `None` where the
/// source has nothing there or denies what the record has. Empty where no dispute is open.
pub fn rivals<'a>(record: &'a Record, place: &Pointer) -> Vec<Option<&'a Value>> {
    let open: Vec<&Pointer> = open(record).filter(|at| at.covers(place)).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let is_about = |at: &Pointer| at.covers(place) && open.iter().any(|open| open.covers(at) || at.covers(open));
    // A plan is no other value of what happened.
    let has_happened = time::took_place(record);
    let other = record.evidence().filter(|(_, evidence)| evidence.stance != Stance::Announces || !has_happened);
    let mut found: Vec<_> = other.flat_map(|(_, evidence)| instead(evidence, place, &is_about)).collect();
    if found.is_empty() && open.contains(&place) {
        found.push(None);
    }
    found
}

/// What one source has instead of the value at a place.
fn instead<'a>(
    evidence: &'a Evidence,
    place: &Pointer,
    is_about: &impl Fn(&Pointer) -> bool,
) -> impl Iterator<Item = Option<&'a Value>> {
    let said = evidence.says.iter().flat_map(NonEmptyMap::iter).filter(|(at, _)| is_about(at.pointer()));
    let within = |at: &Pointer, value: &'a Value| value.pointer(&place.as_str()[at.as_str().len()..]);
    let mut found: Vec<Option<&Value>> = said.map(|(at, value)| within(at.pointer(), value)).collect();
    let denies = |denied: &UniqueList<FieldPointer>| denied.iter().any(|at| is_about(at.pointer()));
    if evidence.stance == Stance::Contradicts && evidence.supports.as_ref().is_none_or(denies) {
        found.push(None);
    }
    found.into_iter()
}

/// Whether a dispute is open about a place, or a part of it.
pub fn is_open(record: &Record, place: &Pointer) -> bool {
    open(record).any(|at| at.covers(place) || place.covers(at))
}

/// The places about which a dispute is open.
fn open(record: &Record) -> impl Iterator<Item = &Pointer> {
    let contested = record.envelope.contested.iter().flat_map(NonEmptyMap::iter);
    contested.filter(|(_, dispute)| dispute.outcome == Outcome::Open).map(|(at, _)| at.pointer())
}

/// Whether no open dispute leaves it doubtful that there is something at a place.
pub fn is_agreed(record: &Record, place: &Pointer) -> bool {
    rivals(record, place).iter().all(Option::is_some)
}

/// Whether no open dispute leaves it doubtful that a place names an actor: as its text, in its list, or as its entry.
pub fn agrees_on_actor(record: &Record, place: &Pointer, actor: &str) -> bool {
    rivals(record, place).into_iter().all(|rival| match rival {
        Some(Value::String(other)) => other == actor,
        Some(Value::Array(others)) => others.iter().any(|other| other == actor),
        other => other.is_some(),
    })
}

/// The days that the first and the last day of a date may be. Where a dispute about the date is open, these are the days of all
/// sources, and an end on which they differ is uncertain, as a date with `?` is.
pub fn days(record: &Record, place: &Pointer, own: [Bounds; 2]) -> [Bounds; 2] {
    rivals(record, place).into_iter().fold(own, |all, rival| {
        match rival.and_then(Value::as_str).and_then(|text| When::parse(text).ok()) {
            Some(when) => [either(all[0], when.start()), either(all[1], when.end())],
            None => all.map(|days| Bounds { sure: false, ..days }),
        }
    })
}

/// The days of two dates of which one is wrong.
fn either(a: Bounds, b: Bounds) -> Bounds {
    if a == b {
        return a;
    }
    Bounds { earliest: a.earliest.min(b.earliest), latest: a.latest.max(b.latest), sure: false }
}

/// The days that one date may be, as [`days`] has them.
pub fn day(record: &Record, place: &Pointer, own: Bounds) -> Bounds {
    let [first, last] = days(record, place, [own, own]);
    either(first, last)
}

/// A period of a record with the days that each end may be, as [`days`] has them.
#[must_use]
pub fn period<'a>(record: &Record, own: &Period<'a>) -> Period<'a> {
    let end = |mark: Option<DateMark<'a>>, index: usize| {
        mark.map(|mark| mark.with_days(days(record, &mark.place(), [mark.days; 2])[index]))
    };
    Period { first: end(own.first, 0), last: end(own.last, 1) }
}

/// Whether no open dispute leaves it doubtful that a record took place, as [`time::took_place`] has it.
pub fn agrees_that_it_took_place(record: &Record) -> bool {
    let place = match &record.body {
        Body::Event(_) => return rivals(record, &at!["status"]).is_empty(),
        Body::Activity(activity) => time::first_active_step(activity),
        _ => None,
    };
    place.is_none_or(|step| is_agreed(record, &at!["history", step]))
}

/// Whether no open dispute leaves it doubtful that a member joined, or that a member without a last step is still one.
pub fn agrees_on_member(record: &Record, member: &str, membership: &Membership) -> bool {
    let place = at!["members", member];
    let ends = |step: &String| MemberSteps::STATUSES.iter().any(|status| status.terminal && status.code == step);
    let has_left = |other: &&Value| other.as_object().is_some_and(|steps| steps.keys().any(ends));
    let leaves = membership.steps.terminal().is_none() && rivals(record, &place).iter().flatten().any(has_left);
    !leaves && is_agreed(record, &place.key("joined"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The days of a visit on 4 March 2003 on which a second source has its own view, and whether they are sure.
    fn when(outcome: &str, status: &str, other: &Value) -> (String, bool) {
        let event = json!({
            "kind": "event", "id": "a-visit", "names": { "en": "A visit" }, "type": "visit", "when": "2003-03-04",
            "status": status, "participants": { "nato": { "roles": ["visitor"] } },
            "evidence": { "a-page": { "stance": "reports", "supports": ["/when"] }, "b-page": other },
            "contested": { "/when": { "outcome": outcome, "why": "Two pages differ." } },
        });
        let record: Record = serde_json::from_value(event).expect("an event");
        let Body::Event(event) = &record.body else { panic!("an event") };
        let found = day(&record, &at!["when"], event.when.start());
        (format!("{}/{}", found.earliest, found.latest), found.sure)
    }

    #[test]
    fn a_disputed_date_is_any_of_the_days_that_sources_have() {
        let says = |stance: &str, when: &str| json!({ "stance": stance, "says": { "/when": when } });
        let denies = json!({ "stance": "contradicts", "supports": ["/when"] });
        for (outcome, status, other, days, sure) in [
            ("open", "held", says("reports", "2003-03-06"), "2003-03-04/2003-03-06", false),
            ("open", "held", says("reports", "[..2003-03-01]"), "../2003-03-04", false),
            ("open", "held", says("implies", "2003-03-03/2003-03-05"), "2003-03-03/2003-03-05", false),
            ("preferred", "held", says("reports", "2003-03-06"), "2003-03-04/2003-03-04", true),
            ("open", "held", denies.clone(), "2003-03-04/2003-03-04", false),
            ("open", "held", json!({ "stance": "contradicts" }), "2003-03-04/2003-03-04", false),
            ("preferred", "held", denies, "2003-03-04/2003-03-04", true),
            // A plan is no day on which the visit may have been, unless the visit itself is only planned.
            ("open", "held", says("announces", "2002"), "2003-03-04/2003-03-04", false),
            ("open", "planned", says("announces", "2003-03-06"), "2003-03-04/2003-03-06", false),
        ] {
            assert_eq!(when(outcome, status, &other), (days.to_owned(), sure), "{outcome} {status} {other}");
        }
    }
}
