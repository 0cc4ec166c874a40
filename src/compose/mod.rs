//! New records, and additions to records, put together from what a contributor says: `comity new`, `comity cite` and
//! the issue forms.
//!
//! A [`Composition`] takes fields as texts, by the structure of the kind: a name stands for the id of the record that it
//! names, and an address for the record of its source. Nothing is guessed: what is unclear is an error that says what is
//! expected, and what was inferred is a note. The result is texts in canonical form, and a report of the whole check on
//! them. Nothing is written here.
//!
//! ```
//! use comity::compose::Composition;
//! use comity::{Dataset, Day, Kind};
//!
//! let dataset = Dataset::builder("2026-01-01".parse::<Day>()?)
//!     .file("actor/morocco.json", r#"{ "names": { "en": "Morocco" }, "type": "state", "country": "MA" }"#)
//!     .build();
//! let mut composition = Composition::new(&dataset);
//! let visit = composition.begin(Kind::Event, "a-visit")?;
//! composition.set(&visit, "names", "A visit")?;
//! composition.set(&visit, "participants/Kingdom of Morocco/roles", "host")?;
//! composition.set(&visit, "evidence", "https://example.org/news | A daily | 2024-04-16 | French")?;
//! let files = composition.files()?;
//! assert_eq!(files[0].path, "event/a-visit.json");
//! assert!(files[0].text.contains("\"morocco\": {\n      \"roles\": [\n        \"host\""));
//! assert_eq!(files[1].path, "source/example-2024-04-16.json");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cite;
mod error;
mod files;
mod ids;
mod lines;
mod place;
mod proposed;
mod questions;
mod resolve;
mod set;
mod source;

use serde_json::{Map, Value};

pub use self::cite::Citation;
pub use self::error::ComposeError;
pub use self::files::ComposedFile;
pub use self::ids::id_for;
pub use self::lines::{BodyLine, PersonLine, SourceLine};
pub use self::questions::{Answer, Question, questions};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::query::names::NameIndex;
use crate::record::Target;
use crate::value::{Id, Key, StringFormat as _};

/// The id of a record that has no id of its own yet.
const UNNAMED: &str = "record-in-the-making";

/// A record in the making.
#[derive(Debug, Clone)]
pub(crate) struct Composed {
    key: Key,
    fields: Map<String, Value>,
    /// The path below the dataset's folder, and the text, of a record that was there before.
    existing: Option<(String, String)>,
}

/// Records in the making, beside those of a dataset.
#[derive(Debug)]
pub struct Composition<'a> {
    names: NameIndex<'a>,
    records: Vec<Composed>,
    notes: Vec<String>,
}

impl<'a> Composition<'a> {
    /// Nothing yet.
    pub fn new(dataset: &'a Dataset) -> Self {
        Self { names: NameIndex::of(dataset), records: Vec::new(), notes: Vec::new() }
    }

