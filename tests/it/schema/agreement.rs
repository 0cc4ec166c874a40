//! The schema and the types agree: what the authoring schema admits decodes, what it refuses does not, and plain
//! `serde_json` reads the same value. On mutated records of every kind.

use comity::kind::Kind;
use comity::record::Record;
use comity::schema;
use comity_document::document::{Arena, parse};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::schema::mutation::{full, mutate, mutation};

#[test]
fn a_record_with_every_field_is_admitted_and_decodes() {
    for kind in Kind::ALL {
        let text = full(kind).to_string();
        let arena = Arena::default();
        let document = parse(&text, &arena);
        let root = document.root.as_ref().expect("JSON");
        assert_eq!(schema::violations(kind, root), [], "{kind}");
        Record::decode(kind, root).unwrap_or_else(|error| panic!("{kind}: {error}"));
        let fields = schema::cached(kind)["properties"].as_object().expect("fields");
        for field in fields.keys() {
            assert!(root.get(field).is_some(), "{kind}: the full record lacks `{field}`");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_types_agree(kind in prop::sample::select(Kind::ALL.to_vec()), mutations in prop::collection::vec(mutation(), 1..3)) {
        let mut record = full(kind);
        mutations.iter().for_each(|mutation| mutate(&mut record, mutation));
        let text = record.to_string();
        let arena = Arena::default();
        let document = parse(&text, &arena);
        let root = document.root.as_ref().expect("JSON");
        let decoded = Record::decode(kind, root);
        let violations = schema::violations(kind, root);
        prop_assert_eq!(violations.is_empty(), decoded.is_ok(), "{:?} / {:?}\n{}", violations, decoded.err(), text);
    }

    /// What a record is written back as is what was read, key order aside.
    #[test]
    fn types_write_what_they_read(kind in prop::sample::select(Kind::ALL.to_vec()), mutations in prop::collection::vec(mutation(), 0..2)) {
        let mut record = full(kind);
        mutations.iter().for_each(|mutation| mutate(&mut record, mutation));
        let text = record.to_string();
        let arena = Arena::default();
        let document = parse(&text, &arena);
        let root = document.root.as_ref().expect("JSON");
        if let Ok(decoded) = Record::decode(kind, root) {
            let mut written = serde_json::to_value(&decoded.envelope).expect("JSON");
            let body = serde_json::to_value(&decoded.body).expect("JSON");
            written.as_object_mut().expect("an object").extend(body.as_object().cloned().unwrap_or_default());
            prop_assert_eq!(sorted(&written), sorted(&record));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is refused is said: at a place that is in the text, in words, and with fixes that fit the text.
    #[test]
    fn what_is_refused_is_said_at_its_place(kind in prop::sample::select(Kind::ALL.to_vec()), mutations in prop::collection::vec(mutation(), 1..4)) {
        let mut record = full(kind);
        mutations.iter().for_each(|mutation| mutate(&mut record, mutation));
        let path = format!("{kind}/abc.json");
        let text = serde_json::to_string_pretty(&record).expect("JSON");
        let report = crate::world::run(&crate::world::Files::from([(path, text.clone())]), crate::world::today());
        let refused = !schema::admits(kind, parse(&text, &Arena::default()).root.as_ref().expect("JSON"));
        prop_assert!(!refused || report.summary.errors > 0, "nothing is said of {}", text);
        for diagnostic in &report.diagnostics {
            let location = &diagnostic.location;
            prop_assert!(location.pointer.is_none() || location.quoted.is_some(), "{:?} is not in {}", diagnostic, text);
            let message = &diagnostic.message;
            prop_assert!(!message.is_empty() && !message.ends_with('.'), "{}", message);
            prop_assert!(!message.starts_with(char::is_uppercase), "{}", message);
            let fixed = diagnostic.fix.as_ref().map(|fix| comity::report::apply(&text, &[fix]).0);
            let good = fixed.as_ref().is_none_or(|fixed| parse(fixed, &Arena::default()).faults.is_empty());
            prop_assert!(good, "{:?} leaves {:?}", diagnostic, fixed);
        }
    }
}

/// Keys in one order and numbers as doubles: what does not count as a difference.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().map(|(key, below)| (key.clone(), sorted(below))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Number(number) => json!(number.as_f64()),
        other => other.clone(),
    }
}
