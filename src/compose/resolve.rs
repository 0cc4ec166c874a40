//! Which record a text means.

use serde_json::Value;

use super::{ComposeError, Composed, Composition};
use crate::kind::Kind;
use crate::query::names::{several_kinds, split};
use crate::value::{Id, Key, StringFormat as _, folded};

impl Composition<'_> {
    /// The record that a text means: by `kind:id`, by an id, or by a name that only one record has. Records in the making
    /// are meant as those on record are.
    ///
    /// # Errors
    /// When the text means no record, or may mean several.
    pub fn resolve(&mut self, text: &str, kinds: &[Kind]) -> Result<Key, ComposeError> {
        let (kinds, id) = split(text, kinds)?;
        let taken = kinds.iter().filter(|kind| self.is_taken(**kind, id));
        let known = taken
            .map(|kind| Ok(Key { kind: *kind, id: Id::parse(id)? }))
            .collect::<Result<Vec<Key>, ComposeError>>()?;
        match &known[..] {
            [key] => return Ok(key.clone()),
            [] => {}
            _ => return Err(several_kinds(id, known.iter()).into()),
        }
        if let Some(key) = self.resolve_new(id, &kinds) {
            return Ok(key);
        }
        let named = self.names.resolve(id, &kinds)?;
        if let Some(found) = named.by_name {
            self.note(format!("`{id}` was taken for `{}` ({})", found.key, found.title()));
        }
        Ok(named.key.clone())
    }

    /// The new record that has this very name.
    fn resolve_new(&self, text: &str, kinds: &[Kind]) -> Option<Key> {
        let wanted = folded(text);
        let has_name = |record: &&Composed| {
            let mut names = record.fields.get("names").and_then(Value::as_object).into_iter().flatten();
            names.any(|(_, name)| name.as_str().is_some_and(|name| folded(name) == wanted))
        };
        let new = self.records.iter().filter(|record| record.existing.is_none() && kinds.contains(&record.key.kind));
        new.into_iter().find(has_name).map(|record| record.key.clone())
    }
}