    /// The dataset.
    pub fn dataset(&self) -> &'a Dataset {
        self.names.dataset()
    }

    /// The names of the dataset's records.
    pub fn names(&self) -> &NameIndex<'a> {
        &self.names
    }

    /// What was inferred so far, and should be looked at.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Begins a new record.
    ///
    /// # Errors
    /// When the text is no id, or a record of the kind has that id.
    pub fn begin(&mut self, kind: Kind, id: &str) -> Result<Key, ComposeError> {
        let key = Key { kind, id: Id::parse(id)? };
        if self.is_taken(kind, id) {
            return Err(ComposeError(format!("there is a record `{key}` already; choose another id")));
        }
        self.records.push(Composed { key: key.clone(), fields: Map::new(), existing: None });
        Ok(key)
    }

    /// Begins a new record that has no id of its own yet; [`Composition::rename`] gives one.
    ///
    /// # Errors
    /// When another record has no id of its own yet, either.
    pub fn begin_unnamed(&mut self, kind: Kind) -> Result<Key, ComposeError> {
        self.begin(kind, UNNAMED)
    }

    pub(crate) fn is_taken(&self, kind: Kind, id: &str) -> bool {
        self.dataset().find(Target { kind, id }).is_some()
            || self.records.iter().any(|record| record.key.kind == kind && record.key.id.as_ref() == id)
    }

    pub(crate) fn fields(&self, key: &Key) -> Option<&Map<String, Value>> {
        self.records.iter().find(|record| record.key == *key).map(|record| &record.fields)
    }

    pub(crate) fn fields_mut(&mut self, key: &Key) -> Option<&mut Map<String, Value>> {
        self.records.iter_mut().find(|record| record.key == *key).map(|record| &mut record.fields)
    }

    /// The value of a field of a record in the making.
    pub fn value(&self, key: &Key, field: &str) -> Option<&Value> {
        self.fields(key)?.get(field)
    }

    /// Makes several changes, or none of them: where one fails, those before are taken back.
    pub(crate) fn attempt<T>(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<T, ComposeError>,
    ) -> Result<T, ComposeError> {
        let before = (self.records.clone(), self.notes.clone());
        let done = change(self);
        if done.is_err() {
            (self.records, self.notes) = before;
        }
        done
    }

    /// Takes back what was added to a record of the dataset, to be added anew. New records stay.
    pub fn take_back(&mut self, key: &Key) {
        self.records.retain(|record| record.key != *key || record.existing.is_none());
        let about = format!("`{key}`: ");
        self.notes.retain(|note| !note.starts_with(&about));
    }

    /// Takes the value at a place away, to be set anew. `path` is the place without its first slash.
    pub fn clear(&mut self, key: &Key, path: &str) {
        let (above, last) = path.rsplit_once('/').unwrap_or(("", path));
        let mut above = above.split('/').filter(|step| !step.is_empty());
        let fields = self.fields_mut(key);
        let fields = fields.and_then(|fields| above.try_fold(fields, |map, step| map.get_mut(step)?.as_object_mut()));
        fields.and_then(|fields| fields.shift_remove(last));
    }

    /// The id that a new record may have, by what it says.
    pub fn id_for(&self, key: &Key) -> Option<String> {
        id_for(key.kind, self.fields(key)?, &|id| self.is_taken(key.kind, id))
    }

    /// Gives a new record another id. No other record may refer to it yet.
    ///
    /// # Errors
    /// When the text is no id, or a record of the kind has that id.
    pub fn rename(&mut self, key: &Key, id: &str) -> Result<Key, ComposeError> {
        let new = Key { kind: key.kind, id: Id::parse(id)? };
        if new != *key && self.is_taken(key.kind, id) {
            return Err(ComposeError(format!("there is a record `{new}` already; choose another id")));
        }
        self.records.iter_mut().filter(|record| record.key == *key).for_each(|record| record.key = new.clone());
        Ok(new)
    }

    /// Begins a new record with this English name, and an id made of the name.
    ///
    /// # Errors
    /// When no id can be made of the name.
    pub fn begin_named(&mut self, kind: Kind, name: &str) -> Result<Key, ComposeError> {
        let mut fields = Map::new();
        fields.insert("names".to_owned(), serde_json::json!({ "en": name }));
        let id = id_for(kind, &fields, &|id| self.is_taken(kind, id));
        let id =
            id.ok_or_else(|| ComposeError(format!("no id can be made of `{name}`; write the name in Latin letters")))?;
        let key = self.begin(kind, &id)?;
        self.fields_mut(&key).into_iter().for_each(|own| fields.clone_into(own));
        Ok(key)
    }

    /// Adds what follows from the rest: the stance of each source, and the first source of `main` as that of every other
    /// new record that needs one.
    pub fn finish(&mut self, main: &Key) {
        self.complete(main);
        let first = self.value(main, "evidence").and_then(Value::as_object);
        let several = first.is_some_and(|evidence| evidence.len() > 1);
        let Some(source) = first.and_then(|evidence| evidence.keys().next().cloned()) else { return };
        let needs = |record: &&Composed| {
            record.key != *main
                && record.existing.is_none()
                && matches!(record.key.kind, Kind::Actor | Kind::Place)
                && !record.fields.contains_key("evidence")
                && !record.fields.contains_key("identifiers")
        };
        let keys: Vec<Key> = self.records.iter().filter(needs).map(|record| record.key.clone()).collect();
        for key in keys {
            let evidence = serde_json::json!({ source.as_str(): { "stance": "reports" } });
            self.fields_mut(&key).map(|fields| fields.insert("evidence".to_owned(), evidence));
            if several {
                self.note(format!("`{key}`: `{source}` was taken for its source, the first of several"));
            }
        }
    }

    /// Whether a record in the making is no record of the dataset yet.
    pub fn is_new(&self, key: &Key) -> bool {
        self.records.iter().any(|record| record.key == *key && record.existing.is_none())
    }

    /// The records in the making.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.records.iter().map(|record| &record.key)
    }
}
