//! Days in fields of their own, where a history has the steps: `"start": "2024-01"` or `"signed": "2019"` beside nothing.

use comity_document::document::Node;
use comity_document::pointer::Pointer;
use serde_json::{Map, Value as Json};

use super::sample;
use super::two_dates::{FIELD as WHEN, LAST};
use super::{Complaint, listed, resolved, unknown_field};
use crate::kind::Kind;
use crate::lint::{Change, Fix};
use crate::schema::{FieldSchema, is_form_of};
use crate::value::{Edtf, StringFormat as _, folded, words_of_name};

/// The field that has the steps.
pub(super) const FIELD: &str = "history";

/// Unknown fields that are steps of the absent history.
pub(super) struct LooseSteps {
    /// Each field with its step and its date.
    pub(super) fields: Vec<(String, &'static str, String)>,
}

impl LooseSteps {
    /// The fields, where the object has no history and its schema, `part`, has one.
    pub(super) fn of(kind: Kind, object: &Node<'_>, part: &'static Json, unknown: &[String]) -> Option<Self> {
        let history = resolved(kind, &part["properties"][FIELD]);
        if !history["x-steps"].is_string() || object.get(FIELD).is_some() {
            return None;
        }
        let steps = || history["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str);
        let known = |wanted: &str| steps().find(|step| *step == wanted);
        let step_of = |name: &str| {
            let word = words_of_name(name);
            // As the fields are called that have the first and the last day of an actor.
            let of_actor = |field: &str| word == field || FieldSchema::of(Kind::Actor).calls(field, &word);
            let is_last = || of_actor("until") || LAST.iter().any(|last| folded(last) == word);
            let by_time = || if of_actor("from") { known("ongoing") } else { known("completed").filter(|_| is_last()) };
            // As the field is called that has the day of an event.
            let is_day = || word == WHEN || FieldSchema::of(Kind::Event).calls(WHEN, &word);
            let of_day = || sample::step(history).and_then(known).filter(|_| is_day());
            steps().find(|step| is_form_of(name, step)).or_else(by_time).or_else(of_day)
        };
        let field = |name: &String| {
            let date = object.get(name).and_then(Node::as_str).filter(|date| Edtf::parse(date).is_ok())?;
            Some((name.clone(), step_of(name)?, date.to_owned()))
        };
        let mut fields: Vec<_> = unknown.iter().filter_map(field).collect();
        fields.sort_by_key(|(_, step, _)| steps().position(|known| known == *step));
        fields.dedup_by_key(|(_, step, _)| *step);
        (!fields.is_empty()).then_some(Self { fields })
    }

    pub(super) fn complaint(&self, at: &Pointer) -> Complaint {
        let steps: Map<String, Json> =
            self.fields.iter().map(|(_, step, date)| ((*step).to_owned(), date.as_str().into())).collect();
        let written: Vec<String> =
            self.fields.iter().map(|(_, step, date)| format!("\"{step}\": \"{date}\"")).collect();
        let written = format!("\"{FIELD}\": {{ {} }}", written.join(", "));
        let names = self.fields.iter().map(|(name, ..)| name.as_str());
        let place = |name: &str| at.clone().key(name);
        let first = place(&self.fields[0].0);
        let mut changes = vec![
            Change::Replace { at: first.clone(), with: steps.into() },
            Change::Rename { at: first, to: FIELD.to_owned() },
        ];
        changes.extend(names.clone().skip(1).map(|name| Change::Remove { at: place(name) }));
        let fields = if self.fields.len() == 1 { "unknown field" } else { "unknown fields" };
        let complaint = Complaint::new(0, &unknown_field::RULE, format!("{fields} {}", listed(names)))
            .help(format!("each day stands in `{FIELD}`, under the status that was reached then: {written}"));
        Complaint { fix: Some(Fix { what: format!("write `{written}`"), changes, safe: false }), ..complaint }
    }
}
