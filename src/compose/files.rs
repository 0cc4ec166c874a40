//! Records of files: taken to be added to, and written in canonical form.

use comity_document::document::{Arena, Decimal, Node, Value as Tree, parse};
use serde_json::Value;

use super::{ComposeError, Composed, Composition};
use crate::dataset::{Entry, File};
use crate::format;
use crate::value::Key;

/// A file that a composition makes or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposedFile {
    /// The record.
    pub key: Key,
    /// The path below the dataset's folder.
    pub path: String,
    /// The text in canonical form.
    pub text: String,
    /// The text that is replaced; `None` for a new file.
    pub before: Option<String>,
}

impl Composition<'_> {
    /// Takes a record of the dataset, to add to it.
    ///
    /// # Errors
    /// When the record has errors, does not stand in a file of its own, or has a number that cannot be kept exactly.
    pub fn take(&mut self, entry: &Entry) -> Result<Key, ComposeError> {
        let dataset = self.dataset();
        let key = entry.key.clone().ok_or_else(|| ComposeError::new("this record has no id"))?;
        if self.records.iter().any(|record| record.key == key) {
            return Ok(key);
        }
        let file = dataset.file(entry);
        let refuse = |why: &str| ComposeError(format!("`{key}` {why}"));
        if file.is_lines() || file.stem.is_none() || file.kind.is_none() {
            return Err(refuse("stands in no file of its own; add to it by hand"));
        }
        let text = dataset.text(entry).filter(|_| entry.record.is_some());
        let text = text.ok_or_else(|| refuse("has errors; `comity check` shows them"))?;
        let arena = Arena::default();
        let tree = parse(&text, &arena).root;
        let fields = tree.as_ref().map(|tree| (tree, tree.to_json()));
        let Some((tree, Value::Object(fields))) = fields else { return Err(refuse("is not JSON")) };
        if !keeps_numbers(tree) {
            return Err(refuse("has a number with more digits than this command can keep; add to it by hand"));
        }
        let below: Vec<&str> = file.path.rsplit('/').take(file.depth + 1).collect();
        let path = below.into_iter().rev().collect::<Vec<_>>().join("/");
        self.records.push(Composed { key: key.clone(), fields, existing: Some((path, text)) });
        Ok(key)
    }

    /// The files, in canonical form.
    ///
    /// # Errors
    /// When a record is larger than a record may be.
    pub fn files(&self) -> Result<Vec<ComposedFile>, ComposeError> {
        let file = |record: &Composed| {
            let new = || format!("{}/{}.json", record.key.kind, record.key.id.as_ref());
            let path = record.existing.as_ref().map_or_else(new, |(path, _)| path.clone());
            let text = format::laid_out(&File::new(&path, &path), &Value::Object(record.fields.clone()).to_string())?;
            let before = record.existing.as_ref().map(|(_, text)| text.clone());
            Ok(ComposedFile { key: record.key.clone(), path, text, before })
        };
        self.records.iter().map(file).collect()
    }
}

/// Whether every number of a tree is the same number once it has been read into a double.
fn keeps_numbers(node: &Node<'_>) -> bool {
    match &node.value {
        Tree::Number(raw) => {
            Decimal::parse(raw).is_some_and(|own| Some(own) == Decimal::parse(&node.to_json().to_string()))
        }
        Tree::Array(items) => items.iter().all(keeps_numbers),
        Tree::Object(members) => members.iter().all(|member| keeps_numbers(&member.value)),
        _ => true,
    }
}
