//! A record under construction: its fields, and the facts that its evidence must cover.

use comity::kind::Kind;
use serde_json::{Map, Value, json};

/// A record under construction.
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

    /// Adds a field that needs no evidence.
    pub(super) fn set(&mut self, field: &str, value: impl Into<Value>) -> &mut Self {
        self.fields.insert(field.to_owned(), value.into());
        self
    }

    /// Adds a field that needs evidence.
    pub(super) fn fact(&mut self, field: &str, value: impl Into<Value>) -> &mut Self {
        self.facts.push(format!("/{field}"));
        self.set(field, value)
    }

    /// The places that need evidence: a field, or each entry of a field with several facts.
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
