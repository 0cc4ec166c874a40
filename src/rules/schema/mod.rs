//! What the schema refuses, as findings: one finding for one mistake, in a contributor's words.

mod beside;
mod complaint;
mod dates;
mod entries;
mod fields;
mod figures;
mod loose_steps;
mod misplaced;
mod named;
mod objects;
mod office;
mod pages;
mod sample;
mod several;
mod swapped;
mod two_dates;
mod type_hints;
mod units;
mod values;

use std::collections::{BTreeMap, HashMap, HashSet};

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;
use comity_document::validator::{Violation, ViolationKind};
use serde_json::Value as Json;

use crate::dataset::EntryId;
use crate::kind::Kind;
use crate::lint::{Change, Finding, Fix, Place, Wanted, WantedForm};
use crate::schema;
use crate::value::short;
use beside::FieldsBeside;
pub(crate) use beside::is_field_beside;
use complaint::Complaint;
pub(crate) use figures::in_place_of_best;
use objects::FieldFaults;
pub(crate) use pages::SOURCE;
pub(crate) use sample::{part_at, resolved};
use swapped::SwappedEntry;
pub(crate) use type_hints::or_leave_out;
pub(crate) use values::known_place;

subject! { each_schema_rule {
    Document: unknown_field missing_field;
    Schema: wrong_type unknown_code;
    Document: malformed_value;
    Schema: empty_collection repeated_item impossible_date unregistered_language;
} }

/// Reports the violations of one record as findings. `root` is the tree in which they were found.
pub fn over_violations(
    kind: Kind,
    root: &Node<'_>,
    violations: Vec<Violation>,
    entry: EntryId,
    out: &mut Vec<Finding>,
) {
    let mut complaints = Complaints { kind, root, by_place: BTreeMap::new(), keys: HashMap::new() };
    let mut objects = BTreeMap::<Pointer, FieldFaults>::new();
    let mut misplaced = HashSet::new();
    let beside = FieldsBeside::of(kind, root, &violations);
    beside.iter().flat_map(FieldsBeside::complaints).for_each(|(place, complaint)| complaints.add(place, complaint));
    let swapped = SwappedEntry::all(kind, root, &violations);
    swapped.iter().for_each(|entry| complaints.add(Place::Key(entry.at.clone()), entry.complaint()));
    let is_settled = |violation: &Violation| {
        beside.iter().any(|beside| beside.covers(violation)) || swapped.iter().any(|entry| entry.covers(violation))
    };
    let violations = violations.into_iter().filter(|violation| !is_settled(violation));
    for Violation { at, schema, refused, .. } in violations {
        match refused {
            ViolationKind::UnknownFields(names) => {
                let fields = objects.entry(at).or_default();
                (fields.schema, fields.unknown) = (schema, names);
            }
            ViolationKind::MissingField(name) => {
                let fields = objects.entry(at).or_default();
                fields.schema = schema;
                fields.missing.push(name);
            }
            ViolationKind::Key(key, refused) => {
                misplaced.insert(key.clone());
                complaints.add_key(&at, &key, &schema, &refused);
            }
            refused => complaints.add_value(at, &schema, &refused),
        }
    }
    misplaced.extend(objects.iter().filter(|(at, _)| !at.is_root()).flat_map(|(_, fields)| fields.unknown.clone()));
    for (at, mut fields) in objects {
        // A field that belongs to another level of the record is reported there.
        fields.missing.retain(|name| !(at.is_root() && misplaced.contains(name)));
        complaints.add_fields(&at, fields);
    }
    for (place, mut all) in complaints.by_place {
        let first = all.iter().map(|complaint| complaint.rank).min();
        all.retain(|complaint| Some(complaint.rank) == first);
        for complaint in all {
            complaint.report(entry, place.clone(), out);
        }
    }
}

struct Complaints<'a> {
    kind: Kind,
    root: &'a Node<'a>,
    by_place: BTreeMap<Place, Vec<Complaint>>,
    /// The keys of the objects that were visited, and the new names that fixes give to keys.
    keys: HashMap<Pointer, HashSet<String>>,
}

