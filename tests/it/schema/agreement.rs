//! Schemas, types and checker agree on mutated records of every kind: a record decodes exactly when the structure of
//! its kind admits the record, and the checker reports no mandatory fault exactly when the authoring schema does.

use std::collections::HashMap;

use comity::dataset::File;
use comity::kind::Kind;
use comity::record::Record;
use comity::schema;
use comity::value::{AnyRef, Edtf, FieldPointer, Id, Language, Slug, StringFormat, Text, Url, When};
use comity_document::document::{Arena, parse};
use comity_document::input::Input;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::schema::mutation::{full, mutate, mutation, pointers, pool, readable};

#[test]
fn a_record_with_every_field_is_admitted_and_decodes() {
    for kind in Kind::ALL {
        let text = full(kind).to_string();
        let arena = Arena::default();
        let document = parse(&text, &arena);
        let root = document.root.as_ref().expect("JSON");
        assert_eq!(schema::violations(kind, root), [], "{kind}");
        Record::decode(kind, root).unwrap_or_else(|error| panic!("{kind}: {error}"));
        let fields = schema::structure(kind)["properties"].as_object().expect("fields");
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

    /// A record that was read and written again is equal to the original, except for the order of keys.
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

    /// The checker reports every record that the structure refuses: at a place in the text, in words, with fixes that
    /// apply.
    #[test]
    fn what_is_refused_is_reported_at_its_place(kind in prop::sample::select(Kind::ALL.to_vec()), mutations in prop::collection::vec(mutation(), 1..4)) {
        let mut record = full(kind);
        mutations.iter().for_each(|mutation| mutate(&mut record, mutation));
        let path = format!("{kind}/abc.json");
        let text = serde_json::to_string_pretty(&record).expect("JSON");
        let report = crate::world::run(&crate::world::Files::from([(path, text.clone())]), crate::world::today());
        let refused = !schema::admits(kind, parse(&text, &Arena::default()).root.as_ref().expect("JSON"));
        prop_assert!(!refused || report.summary.errors > 0, "no error is reported for {}", text);
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

/// The value with sorted keys and numbers as doubles, because neither the order of keys nor `1.0` for `1` is a
/// difference.
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

/// How many mutated records [`an_independent_validator_and_the_checker_agree`] compares, unless `COMITY_MUTATIONS` says
/// otherwise.
const MUTATIONS: usize = 2_000;

/// A validator other than ours admits a record exactly when the checker reports no mandatory fault.
#[test]
fn an_independent_validator_and_the_checker_agree() {
    let independent = Independent::new();
    let count = std::env::var("COMITY_MUTATIONS").map_or(MUTATIONS, |count| count.parse().expect("a number"));
    let mutated = (prop::sample::select(readable()), prop::collection::vec(mutation(), 1..3));
    let mut runner = TestRunner::deterministic();
    let (mut admitted, mut disagreements) = (0, Vec::new());
    for _ in 0..count {
        let ((kind, mut record), mutations) = mutated.new_tree(&mut runner).expect("a record").current();
        mutations.iter().for_each(|mutation| mutate(&mut record, mutation));
        admitted += usize::from(independent.admits(kind, &record));
        disagreements.extend(independent.disagreement(kind, &record));
    }
    let shown = disagreements.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert_eq!(disagreements.len(), 0, "of {count} records:\n{shown}");
    assert!(admitted > count / 10 && admitted < count / 2, "{admitted} of {count} are admitted");
}

/// Each demand that depends on another value of the record is met by one record and broken by the next.
#[test]
fn a_demand_that_depends_on_another_value_is_in_the_schema() {
    let independent = Independent::new();
    let person = json!({ "names": { "en": "A" }, "type": "person", "identifiers": { "wikidata": "Q7184" },
        "offices": { "minister": { "title": { "en": "A" }, "organisation": "abc", "level": "minister" } } });
    let state =
        json!({ "names": { "en": "A" }, "type": "state", "country": "MA", "identifiers": { "wikidata": "Q7184" } });
    let place = json!({ "names": { "en": "A" }, "type": "city", "country": "MA", "evidence": { "abc": { "stance": "reports" } } });
    let changed = |record: &Value, field: &str, value: Value| {
        let mut record = record.clone();
        match value {
            Value::Null => drop(record.as_object_mut().expect("a record").remove(field)),
            value => record[field] = value,
        }
        record
    };
    let evidence = |second: Value| {
        changed(&place, "evidence", json!({ "abc": { "stance": "reports", "supports": ["/type"] }, "def": second }))
    };
    let says = |pointer: &str, value: Value| {
        changed(&place, "evidence", json!({ "abc": { "stance": "reports", "says": { pointer: value } } }))
    };
    for (kind, record, is_admitted) in [
        (Kind::Actor, person.clone(), true),
        (Kind::Actor, changed(&person, "offices", Value::Null), false),
        (Kind::Actor, changed(&person, "country", json!("MA")), false),
        (Kind::Actor, state.clone(), true),
        (Kind::Actor, changed(&state, "offices", person["offices"].clone()), false),
        (Kind::Actor, changed(&state, "identifiers", Value::Null), false),
        (Kind::Place, place.clone(), true),
        (Kind::Place, changed(&place, "evidence", Value::Null), false),
        (Kind::Place, evidence(json!({ "stance": "reports" })), false),
        (Kind::Place, evidence(json!({ "stance": "reports", "supports": ["/names"] })), true),
        (Kind::Place, evidence(json!({ "stance": "reports", "says": { "/type": "region" } })), true),
        (Kind::Place, evidence(json!({ "stance": "contradicts", "says": { "/type": "region" } })), false),
        (Kind::Place, evidence(json!({ "stance": "contradicts", "supports": ["/type"] })), true),
        (Kind::Place, says("/type", json!("regoin")), false),
        (Kind::Place, says("/point/latitude", json!(34.5)), true),
        (Kind::Place, says("/point/latitude", json!(91)), false),
    ] {
        assert_eq!(independent.admits(kind, &record), is_admitted, "{kind}: {record:#}");
        assert_eq!(independent.disagreement(kind, &record), None);
    }
}

/// `says` with each place of a record, with values that fit the place and values that do not.
#[test]
fn what_a_source_may_say_is_in_the_schema() {
    let independent = Independent::new();
    let pool = pool();
    let (mut admitted, mut all) = (0, 0);
    for (kind, mut record) in readable() {
        if record.get("evidence").is_none() {
            continue;
        }
        let mut places = Vec::new();
        pointers(&record, "", &mut places);
        let is_addressed = |place: &&String| !place.is_empty() && !place.starts_with("/evidence");
        for (turn, place) in places.iter().filter(is_addressed).enumerate() {
            let own = record.pointer(place).expect("a place").clone();
            for value in [&own, &pool[turn % pool.len()]] {
                record["evidence"] = json!({ "abc": { "stance": "reports", "says": { place: value } } });
                assert_eq!(independent.disagreement(kind, &record), None);
                admitted += usize::from(independent.admits(kind, &record));
                all += 1;
            }
        }
    }
    assert!(admitted > all / 2 && admitted < all * 3 / 4, "{admitted} of {all} are admitted");
}

/// The authoring schemas in an independent validator that knows our formats.
struct Independent {
    schemas: boon::Schemas,
    by_kind: HashMap<Kind, boon::SchemaIndex>,
}

impl Independent {
    fn new() -> Self {
        let mut compiler = boon::Compiler::new();
        compiler.set_default_draft(boon::Draft::V2020_12);
        compiler.enable_format_assertions();
        let formats = [
            format_of::<Id>(),
            format_of::<AnyRef>(),
            format_of::<Edtf>(),
            format_of::<When>(),
            format_of::<Language>(),
            format_of::<Url>(),
            format_of::<Slug>(),
            format_of::<Text>(),
            format_of::<FieldPointer>(),
        ];
        formats.into_iter().for_each(|format| compiler.register_format(format));
        let (mut schemas, mut by_kind) = (boon::Schemas::new(), HashMap::new());
        for kind in Kind::ALL {
            let address = format!("https://schema.invalid/{kind}.json");
            compiler.add_resource(&address, schema::authoring(kind)).expect("JSON");
            by_kind.insert(kind, compiler.compile(&address, &mut schemas).expect("a schema"));
        }
        Self { schemas, by_kind }
    }

    fn admits(&self, kind: Kind, record: &Value) -> bool {
        self.schemas.validate(record, self.by_kind[&kind]).is_ok()
    }

    /// Where the validator and the checker disagree about a record, in words.
    fn disagreement(&self, kind: Kind, record: &Value) -> Option<String> {
        let judged = self.schemas.validate(record, self.by_kind[&kind]);
        // The name of the file is not in the record: it is the one that the record gives itself.
        let id = record["id"].as_str().filter(|id| Id::parse(id).is_ok()).unwrap_or("abc");
        let (path, text) = (format!("{kind}/{id}.json"), record.to_string());
        let read = comity::check::read(&File::new(&path, &path), &Input::file(0, &text));
        let faults: Vec<_> = read.findings.iter().filter(|finding| finding.rule.mandatory).collect();
        let found = || faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ");
        match judged {
            Ok(()) if !faults.is_empty() => Some(format!("{kind}: only the checker refuses ({}) {text}", found())),
            Err(error) if faults.is_empty() => Some(format!("{kind}: only the schema refuses ({error:#}) {text}")),
            _ => None,
        }
    }
}

/// One of our formats for the independent validator.
fn format_of<T: StringFormat>() -> boon::Format {
    fn judge<T: StringFormat>(value: &Value) -> Result<(), Box<dyn std::error::Error>> {
        match value.as_str().map(T::parse) {
            Some(Err(refusal)) => Err(refusal.into()),
            _ => Ok(()),
        }
    }
    boon::Format { name: T::FORMAT, func: judge::<T> }
}
