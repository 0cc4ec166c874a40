//! A record while it is being made: its fields, and the facts that its evidence must cover.

use comity::kind::Kind;
use serde_json::{Map, Value, json};

/// A record that is being made.
#[derive(Debug)]
pub(super) struct Draft {
    fields: Map<String, Value>,
    facts: Vec<String>,
}

impl Draft {
    pub(super) fn new(kind: Kind, id: &str) -> Self {
        let fields = [("kind".to_owned(), json!(kind.name())), ("id".to_owned(), json!(id))];
        Self { fields: fields.into_iter().collect(), facts: Vec::new() }
    }

    /// A field that needs no evidence.
    pub(super) fn set(&mut self, field: &str, value: impl Into<Value>) -> &mut Self {
        self.fields.insert(field.to_owned(), value.into());
        self
    }

    /// A field that needs evidence.
    pub(super) fn fact(&mut self, field: &str, value: impl Into<Value>) -> &mut Self {
        self.facts.push(format!("/{field}"));
        self.set(field, value)
    }

    /// What needs evidence, as places: a field, or each entry of one that is about several things.
    pub(super) fn places(&self) -> Vec<String> {
        let entries = |fact: &String| match (fact.as_str(), self.fields.get(&fact[1..])) {
            ("/participants" | "/figures" | "/parties", Some(Value::Object(entries))) => {
                entries.keys().map(|key| format!("{fact}/{key}")).collect()
            }
            _ => vec![fact.clone()],
        };
        self.facts.iter().flat_map(entries).collect()
    }

    pub(super) fn finish(self) -> Value {
        Value::Object(self.fields)
    }
}
