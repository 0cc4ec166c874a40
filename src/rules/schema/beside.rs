//! Fields of an entry that stand beside the entries of a map, or where the name of the entry is left out:
//! `"offices": { "title": { … }, "level": "minister" }`.

use comity_document::document::{Member, Node};
use comity_document::pointer::Pointer;
use comity_document::validator::Violation;
use serde_json::Value as Json;

use super::entries::fitted;
use super::{Complaint, listed, resolved, unknown_field};
use crate::kind::Kind;
use crate::lint::Place;
use crate::schema::{self, is_form_of};

/// The names in a map that are no names of entries.
pub(super) struct FieldsBeside<'a> {
    kind: Kind,
    /// The map.
    map: &'a Node<'a>,
    at: Pointer,
    names: Vec<&'a str>,
    /// Whether the names of entries are ids of records.
    by_id: bool,
    /// The schema of an entry.
    entry: &'static Json,
}

/// Whether a key of a map is a field of an entry, and no entry. `map` is the schema of the map.
/// `inside` are the keys of its value.
pub(crate) fn is_field_beside<'k>(
    kind: Kind,
    map: &'static Json,
    key: &str,
    mut inside: impl Iterator<Item = &'k str>,
) -> bool {
    let Some(fields) = resolved(kind, &map["additionalProperties"])["properties"].as_object() else { return false };
    let is_field = |name: &str| fields.keys().any(|field| is_form_of(name, field));
    is_field(key) && !inside.any(is_field)
}

impl<'a> FieldsBeside<'a> {
    /// The maps of a record in which fields stand beside entries, as far as the schema refuses them there.
    pub(super) fn of(kind: Kind, root: &'a Node<'a>, violations: &[Violation]) -> Vec<Self> {
        let fields = &schema::structure(kind)["properties"];
        let of_map = |member: &'a Member<'a>| {
            let map = resolved(kind, &fields[member.key]);
            let own = member.value.members().iter();
            let is_beside = |own: &&Member<'a>| {
                is_field_beside(kind, map, own.key, own.value.members().iter().map(|member| member.key))
            };
            let beside = own.filter(is_beside).map(|own| own.key);
            let by_id = resolved(kind, &map["propertyNames"])["x-ref"].is_string();
            let (names, at) = (beside.collect(), Pointer::default().key(member.key));
            let entry = resolved(kind, &map["additionalProperties"]);
            Self { kind, map: &member.value, at, names, by_id, entry }
        };
        let all = root.members().iter().map(of_map);
        all.filter(|beside| violations.iter().any(|violation| beside.covers(violation))).collect()
    }

    /// Whether a violation only follows from a field that stands beside the entries.
    pub(super) fn covers(&self, violation: &Violation) -> bool {
        let Some(below) = violation.at.as_str().strip_prefix(self.at.as_str()) else { return false };
        self.names.iter().any(|name| {
            let rest = below.strip_prefix('/').and_then(|below| below.strip_prefix(name));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// The fields that are meant by some names, as an object.
    fn object(&self, names: &[&'a str]) -> String {
        let typed = names.iter().filter_map(|name| Some((*name, self.map.get(name)?)));
        fitted(self.kind, self.entry, &typed.collect::<Vec<_>>())
    }

    /// What is wrong, at its places.
    pub(super) fn complaints(&self) -> Vec<(Place, Complaint)> {
        let entries = || self.map.members().iter().map(|member| member.key).filter(|key| !self.names.contains(key));
        let Some(entry) = entries().next() else {
            let (what, name) = if self.by_id {
                ("the id of its record", "an-id")
            } else {
                ("a short name of your own", "a-short-name")
            };
            let message =
                format!("{} are fields of one entry, and the entry has no name", listed(self.names.iter().copied()));
            let help = format!("put {what} around them, as in {{ \"{name}\": {} }}", self.object(&self.names));
            return vec![(Place::Value(self.at.clone()), Complaint::new(0, &unknown_field::RULE, message).help(help))];
        };
        let of_name = |name: &&str| {
            let message = format!("`{name}` is a field of an entry, and stands beside the entries");
            let help =
                format!("move it into each entry to which it belongs, as in \"{entry}\": {}", self.object(&[*name]));
            (Place::Key(self.at.clone().key(name)), Complaint::new(0, &unknown_field::RULE, message).help(help))
        };
        self.names.iter().map(of_name).collect()
    }
}
