//! The fields of one object: those that are unknown, and those that are absent. An unknown field that stands for an absent one
//! is one mistake.

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use super::complaint::Complaint;
use super::loose_steps::{self, LooseSteps};
use super::office::of_office;
use super::two_dates::{self, TwoDates};
use super::{
    Complaints, fields, in_one_line, misplaced, missing_field, resolved, several, unknown_code, unknown_field,
};
use crate::kind::Kind;
use crate::lint::{Change, Fix, Place, Wanted, WantedForm};
use crate::schema::{self, FieldSchema};
use crate::value::{day_of_copy, short};

/// What is wrong with the fields of one object.
#[derive(Default)]
pub(super) struct FieldFaults {
    /// The schema of the object.
    pub(super) schema: String,
    pub(super) unknown: Vec<String>,
    pub(super) missing: Vec<String>,
}

impl FieldFaults {
    /// Leaves out unknown fields, and the absent field for which they stand: one complaint reports them.
    fn settle(&mut self, field: &str, names: &[&String]) {
        self.unknown.retain(|unknown| !names.contains(&unknown));
        self.missing.retain(|missing| missing != field);
    }
}

impl Complaints<'_> {
    /// Reports days in fields of their own, where one field has all of them. They are one mistake.
    fn add_dates(&mut self, at: &Pointer, part: &'static Json, fields: &mut FieldFaults) {
        let Some(object) = self.root.at(at) else { return };
        let of_object = FieldSchema::of_part(self.kind, part);
        if let Some(two) = TwoDates::of(object, of_object, &fields.unknown) {
            fields.settle(two_dates::FIELD, &[&two.first, &two.last]);
            self.keys(at).insert(two_dates::FIELD.to_owned());
            self.add(Place::Key(at.clone().key(two.place())), two.complaint(at));
        }
        if let Some(loose) = LooseSteps::of(self.kind, object, part, &fields.unknown) {
            let names: Vec<&String> = loose.fields.iter().map(|(name, ..)| name).collect();
            fields.settle(loose_steps::FIELD, &names);
            self.keys(at).insert(loose_steps::FIELD.to_owned());
            self.add(Place::Key(at.clone().key(names[0])), loose.complaint(at));
        }
    }

    /// Reports fields of a source in the evidence of another record. They are one mistake.
    fn add_of_source(&mut self, at: &Pointer, part: &'static Json, fields: &mut FieldFaults) {
        let of_source = misplaced::of_source(self.kind, part, &fields.unknown);
        let Some(first) = of_source.first() else { return };
        // How the source presents the facts is said with what belongs here.
        fields.settle("stance", &of_source.iter().collect::<Vec<_>>());
        self.add(Place::Key(at.clone().key(first)), misplaced::complaint(&of_source, at));
    }

    /// Reports unknown and absent fields. An unknown field that resembles an absent one is one mistake.
    pub(super) fn add_fields(&mut self, at: &Pointer, mut fields: FieldFaults) {
        let part = self.part(&fields.schema);
        self.add_dates(at, part, &mut fields);
        self.add_of_source(at, part, &mut fields);
        let keys = self.keys(at);
        // An absent field to which a key is to be renamed is reported already.
        fields.missing.retain(|name| !keys.contains(name));
        let mut free = fields::names(part).filter(|name| !keys.contains(*name)).collect();
        for name in &fields.unknown {
            let place = at.clone().key(name);
            let elsewhere = elsewhere(self.kind, at, name);
            let mut meant = || fields::meant((self.kind, at), name, part, &fields.missing, &mut free);
            let meant = if elsewhere.is_none() { meant() } else { None };
            fields.missing.retain(|field| Some(field.as_str()) != meant);
            let shown = short(name);
            let (rule, message) = if part["x-steps"].is_string() {
                (&unknown_code::RULE, format!("`{shown}` is not a status of this history"))
            } else {
                (&unknown_field::RULE, format!("unknown field `{shown}`"))
            };
            let of_office = || of_office(self.kind, self.root, name).filter(|_| at.is_root() && meant.is_none());
            let help = elsewhere.or_else(of_office);
            let help = help.unwrap_or_else(|| fields::advice(self.kind, name, meant, part, at));
            let complaint = Complaint::new(0, rule, message).help(help);
            let complaint = match meant {
                Some(to) => self.renamed(complaint, &place, name, to, &part["properties"][to]),
                None => complaint,
            };
            self.add(Place::Key(place), complaint);
        }
        for name in &fields.missing {
            let (message, help) = fields::missing(self.kind, name, part, at);
            let url = self.root.at(at).filter(|_| name == "captured").and_then(|copy| copy.get("url")?.as_str());
            let day = url.and_then(day_of_copy);
            let help =
                day.map_or(help, |day| format!("add \"captured\": \"{day}\", the day in the address of the copy"));
            self.add(Place::Value(at.clone()), Complaint::new(0, &missing_field::RULE, message).help(help));
        }
    }

    /// Adds the fix that renames a key. It is safe where the name is only another way to write the field. A text where
    /// a list of texts belongs becomes a list, so that the fix leads to no other fault.
    fn renamed(
        &self,
        complaint: Complaint,
        place: &Pointer,
        name: &str,
        to: &'static str,
        field: &'static Json,
    ) -> Complaint {
        let value = self.root.at(place);
        let mut changes = vec![Change::Rename { at: place.clone(), to: to.to_owned() }];
        let item = resolved(self.kind, &resolved(self.kind, field)["items"]);
        let text = value.and_then(Node::as_str).filter(|_| item["type"] == "string");
        // A value that cannot stand in the field would be the next fault.
        if text.is_none() && value.is_some_and(|value| !has_type(&value.value, resolved(self.kind, field))) {
            return complaint;
        }
        let items = text.map(|text| several::items(self.kind, item, text));
        let wanted = text.filter(|_| items.as_ref().is_some_and(|items| items.len() == 1)).and_then(|text| {
            let kind = Kind::parse(item["x-ref"].as_str()?)?;
            Some(Wanted { text: text.to_owned(), kind: Some(kind), at: place.clone(), form: WantedForm::ListUnder(to) })
        });
        let what = match items {
            Some(items) => {
                let list = Json::from(items);
                let what = format!("write `\"{to}\": {}`", in_one_line(&list));
                changes.push(Change::Replace { at: place.clone(), with: list });
                what
            }
            None => format!("rename it to `{to}`"),
        };
        let safe = schema::is_form_of(name, to) && wanted.is_none();
        Complaint { fix: Some(Fix { what, changes, safe }), wanted, ..complaint }
    }
}

/// What to do about a field that belongs outside the record, whatever the fields of the record are called.
fn elsewhere(kind: Kind, at: &Pointer, name: &str) -> Option<String> {
    misplaced::of_evidence(kind, at, name).or_else(|| misplaced::note(at, name))
}

/// Whether a value has the JSON type that a part of a schema asks for.
fn has_type(value: &Value<'_>, part: &Json) -> bool {
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    part["type"].as_str().is_none_or(|wanted| wanted == own || wanted == "integer" && own == "number")
}
