//! A place in a record of a kind: what may stand there, and what a message calls it.

use serde_json::Value;

use super::ComposeError;
use crate::kind::Kind;
use crate::rules;
use crate::schema::{FieldSchema, is_placed};
use crate::value::nearest;

/// A place with the name that a message gives it.
pub(super) struct Place {
    /// The kind of the record.
    kind: Kind,
    pub(super) schema: FieldSchema,
    pub(super) name: String,
    /// Whether a text may be the JSON of an object or of a list.
    takes_json: bool,
}

impl Place {
    /// A record as a whole.
    pub(super) fn of(kind: Kind, takes_json: bool) -> Self {
        Self { kind, schema: FieldSchema::of(kind), name: kind.name().to_owned(), takes_json }
    }

    /// The kinds of record to which a reference here may lead. A field may admit fewer kinds than its schema has.
    pub(super) fn admitted(&self, reference: FieldSchema) -> Vec<Kind> {
        let field = self.name.split('/').next().unwrap_or_default();
        let admits = |kind: &Kind| rules::admits(self.kind, field, *kind);
        reference.refers_to().iter().copied().filter(admits).collect()
    }

    pub(super) fn field(&self, key: &str) -> Result<Self, ComposeError> {
        let below = self.schema.field(key);
        let is_root = Kind::parse(&self.name).is_some();
        let name = if is_root { key.to_owned() } else { format!("{}/{key}", self.name) };
        below.map(|schema| Self { schema, name, ..*self }).ok_or_else(|| {
            let fields: Vec<&str> =
                self.schema.fields().map(|(name, _)| name).filter(|name| !is_placed(name)).collect();
            let meant = self.schema.field_named(key).or_else(|| nearest(key, fields.iter().copied()));
            let hint = meant.map_or_else(
                || format!("; the fields are `{}`", fields.join("`, `")),
                |meant| format!("; did you mean `{meant}`?"),
            );
            ComposeError(format!("`{}` has no field `{key}`{hint}", self.name))
        })
    }

    pub(super) fn item(&self) -> Result<Self, ComposeError> {
        let schema = self.schema.item().ok_or_else(|| ComposeError(format!("`{}` has no items", self.name)))?;
        Ok(Self { schema, name: self.name.clone(), ..*self })
    }

    /// The value of a text that is the JSON of an object or of a list, where one of that type belongs; `None` for words.
    pub(super) fn json(&self, text: &str) -> Result<Option<Value>, ComposeError> {
        let begins = |sign: char| text.starts_with(sign);
        let is_expected = match self.schema.json_type() {
            "object" => begins('{'),
            "array" => begins('['),
            "" => begins('{') || begins('['),
            _ => false,
        };
        if !self.takes_json || !is_expected {
            return Ok(None);
        }
        match serde_json::from_str(text) {
            Ok(value) => Ok(Some(value)),
            // `[sic]` begins a text.
            Err(_) if self.schema.is_texts() || self.schema.item().is_some_and(FieldSchema::is_free_text) => Ok(None),
            Err(error) => Err(ComposeError(format!("`{}` is not written as JSON: {error}", self.name))),
        }
    }
}
