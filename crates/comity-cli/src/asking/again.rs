//! What the check finds fault with is asked for again, so that nothing else that was typed is lost.

use std::borrow::Cow;

use anyhow::bail;
use comity::compose::questions;
use comity::report::{Diagnostic, Report};
use comity::schema::FieldSchema;
use comity::value::Key;

use super::Asking;
use super::prompts::prompt;
use crate::output::eprint_line;

impl Asking<'_, '_> {
    /// Asks again for each field with a finding, in the new records. What stands in a record of the dataset is not asked
    /// for.
    pub(super) fn again(&mut self, report: &Report) -> anyhow::Result<()> {
        let mut places: Vec<(Key, String)> = Vec::new();
        for found in &report.diagnostics {
            let Some(key) = found.record.as_ref().filter(|key| self.composition.is_new(key)) else { continue };
            for field in self.fields_of(key, found) {
                if !places.contains(&(key.clone(), field.clone())) {
                    places.push((key.clone(), field));
                }
            }
        }
        if places.is_empty() {
            bail!("the check finds fault with what would be written; nothing was written");
        }
        for (key, field) in &places {
            self.field_again(key, field)?;
        }
        let mut changed: Vec<&Key> = places.iter().map(|(key, _)| key).collect();
        changed.dedup();
        // What each source shows was said of other answers.
        changed.into_iter().try_for_each(|key| self.supports(key))
    }

    /// The fields that a finding is about: the one at its place, or those that the record still needs.
    fn fields_of(&self, key: &Key, found: &Diagnostic) -> Vec<String> {
        let at = found.location.pointer.as_ref();
        match at.and_then(|at| at.tokens().next().map(Cow::into_owned)) {
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
