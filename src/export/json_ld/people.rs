//! Who takes part, who belongs to whom, and who holds an office, as roles with their time.

use serde_json::{Value, json};

use super::{Node, edtf, reference, references, texts};
use crate::export::tables::participation::ParticipationRow;
use crate::kind::Kind;

/// Adds the actors that take part in a record: each with capacity, roles and side, and the sides of the record.
/// `stated` are the participants as the record has them.
pub(super) fn participations(node: &mut Node, rows: &[ParticipationRow], stated: &Value) {
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
        part.add("comity:side", row.side.side.as_deref().map_or(Value::Null, |id| reference(None, id)));
        let own = &stated[row.actor.trim_start_matches("actor:")];
        part.add("schema:startDate", edtf(&own["from"]));
        part.add("schema:endDate", edtf(&own["until"]));
        node.add("comity:participation", part.into_json());
        let missed = matches!(row.attendance.as_deref(), Some("declined" | "absent"));
        if let Some(side) = row.side.side.as_deref().filter(|side| !missed && !sides.contains(side)) {
            sides.push(side);
        }
        let term = match (row.capacity.as_str(), row.attendance.as_deref()) {
            ("lead" | "convenor", _) => "schema:organizer",
            ("speaker", _) => "schema:author",
            ("participant", None | Some("online")) if row.r#ref.starts_with("event:") => "schema:attendee",
            _ => continue,
        };
        node.add(term, actor.clone());
        if roles.contains(&"organiser") {
            node.add("schema:organizer", actor);
        }
    }
    sides.into_iter().for_each(|side| node.add("comity:side", reference(None, side)));
}

/// The members of a group, an organisation or a framework, or the parties of an agreement: each with its steps.
pub(super) fn members(members: &Value) -> Value {
    let member = |(id, member): (&String, &Value)| {
        let mut role = Node::within("schema:OrganizationRole");
        role.add("schema:member", reference(Some(Kind::Actor), id));
        role.add("schema:roleName", member["role"].clone());
        let mut steps = member.clone();
        steps.as_object_mut().into_iter().for_each(|steps| drop(steps.shift_remove("role")));
        role.add("comity:step", self::steps(&steps));
        role.into_json()
    };
    members.as_object().into_iter().flatten().map(member).collect()
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
        role.add("schema:startDate", edtf(&office["from"]));
        role.add("schema:endDate", edtf(&office["until"]));
        role.into_json()
    };
    offices.as_object().into_iter().flatten().map(office).collect()
}
