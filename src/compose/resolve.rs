//! Which record a text means.

use serde_json::Value;

use super::{ComposeError, Composed, Composition};
use crate::kind::Kind;
use crate::query::names::NameAnswer;
use crate::value::{Id, Key, StringFormat as _, folded};

impl Composition<'_> {
    /// The id of the record that a text means: an id, or a name that only one record has.
    ///
    /// # Errors
    /// When the text means no record, or may mean several.
    pub fn resolve(&mut self, text: &str, kinds: &[Kind]) -> Result<Key, ComposeError> {
        let text = text.trim();
        let (kinds, id) = match text.split_once(':').and_then(|(kind, id)| Some((Kind::parse(kind)?, id))) {
            Some((kind, id)) if kinds.contains(&kind) => (vec![kind], id),
            _ => (kinds.to_vec(), text),
        };
        let known: Vec<Kind> = kinds.iter().copied().filter(|kind| self.is_taken(*kind, id)).collect();
        match known[..] {
            [kind] => return Ok(Key { kind, id: Id::parse(id)? }),
            [] => {}
            _ => {
                let all: Vec<String> = known.iter().map(|kind| format!("`{kind}:{id}`")).collect();
                return Err(ComposeError(format!("several kinds have the id `{id}`; write one of {}", all.join(", "))));
            }
        }
        if let Some(key) = self.resolve_new(id, &kinds) {
            return Ok(key);
        }
        let what = if kinds.len() == 1 { kinds[0].name() } else { "record" };
        match self.names.answer(id, &kinds) {
            NameAnswer::One(found) => {
                let key = found.key.clone();
                let note = format!("`{id}` was taken for `{key}` ({})", found.title());
                self.note(note);
                Ok(key)
            }
            NameAnswer::Several(found) => {
                let likely: Vec<String> =
                    found.iter().map(|found| format!("`{}` ({})", found.key, found.title())).collect();
                Err(ComposeError(format!("`{id}` names no {what} for sure; it may be {}", likely.join(", "))))
            }
            NameAnswer::None => Err(ComposeError(format!(
                "`{id}` names no {what} on record; look with `comity search`, or add the record with `comity new`"
            ))),
        }
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
