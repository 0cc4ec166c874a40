//! Evidence added to a record of the dataset: what a source shows, and where it has other values.

use comity_document::pointer::Pointer;
use serde_json::{Map, Value, json};

use super::source::usual_stance;
use super::{ComposeError, Composition};
use crate::dataset::Entry;
use crate::kind::Kind;
use crate::report::{Diagnostic, Report};
use crate::schema::{self, Class};
use crate::value::{FieldPointer, Key, StringFormat as _, text_or_json};

/// What one source says of a record.
#[derive(Debug, Clone, Default)]
pub struct Citation {
    /// The source, as a [line](super::SourceLine).
    pub source: String,
    /// The code of the stance; by the status of the record where it is left out.
    pub stance: Option<String>,
    /// The places that the source shows.
    pub supports: Vec<String>,
    /// The places for which the source has another value, each with the value.
    pub says: Vec<(String, String)>,
    /// Why two values stand beside each other, for what is contested.
    pub why: Option<String>,
    /// Fields of a new source, each with a text for [`Composition::set`].
    pub fields: Vec<(String, String)>,
}

impl Citation {
    /// Whether the source shows a place, has another value for one, or contradicts the record as a whole.
    pub fn says_something(&self) -> bool {
        let contradicts = self.stance.as_deref() == Some("contradicts");
        contradicts || !self.supports.is_empty() || !self.says.is_empty()
    }
}

