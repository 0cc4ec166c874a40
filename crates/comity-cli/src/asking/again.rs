//! What the check finds fault with is asked for again, so that nothing else that was typed is lost.

use std::borrow::Cow;
use std::collections::BTreeSet;

use anyhow::bail;
use comity::compose::questions;
use comity::report::{Diagnostic, Location, Report};
use comity::schema::FieldSchema;
use comity::value::Key;

use super::Asking;
use super::prompts::prompt;
use crate::output::eprint_line;

/// A field of a record that is asked for again.
type Place = (Key, String);

impl Asking<'_, '_> {
    /// Asks again for each field with a finding, in the new records. What stands in a record of the dataset is not asked
    /// for: for a finding there, the fields of new records that explain the finding are asked for once, and then the
    /// citation. `key_of` gives the record of a file.
    pub(super) fn again(&mut self, report: &Report, key_of: &dyn Fn(&str) -> Option<Key>) -> anyhow::Result<()> {
        let mut places = self.found(report);
        if places.is_empty() {
            places = self.related(report, key_of);
            places.retain(|place| !self.asked.contains(place));
            self.asked.extend_from_slice(&places);
        }
        if places.is_empty() {
            let Some((entry, source)) = self.cited.clone() else {
                bail!("the check finds fault with what would be written; nothing was written");
            };
            return self.cite_again(entry, &source);
        }
        for (key, field) in &places {
            self.field_again(key, field)?;
        }
        // What each source shows was said of other answers.
        let changed: BTreeSet<&Key> = places.iter().map(|(key, _)| key).collect();
        changed.into_iter().try_for_each(|key| self.supports(key))
    }

    /// The fields with a finding, in the new records, each once.
    fn found(&self, report: &Report) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for found in &report.diagnostics {
            let Some(key) = found.record.as_ref().filter(|key| self.composition.is_new(key)) else { continue };
            for field in self.fields_of(key, found) {
                if !places.contains(&(key.clone(), field.clone())) {
                    places.push((key.clone(), field));
                }
            }
        }
        places
    }

    /// The fields of new records that explain a finding, each once.
    fn related(&self, report: &Report, key_of: &dyn Fn(&str) -> Option<Key>) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for (location, _) in report.diagnostics.iter().flat_map(|found| &found.related) {
            let key = key_of(&location.path).filter(|key| self.composition.is_new(key));
            if let Some(place) = key.zip(first_field(location))
                && !places.contains(&place)
            {
                places.push(place);
            }
        }
        places
    }

    /// The fields that a finding is about: the one at its place, or those that the record still needs.
    fn fields_of(&self, key: &Key, found: &Diagnostic) -> Vec<String> {
        match first_field(&found.location) {
            Some(field) => vec![field],
            None => {
                self.composition.open_questions(key).into_iter().map(|question| question.field.to_owned()).collect()
            }
        }
    }

    fn field_again(&mut self, key: &Key, field: &str) -> anyhow::Result<()> {
        match questions(key.kind).into_iter().find(|question| question.field == field) {
            Some(question) => {
                eprint_line(&format!("{key}: {field} again"));
                self.composition.clear(key, field);
                self.question(key, &question)
            }
            None => self.free(key, field),
        }
    }

    /// A field for which there is no question: its value as one types it.
    fn free(&mut self, key: &Key, field: &str) -> anyhow::Result<()> {
        let about = FieldSchema::of(key.kind).field(field).map(FieldSchema::description).unwrap_or_default();
        self.composition.clear(key, field);
        loop {
            let text = prompt(&format!("{key}: {field}"), about, None)?;
            let set = if text.is_empty() { Ok(()) } else { self.composition.set(key, field, &text) };
            match set {
                Ok(()) => return Ok(()),
                Err(error) => eprint_line(&format!("  {error}")),
            }
        }
    }
}

/// The field of the record in which a place lies.
fn first_field(location: &Location) -> Option<String> {
    location.pointer.as_ref()?.tokens().next().map(Cow::into_owned)
}
