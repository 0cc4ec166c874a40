//! Who takes part, who belongs to whom, and who holds an office, as roles with their time.

use serde::Deserialize as _;
use serde_json::{Value, json};

use super::{Node, edtf, reference, references, texts, time};
use crate::export::tables::participation::ParticipationRow;
use crate::kind::Kind;
use crate::value::Membership;

/// Adds the actors that take part in a record: each with capacity, roles, side and time, and the sides of the record.
pub(super) fn participations(node: &mut Node, rows: &[ParticipationRow]) {
    let mut sides: Vec<&str> = Vec::new();
    for row in rows {
        let roles: Vec<&str> = row.roles.iter().flat_map(|roles| roles.split(';')).collect();
        let actor = reference(None, &row.actor);
        let mut part = Node::within("schema:Role");
        part.add("comity:actor", actor.clone());
        part.add("comity:capacity", json!(row.capacity));
        part.add("schema:roleName", json!(roles));
        part.add("comity:attendance", json!(row.attendance));
        part.add("comity:actsFor", row.acts_for.as_deref().map_or(Value::Null, |id| reference(None, id)));
        let side = row.side.represented();
        part.add("comity:side", side.map_or(Value::Null, |id| reference(None, id)));
        if let Some(date) = &row.date {
            time::add_both(&mut part, date);
        }
        node.add("comity:participation", part.into_json());
        if let Some(side) = side.filter(|side| row.came() && !sides.contains(&side.as_str())) {
            sides.push(side);
        }
        let term = match row.capacity.as_str() {
            "lead" | "convenor" => "schema:organizer",
            "speaker" => "schema:author",
            "participant" if row.took_part && row.r#ref.starts_with("event:") => "schema:attendee",
            _ => continue,
        };
        node.add(term, actor.clone());
        if roles.contains(&"organiser") {
            node.add("schema:organizer", actor);
        }
    }
    sides.into_iter().for_each(|side| node.add("comity:side", reference(None, side)));
}

/// The members of a group, an organisation or a framework; or those that were only invited to be members.
pub(super) fn members(all: &Value, have_joined: bool) -> Value {
    let joined = |member: &Value| Membership::deserialize(member).is_ok_and(|member| member.has_joined());
    let all = all.as_object().into_iter().flatten().filter(|(_, member)| joined(member) == have_joined);
    with_steps(all)
}

/// The parties of an agreement.
pub(super) fn parties(parties: &Value) -> Value {
    with_steps(parties.as_object().into_iter().flatten())
}

/// Actors that belong to something: each with its steps.
fn with_steps<'a>(members: impl Iterator<Item = (&'a String, &'a Value)>) -> Value {
    let member = |(id, member): (&String, &Value)| {
        let mut role = Node::within("schema:OrganizationRole");
        role.add("schema:member", reference(Some(Kind::Actor), id));
        role.add("schema:roleName", member["role"].clone());
        let mut steps = member.clone();
        steps.as_object_mut().into_iter().for_each(|steps| drop(steps.shift_remove("role")));
        role.add("comity:step", self::steps(&steps));
        role.into_json()
    };
    members.map(member).collect()
}

/// The steps of a history: each status with its date.
pub(super) fn steps(history: &Value) -> Value {
    let step = |(status, date): (&String, &Value)| {
        let mut node = Node::default();
        node.add("comity:status", json!(status));
        node.add("dcterms:date", edtf(date));
        node.into_json()
    };
    history.as_object().into_iter().flatten().map(step).collect()
}

/// The offices of a person.
pub(super) fn offices(offices: &Value) -> Value {
    let office = |(_, office): (&String, &Value)| {
        let mut role = Node::within("schema:OrganizationRole");
        role.add("schema:memberOf", references(Some(Kind::Actor), &office["organisation"]));
        role.add("schema:roleName", texts(&office["title"]));
        role.add("comity:level", office["level"].clone());
        time::add_field(&mut role, time::START, &office["from"]);
        time::add_field(&mut role, time::END, &office["until"]);
        role.into_json()
    };
    offices.as_object().into_iter().flatten().map(office).collect()
}
