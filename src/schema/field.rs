//! What may stand at one place of a record: for whoever asks a contributor for it, and for whoever says what was meant.

use serde_json::{Map, Value};

use super::generate::is_placed;
use super::structure;
use crate::kind::Kind;
use crate::value::{AnyRef, StringFormat as _, Text, country_names, folded, words_of_name};

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

    /// A part of the structure of a kind.
    pub(crate) fn of_part(kind: Kind, own: &'static Value) -> Self {
        Self::of(kind).part(own)
    }

    fn part(self, own: &'static Value) -> Self {
        let definition = own["$ref"].as_str().and_then(|to| self.root.pointer(to.trim_start_matches('#')));
        Self { own, target: definition.unwrap_or(own), ..self }
    }

    /// The part with the type, as the structure has it.
    pub(crate) fn target(self) -> &'static Value {
        self.target
    }

    /// The field, or the entry, under a key.
    pub fn field(self, key: &str) -> Option<Self> {
        self.target["properties"].get(key).map(|own| self.part(own)).or_else(|| self.entry())
    }

    /// The field that a word means: the field itself, another way to write it, or a word by which the schema knows it. The
    /// fields that follow from the record's path are none.
    pub fn field_named(self, text: &str) -> Option<&'static str> {
        let names = || self.fields().map(|(name, _)| name).filter(|name| !is_placed(name));
        let word = words_of_name(text);
        let exact = names().find(|name| *name == text);
        exact
            .or_else(|| names().find(|name| is_form_of(text, name)))
            .or_else(|| names().find(|name| self.calls(name, &word)))
    }

    /// Whether the schema knows a field by a folded word.
    pub(crate) fn calls(self, field: &str, word: &str) -> bool {
        let own = &self.target["properties"][field];
        texts(&own["x-synonyms"]).any(|synonym| folded(synonym) == word)
    }

    /// The place of a pointer without its first slash, such as `participants/nato/roles`.
    pub fn at(self, path: &str) -> Option<Self> {
        path.split('/').try_fold(self, FieldSchema::field)
    }

    /// The fields, in canonical order.
    pub fn fields(self) -> impl Iterator<Item = (&'static str, Self)> {
        let fields = self.target["properties"].as_object().into_iter().flat_map(Map::iter);
        fields.map(move |(name, own)| (name.as_str(), self.part(own)))
    }

    /// The entries of a map, whatever their keys.
    pub fn entry(self) -> Option<Self> {
        let patterns = self.target["patternProperties"].as_object().into_iter().flat_map(Map::values);
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
        texts(&self.target["required"]).collect()
    }

    /// What the field is for.
    pub fn description(self) -> &'static str {
        let own = self.own["description"].as_str();
        own.or_else(|| self.target["description"].as_str()).unwrap_or_default()
    }

    /// The codes of a closed list, each with its meaning.
    pub fn codes(self) -> Vec<(&'static str, &'static str)> {
        let meanings = texts(&self.target["enumDescriptions"]).chain(std::iter::repeat(""));
        texts(&self.target["enum"]).zip(meanings).collect()
    }

    /// The code that a text is: the code itself, with other capitals or spaces, or as a form shows it, with its meaning
    /// after a dash. A country may be named.
    pub fn code(self, text: &str) -> Option<&'static str> {
        let codes = || texts(&self.target["enum"]);
        let find = |text: &str| codes().find(|code| *code == text);
        let shown = || text.split_once(" – ").and_then(|(code, _)| find(code.trim()));
        let word = folded(text);
        let same = || codes().find(|code| !word.is_empty() && folded(code) == word);
        let country = || find(country_names::called(&word)?.as_ref());
        find(text).or_else(shown).or_else(same).or_else(country)
    }

    /// The code that a text means: the code that it [is](FieldSchema::code), or one that the schema knows by the text.
    pub fn code_named(self, text: &str) -> Option<&'static str> {
        let word = folded(text);
        // `€` and `%` are no words.
        let is_it = |synonym: &str| synonym == text || !word.is_empty() && folded(synonym) == word;
        let called = |code: &&str| texts(&self.target["x-synonyms"][*code]).any(is_it);
        self.code(text).or_else(|| texts(&self.target["enum"]).find(called))
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

    /// Whether the value is any text: neither a code nor a reference, nor in a format of its own.
    pub fn is_free_text(self) -> bool {
        let is_bound = !self.codes().is_empty() || !self.refers_to().is_empty();
        self.json_type() == "string" && !is_bound && matches!(self.format(), "" | Text::FORMAT)
    }

    /// Whether the value is a history: statuses with dates.
    pub fn is_history(self) -> bool {
        self.target["x-steps"].is_string()
    }
}

/// The texts of a list in a schema.
fn texts(list: &'static Value) -> impl Iterator<Item = &'static str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Whether a name is nothing but another way to write a field: capitals, hyphens, an `s` at the end.
pub(crate) fn is_form_of(name: &str, field: &str) -> bool {
    let plain = |text: &str| folded(text).replace(' ', "").trim_end_matches('s').to_owned();
    plain(name) == plain(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_and_a_field_are_known_by_their_synonyms() {
        let at = |kind, path: &str| FieldSchema::of(kind).at(path).expect("a field");
        let role = at(Kind::Activity, "participants/nato/roles").item().expect("a role");
        assert_eq!(role.code_named("trainee"), Some("beneficiary"));
        assert_eq!(role.code("trainee"), None);
        assert_eq!(at(Kind::Place, "type").code_named("Ville"), Some("city"));
        assert_eq!(at(Kind::Actor, "type").code("Armed Force"), Some("armed-force"));
        assert_eq!(at(Kind::Actor, "country").code("Maroc"), Some("MA"));
        assert_eq!(at(Kind::Place, "type").code_named("no such place"), None);
        assert_eq!(FieldSchema::of(Kind::Source).field_named("newspaper"), Some("publisher"));
        assert_eq!(FieldSchema::of(Kind::Source).field_named("Language"), Some("languages"));
        assert_eq!(FieldSchema::of(Kind::Source).field_named("kind"), None);
        assert_eq!(at(Kind::Agreement, "history").field_named("signature"), Some("signed"));
    }
}
