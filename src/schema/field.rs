//! What may stand at one place of a record: for whoever asks a contributor for it.

use serde_json::Value;

use super::structure;
use crate::kind::Kind;
use crate::value::AnyRef;
use crate::value::StringFormat as _;

/// The part of a kind's structure for one place.
#[derive(Debug, Clone, Copy)]
pub struct FieldSchema {
    root: &'static Value,
    /// The part as it stands in its parent, with the purpose of the field.
    own: &'static Value,
    /// The part with the type: the definition that `own` refers to, or `own` itself.
    target: &'static Value,
}

impl FieldSchema {
    /// A whole record of a kind.
    pub fn of(kind: Kind) -> Self {
        let root = structure(kind);
        Self { root, own: root, target: root }
    }

    fn part(self, own: &'static Value) -> Self {
        let definition = own["$ref"].as_str().and_then(|to| self.root.pointer(to.trim_start_matches('#')));
        Self { own, target: definition.unwrap_or(own), ..self }
    }

    /// The field, or the entry, under a key.
    pub fn field(self, key: &str) -> Option<Self> {
        self.target["properties"].get(key).map(|own| self.part(own)).or_else(|| self.entry())
    }

    /// The place of a pointer without its first slash, such as `participants/nato/roles`.
    pub fn at(self, path: &str) -> Option<Self> {
        path.split('/').try_fold(self, FieldSchema::field)
    }

    /// The fields, in canonical order.
    pub fn fields(self) -> impl Iterator<Item = (&'static str, Self)> {
        let fields = self.target["properties"].as_object().into_iter().flatten();
        fields.map(move |(name, own)| (name.as_str(), self.part(own)))
    }

    /// The entries of a map, whatever their keys.
    pub fn entry(self) -> Option<Self> {
        let patterns = self.target["patternProperties"].as_object().into_iter().flat_map(serde_json::Map::values);
        let all = std::iter::once(&self.target["additionalProperties"]).chain(patterns);
        all.into_iter().find(|part| part.is_object()).map(|own| self.part(own))
    }

    /// The keys of a map.
    pub fn key(self) -> Option<Self> {
        self.target.get("propertyNames").map(|own| self.part(own))
    }

    /// The items of a list.
    pub fn item(self) -> Option<Self> {
        self.target.get("items").map(|own| self.part(own))
    }

    /// The fields that must be there.
    pub fn required(self) -> Vec<&'static str> {
        self.target["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// What the field is for.
    pub fn description(self) -> &'static str {
        let own = self.own["description"].as_str();
        own.or_else(|| self.target["description"].as_str()).unwrap_or_default()
    }

    /// The codes of a closed list, each with its meaning.
    pub fn codes(self) -> Vec<(&'static str, &'static str)> {
        let list = |name: &str| self.target[name].as_array().into_iter().flatten().filter_map(Value::as_str);
        let meanings = list("enumDescriptions").chain(std::iter::repeat(""));
        list("enum").zip(meanings).collect()
    }

    /// The type in JSON, such as `string`; empty where any value may stand.
    pub fn json_type(self) -> &'static str {
        self.target["type"].as_str().unwrap_or_default()
    }

    /// The format of a string.
    pub fn format(self) -> &'static str {
        self.target["format"].as_str().unwrap_or_default()
    }

    /// The kinds of record that a reference may lead to; none where the value is no reference.
    pub fn refers_to(self) -> &'static [Kind] {
        let of_kind = self.target["x-ref"].as_str().and_then(Kind::parse);
        match of_kind {
            Some(kind) => Kind::ALL.get(kind as usize..=kind as usize).unwrap_or_default(),
            None if self.format() == AnyRef::FORMAT => &Kind::ALL,
            None => &[],
        }
    }

    /// Whether the value is a map of texts by language.
    pub fn is_texts(self) -> bool {
        self.target["propertyNames"]["$ref"] == "#/$defs/Language"
    }

    /// Whether the value is a history: statuses with dates.
    pub fn is_history(self) -> bool {
        self.target["x-steps"].is_string()
    }
}