impl Complaints<'_> {
    fn add(&mut self, place: Place, complaint: Complaint) {
        let all = self.by_place.entry(place).or_default();
        if all.iter().all(|other| other.message != complaint.message) {
            all.push(complaint);
        }
    }

    fn part(&self, schema: &str) -> &'static Json {
        schema::structure(self.kind).pointer(schema).unwrap_or(&Json::Null)
    }

    fn keys(&mut self, at: &Pointer) -> &mut HashSet<String> {
        let root = self.root;
        let members = || root.at(at).map(Node::members).unwrap_or_default();
        let written = || members().iter().map(|member| member.key.to_owned()).collect();
        self.keys.entry(at.clone()).or_insert_with(written)
    }

    fn add_value(&mut self, at: Pointer, schema: &str, refused: &ViolationKind) {
        let Some(node) = self.root.at(&at) else { return };
        match (refused, &node.value) {
            (ViolationKind::Repeated, Value::Array(items)) => self.add_repeated(&at, items),
            (ViolationKind::Range(_), Value::Array(items)) => self.add_surplus(&at, items, self.part(schema)),
            _ => {
                let complaint = values::describe(self.kind, refused, self.part(schema), node, &at, self.root);
                self.add(Place::Value(at), complaint);
            }
        }
    }

    fn add_key(&mut self, at: &Pointer, key: &str, schema: &str, refused: &ViolationKind) {
        // The violation's path leads to the object; the schema of its keys is below the path, or behind a reference.
        let names = match self.part(schema) {
            part if part["propertyNames"].is_object() => &part["propertyNames"],
            part => part,
        };
        let text = Node { span: self.root.span, value: Value::String(key) };
        let place = at.clone().key(key);
        let complaint = values::describe(self.kind, refused, resolved(self.kind, names), &text, &place, self.root);
        // The fix for a key renames it, but never to a key that exists or that another fix gives.
        let beside = complaint.fix.as_ref().and_then(|fix| match &fix.changes[..] {
            [Change::Replace { with: Json::String(to), .. }] if self.keys(at).contains(to) => Some(to.clone()),
            _ => None,
        });
        let complaint = match beside {
            Some(to) => complaint
                .help(format!("`{to}` stands here already: move what this entry says there, and delete this entry")),
            None => complaint,
        };
        let fix = complaint.fix.as_ref().and_then(|fix| match &fix.changes[..] {
            [Change::Replace { with: Json::String(to), .. }] if self.keys(at).insert(to.clone()) => {
                let changes = vec![Change::Rename { at: place.clone(), to: to.clone() }];
                Some(Fix { changes, ..fix.clone() })
            }
            _ => None,
        });
        let wanted = complaint.wanted.map(|wanted| {
            let with_kind = wanted.form == WantedForm::KindAndId;
            Wanted { form: WantedForm::of(true, with_kind), ..wanted }
        });
        self.add(Place::Key(place), Complaint { fix, wanted, ..complaint });
    }

    fn add_repeated(&mut self, at: &Pointer, items: &[Node<'_>]) {
        let mut seen = HashMap::new();
        for (index, item) in items.iter().enumerate() {
            let here = at.clone().index(index);
            let text = item.to_json().to_string();
            let Some(first) = seen.get(&text) else {
                seen.insert(text, here);
                continue;
            };
            let message = match item.as_str() {
                Some(text) => format!("`{}` stands twice in this list", short(text)),
                None => "the same entry stands twice in this list".to_owned(),
            };
            let complaint = Complaint {
                related: Some((Pointer::clone(first), "it stands here first")),
                ..Complaint::new(0, &repeated_item::RULE, message).help("remove it; once is enough".to_owned()).fix(
                    "remove the second one".to_owned(),
                    Change::Remove { at: here.clone() },
                    true,
                )
            };
            self.add(Place::Value(here), complaint);
        }
    }

    /// Reports the first item that is too many.
    fn add_surplus(&mut self, at: &Pointer, items: &[Node<'_>], part: &Json) {
        let most = part["maxItems"].as_u64().and_then(|most| usize::try_from(most).ok()).unwrap_or(items.len());
        let message = format!("{} entries stand in this list, and {most} are the most", items.len());
        let complaint = Complaint::new(2, &malformed_value::RULE, message)
            .help(format!("keep the {most} that matter most, and remove this and what follows"));
        self.add(Place::Value(at.clone().index(most)), complaint);
    }
}

/// A list of texts in one line, as `fmt` writes a short list.
fn in_one_line(list: &Json) -> String {
    let items: Vec<String> = list.as_array().into_iter().flatten().map(Json::to_string).collect();
    format!("[{}]", items.join(", "))
}

fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// A description as part of a sentence.
fn inline(description: &str) -> String {
    let sentence = description.trim_end_matches('.');
    let mut chars = sentence.chars();
    match chars.next() {
        // An acronym keeps its capitals.
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => sentence.to_owned(),
    }
}