impl Composition<'_> {
    /// Adds a source to the evidence of a record, or adds to what a source shows of it. Where the source is the second,
    /// what the first shows is written out; where two values cannot both hold, the place becomes contested, with the
    /// outcome open. Returns the record and the source.
    ///
    /// # Errors
    /// When the record cannot be added to, a place or a value cannot be one, or the source says otherwise already. Nothing
    /// is changed then.
    pub fn cite(&mut self, entry: &Entry, citation: &Citation) -> Result<(Key, Key), ComposeError> {
        self.attempt(|composition| composition.add_citation(entry, citation))
    }

    /// Refuses a record of a kind that has no evidence.
    ///
    /// # Errors
    /// When the kind has no evidence.
    pub fn check_citable(record: &Key) -> Result<(), ComposeError> {
        let why = match record.kind {
            Kind::Theme => "a theme is a word of ours, which no source shows",
            Kind::Source => "a source is evidence itself; what it was copied from stands in `derived_from`",
            Kind::Survey => "a survey is a search of ours, which no source shows",
            _ => return Ok(()),
        };
        Err(ComposeError(format!("`{record}` takes no evidence: {why}")))
    }

    fn add_citation(&mut self, entry: &Entry, citation: &Citation) -> Result<(Key, Key), ComposeError> {
        let key = self.take(entry)?;
        Self::check_citable(&key)?;
        let source = self.source_with(&citation.source, &citation.fields)?;
        let id = source.id.as_ref().to_owned();
        if !citation.says_something() {
            return Err(ComposeError(format!(
                "say what `{id}` shows of `{key}`, as in `--supports /when`, or where it has another value, as in `--says /when=2019-01-23`"
            )));
        }
        self.write_out_first(&key);
        self.take_stance(&key, &id, citation)?;
        for place in &citation.supports {
            let place = self.place(&key, place)?;
            self.refuse_said(&key, &id, &place)?;
            self.add(&key, &id, |evidence| push(evidence, "supports", place.into()));
        }
        for (place, said) in &citation.says {
            self.says(&key, &id, place, said)?;
        }
        self.contest(&key, citation.why.as_deref())?;
        Ok((key, source))
    }

    /// Writes how a source speaks of a record. The stance that a source has already is the contributor's to change.
    fn take_stance(&mut self, key: &Key, id: &str, citation: &Citation) -> Result<(), ComposeError> {
        let evidence = self.value(key, "evidence").and_then(|evidence| evidence.get(id));
        let own = evidence.and_then(|evidence| evidence["stance"].as_str()).map(str::to_owned);
        let Some(own) = own else {
            let usual = || self.fields(key).map_or("reports", usual_stance);
            let stance = citation.stance.as_deref().unwrap_or_else(usual);
            return self.set(key, &format!("evidence/{id}/stance"), stance);
        };
        if let Some(other) = citation.stance.as_ref().filter(|stance| **stance != own) {
            return Err(ComposeError(format!(
                "`{id}` is in the evidence of `{key}` already, and `{own}`; leave `--stance` out, or write `{other}` there by hand"
            )));
        }
        let adds = !citation.supports.is_empty() || !citation.says.is_empty();
        adds.then_some(()).ok_or_else(|| ComposeError(format!("`{key}` has this of `{id}` already")))
    }

    /// Refuses a place for which a source has a value of its own already.
    fn refuse_said(&self, key: &Key, source: &str, place: &str) -> Result<(), ComposeError> {
        let said = self.value(key, "evidence").and_then(|evidence| evidence[source]["says"].get(place));
        said.map_or(Ok(()), |said| {
            let said = text_or_json(said);
            Err(ComposeError(format!("`{source}` has `{said}` at `{place}` already; change that by hand")))
        })
    }

    /// Writes out what the only source of a record shows: every fact that the record states.
    fn write_out_first(&mut self, key: &Key) {
        let facts = self.facts(key);
        let evidence =
            self.fields_mut(key).and_then(|fields| fields.get_mut("evidence")).and_then(Value::as_object_mut);
        let Some(evidence) = evidence.filter(|evidence| evidence.len() == 1) else { return };
        let only = evidence.values_mut().filter_map(Value::as_object_mut);
        for evidence in only.filter(|evidence| !evidence.contains_key("supports") && !evidence.contains_key("says")) {
            evidence.insert("supports".to_owned(), facts.clone().into());
        }
    }

    /// The places of all facts that a record states.
    pub fn facts(&self, key: &Key) -> Vec<String> {
        let shape = schema::shape(key.kind);
        let is_fact = |field: &str| shape.field(field).is_some_and(|shape| shape.class == Some(Class::Fact));
        let fields = self.fields(key).into_iter().flatten().map(|(field, _)| field);
        fields.filter(|field| is_fact(field)).map(|field| format!("/{field}")).collect()
    }

    /// The place in a record that a text means.
    fn place(&self, key: &Key, text: &str) -> Result<String, ComposeError> {
        let text = if text.starts_with('/') { text.to_owned() } else { format!("/{text}") };
        let pointer = FieldPointer::parse(&text)?;
        let value = Value::Object(self.fields(key).cloned().unwrap_or_default());
        if value.pointer(pointer.as_ref()).is_none() {
            let facts = self.facts(key);
            return Err(ComposeError(format!(
                "`{key}` has nothing at `{text}`; its facts are `{}`",
                facts.join("`, `")
            )));
        }
        Ok(text)
    }

    /// Writes what a source says of a place.
    fn says(&mut self, key: &Key, source: &str, place: &str, said: &str) -> Result<(), ComposeError> {
        let place = if place.starts_with('/') { place.to_owned() } else { format!("/{place}") };
        FieldPointer::parse(&place)?;
        // The value is read as a field of a record that says nothing else.
        let scratch = Key { kind: key.kind, id: key.id.clone() };
        let whole = self.fields_mut(key).map(std::mem::take).unwrap_or_default();
        let set = self.set(&scratch, &place, said);
        let read = self.fields_mut(key).map(|fields| std::mem::replace(fields, whole)).unwrap_or_default();
        set?;
        let read = Value::Object(read);
        let value = read.pointer(&place).cloned().ok_or_else(|| {
            ComposeError(format!("`{place}` is not the place of a value; write it as the record has it"))
        })?;
        let own = Value::Object(self.fields(key).cloned().unwrap_or_default());
        if own.pointer(&place) == Some(&value) {
            return Err(ComposeError(format!("`{key}` has this value at `{place}` too; write `--supports {place}`")));
        }
        self.refuse_said(key, source, &place)?;
        self.add(key, source, |evidence| {
            // A source does not show what it has another value for.
            if let Some(supports) = evidence.get_mut("supports").and_then(Value::as_array_mut) {
                supports.retain(|shown| *shown != *place);
            }
            if evidence.get("supports").and_then(Value::as_array).is_some_and(Vec::is_empty) {
                evidence.shift_remove("supports");
            }
            let says = evidence.entry("says").or_insert_with(|| json!({}));
            says.as_object_mut().map(|says| says.insert(place, value));
        });
        Ok(())
    }

    /// Marks what cannot both hold as contested, by what the check finds.
    fn contest(&mut self, key: &Key, why: Option<&str>) -> Result<(), ComposeError> {
        let files: Vec<_> = self.files()?.into_iter().filter(|file| file.key == *key).collect();
        let report = self.check(&files, "");
        for (place, found) in disputes(&report) {
            let why = why.map_or_else(|| found.clone(), str::to_owned);
            let contested = json!({ "outcome": "open", "why": why });
            self.note(format!("`{key}`: `{place}` is contested, with the outcome open: {found}"));
            let fields = self.fields_mut(key).into_iter();
            for fields in fields {
                let all = fields.entry("contested").or_insert_with(|| json!({}));
                all.as_object_mut().map(|all| all.entry(place.clone()).or_insert_with(|| contested.clone()));
            }
        }
        Ok(())
    }

    fn add(&mut self, key: &Key, source: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let evidence = self.fields_mut(key).and_then(|fields| fields.get_mut("evidence"));
        evidence.and_then(|all| all.get_mut(source)).and_then(Value::as_object_mut).map(change);
    }
}

/// The places at which a source and the record have values that cannot both hold, each with a sentence that says so.
fn disputes(report: &Report) -> Vec<(String, String)> {
    let place = |found: &Diagnostic| -> Option<Pointer> { found.related.first()?.0.pointer.clone() };
    let unreconciled = report.diagnostics.iter().filter(|found| found.rule.code == "unreconciled-source");
    unreconciled.filter_map(|found| Some((place(found)?.to_string(), sentence(&found.message)))).collect()
}

/// A message as a sentence of a record, which has no backticks.
fn sentence(message: &str) -> String {
    let plain = message.replace('`', "");
    format!("{plain}.")
}

fn push(object: &mut Map<String, Value>, field: &str, value: Value) {
    let list = object.entry(field).or_insert_with(|| json!([]));
    if let Some(list) = list.as_array_mut().filter(|list| !list.contains(&value)) {
        list.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Presence, presence};
    use crate::value::Id;

    #[test]
    fn a_kind_takes_evidence_where_it_has_the_field() {
        for kind in Kind::ALL {
            let key = Key { kind, id: Id::parse("some-id").expect("an id") };
            let takes_evidence = presence(kind, "evidence") != Presence::Absent;
            assert_eq!(Composition::check_citable(&key).is_ok(), takes_evidence, "{kind}");
        }
    }
}
