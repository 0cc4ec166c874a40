//! Records that have another id than before: those that replace a withdrawn record, and those that have the content of a
//! record that is gone.

use hashbrown::HashMap;
use serde_json::Value;

use crate::dataset::{Dataset, Entry, EntryId};
use crate::kind::Kind;
use crate::record::Record;
use crate::value::Key;

/// How many new records of one content are compared with a record that is gone.
const NAMESAKES: usize = 64;

/// Which record of the earlier state became which record of the later one.
#[derive(Debug, Default)]
pub(crate) struct Renames<'a> {
    /// The entry before, by the entry now.
    earlier: HashMap<EntryId, &'a Entry>,
    /// The entry now, by the entry before, where no tombstone is left.
    later: HashMap<EntryId, &'a Entry>,
    /// The id and the key that name a record now, by those that named the record before, or that name its tombstone.
    names: HashMap<String, String>,
}

impl<'a> Renames<'a> {
    /// Compares two states of a dataset.
    pub(crate) fn of(base: &'a Dataset, head: &'a Dataset) -> Self {
        let mut renames = Self::default();
        renames.by_content(base, head);
        for (entry, record) in head.records() {
            let Some(replaced_by) = record.envelope.retired.as_ref().and_then(|retired| retired.replaced_by.as_ref())
            else {
                continue;
            };
            let Some(old) = &entry.key else { continue };
            renames.name(old, &Key::from(replaced_by));
            let (before, after) = (base.find(old.into()), head.find(replaced_by.into()));
            let was_standing =
                |entry: &&Entry| entry.record.as_ref().is_some_and(|record| record.envelope.retired.is_none());
            let (before, after) =
                (before.filter(was_standing), after.filter(|_| base.find(replaced_by.into()).is_none()));
            if let Some((before, after)) = before.zip(after) {
                renames.earlier.entry(after.id).or_insert(before);
            }
        }
        renames
    }

    /// Pairs each record that is gone with a new one that has its content, or its id in another kind.
    fn by_content(&mut self, base: &'a Dataset, head: &'a Dataset) {
        let lacks =
            |dataset: &Dataset, entry: &Entry| entry.key.as_ref().is_some_and(|key| dataset.find(key.into()).is_none());
        let mut gone = base.records().filter(|(entry, _)| lacks(head, entry)).peekable();
        if gone.peek().is_none() {
            return;
        }
        let (mut by_content, mut by_id) = (HashMap::<Content, Vec<_>>::new(), HashMap::<&str, &Entry>::new());
        for (entry, record) in head.records().filter(|(entry, _)| lacks(base, entry)) {
            let alike = by_content.entry(content(record)).or_default();
            if alike.len() < NAMESAKES {
                alike.push((entry, record));
            }
            if let Some(key) = &entry.key {
                by_id.entry(key.id.as_ref()).or_insert(entry);
            }
        }
        for (before, record) in gone {
            let Some(old) = &before.key else { continue };
            let alike = by_content.get(&content(record)).into_iter().flatten();
            let mut same =
                alike.filter(|(_, now)| record.body == now.body && record.envelope.names == now.envelope.names);
            let after = same.next().map(|(after, _)| *after).or_else(|| by_id.get(old.id.as_ref()).copied());
            if let Some((after, key)) = after.and_then(|after| Some((after, after.key.as_ref()?))) {
                self.name(old, key);
                self.later.insert(before.id, after);
                self.earlier.entry(after.id).or_insert(before);
            }
        }
    }

    fn name(&mut self, old: &Key, new: &Key) {
        self.names.insert(old.to_string(), new.to_string());
        self.names.insert(old.id.to_string(), new.id.to_string());
    }

    /// The entry of the earlier state that is this entry of the later state, where the id is another one.
    pub(super) fn earlier(&self, after: EntryId) -> Option<&'a Entry> {
        self.earlier.get(&after).copied()
    }

    /// Whether an entry of the earlier state, which is gone, is the one that another entry is shown as. Of two that were
    /// merged into one, only the first is.
    pub(super) fn is_earlier(&self, before: &Entry) -> bool {
        let later = self.later(before.id).and_then(|after| self.earlier(after.id));
        later.is_some_and(|earlier| earlier.id == before.id)
    }

    /// The entry of the later state that has the content of this entry of the earlier state, which is gone.
    pub(crate) fn later(&self, before: EntryId) -> Option<&'a Entry> {
        self.later.get(&before).copied()
    }

    /// A value with the names that its records have now; `None` where no record was renamed.
    pub(super) fn follow(&self, value: &Value) -> Option<Value> {
        (!self.names.is_empty()).then(|| self.followed(value))
    }

    fn followed(&self, value: &Value) -> Value {
        let name = |text: &String| self.names.get(text).unwrap_or(text).clone();
        match value {
            Value::String(text) => Value::String(name(text)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.followed(item)).collect()),
            Value::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (name(key), self.followed(value))).collect())
            }
            other => other.clone(),
        }
    }
}

/// The kind and a hash of the fields of a kind.
type Content = (Kind, u64);

fn content(record: &Record) -> Content {
    let text = serde_json::to_string(&record.body).unwrap_or_default();
    (record.kind(), comity_document::input::fingerprint(&text))
}
