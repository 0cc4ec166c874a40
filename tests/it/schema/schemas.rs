//! The conventions of the schemas, and what authors and readers can rely on.

use comity::kind::Kind;
use comity::schema;
use serde_json::Value;

/// The schemas of every kind that hold to the conventions of the types: the structure and the reader schema.
fn plain() -> impl Iterator<Item = (String, Value)> {
    Kind::ALL.into_iter().flat_map(|kind| {
        [
            (format!("structure of {kind}"), schema::structure(kind).clone()),
            (format!("reader {kind}"), schema::reader(kind)),
        ]
    })
}

/// The published schemas of every kind.
fn published() -> impl Iterator<Item = (String, Value)> {
    Kind::ALL.into_iter().flat_map(|kind| {
        [(format!("{kind}"), schema::authoring(kind)), (format!("reader {kind}"), schema::reader(kind))]
    })
}

/// Calls `visit` on every schema inside a schema, with the path to it.
fn each(schema: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
    let Value::Object(members) = schema else { return };
    visit(path, schema);
    for (keyword, part) in members {
        let below = format!("{path}/{keyword}");
        match keyword.as_str() {
            "properties" | "patternProperties" | "$defs" => {
                part.as_object()
                    .into_iter()
                    .flatten()
                    .for_each(|(name, part)| each(part, &format!("{below}/{name}"), visit));
            }
            "items" | "additionalProperties" | "propertyNames" => each(part, &below, visit),
            _ => {}
        }
    }
}

#[test]
fn no_null_no_union_no_reference_out() {
    for (name, schema) in plain() {
        each(&schema, &name, &mut |path, part| {
            let keywords = part.as_object().expect("a schema object");
            for banned in
                ["anyOf", "oneOf", "allOf", "not", "if", "then", "else", "dependentSchemas", "unevaluatedProperties"]
            {
                assert!(!keywords.contains_key(banned), "{path} has {banned}");
            }
            assert!(part["type"].is_string() || part.get("type").is_none(), "{path}: one type, and never null");
            assert_ne!(part["type"], "null", "{path}");
            assert!(part["$ref"].as_str().is_none_or(|to| to.starts_with("#/$defs/")), "{path}");
            let closed_without_fields = part["additionalProperties"] == false && part.get("properties").is_none();
            assert!(!closed_without_fields, "{path}: a closed object without fields cannot name the key it refuses");
            let unsigned = part["type"] == "integer" && part.get("maximum").is_none();
            assert!(
                !unsigned,
                "{path}: an integer needs its greatest value, or the type refuses what the schema admits"
            );
        });
    }
}

#[test]
fn every_field_and_every_definition_says_what_it_is_for() {
    for (name, schema) in plain() {
        each(&schema, &name, &mut |path, part| {
            for (field, property) in part["properties"].as_object().into_iter().flatten() {
                let said = property["description"].as_str().unwrap_or_default();
                assert!(said.len() > 8, "{path}: `{field}` has no description");
            }
            for (definition, part) in part["$defs"].as_object().into_iter().flatten() {
                assert!(
                    part["description"].is_string() || part["x-steps"].is_string(),
                    "{path}: {definition} has no description"
                );
            }
        });
        for (field, property) in schema["properties"].as_object().expect("fields") {
            assert!(
                matches!(property["x-class"].as_str(), Some("fact" | "coded" | "meta")),
                "{name}: {field} has no class"
            );
        }
    }
}

#[test]
fn every_schema_is_valid_against_the_meta_schema_and_compiles_twice() {
    for (name, schema) in published() {
        schema::compile(&schema);
        let mut compiler = boon::Compiler::new();
        compiler.set_default_draft(boon::Draft::V2020_12);
        let mut schemas = boon::Schemas::new();
        let address = "https://schema.invalid/x.json";
        compiler.add_resource(address, schema).expect("JSON");
        // boon checks a schema against its meta-schema before it compiles it.
        compiler.compile(address, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}"));
    }
}

#[test]
fn the_reader_schema_admits_what_a_later_minor_version_may_add() {
    let record = serde_json::json!({
        "kind": "event", "id": "x", "names": { "en": "A", "tlh": "B" }, "type": "gala", "when": "2019-21", "status": "held", "mood": "good",
        "participants": { "nato": { "roles": ["sponsor"], "weight": 1 } }, "evidence": { "s": { "stance": "hints" } }
    });
    let text = record.to_string();
    let arena = comity_document::document::Arena::default();
    let document = comity_document::document::parse(&text, &arena);
    let root = document.root.as_ref().expect("JSON");
    let reader = schema::compile(&schema::reader(Kind::Event));
    assert_eq!(reader.violations(root), []);
    assert!(!schema::admits(Kind::Event, root));
}

/// A reader that meets a code can say what the code means, as the author of the record could.
#[test]
fn the_reader_schema_says_what_each_code_means() {
    for kind in Kind::ALL {
        let (authoring, reader) = (schema::authoring(kind), schema::reader(kind));
        let mut lists = 0;
        each(&authoring, "", &mut |path, part| {
            // The keys of a map are not checked for readers.
            let Some(codes) = part["enum"].as_array().filter(|_| !path.ends_with("/propertyNames")) else { return };
            lists += 1;
            let of_reader =
                reader.pointer(path).unwrap_or_else(|| panic!("{kind}: {path} is not in the reader schema"));
            let known = of_reader["x-known"].as_object().unwrap_or_else(|| panic!("{kind}: {path} has no codes"));
            let meanings = part["enumDescriptions"].as_array().expect("meanings");
            assert!(of_reader.get("enum").is_none(), "{kind}: {path} is closed");
            assert!(known.keys().eq(codes), "{kind}: {path}");
            assert!(known.values().eq(meanings), "{kind}: {path}");
        });
        assert!(lists > 0, "{kind} has no codes");
    }
}

/// An editor shows the words of a message, not a regular expression or hundreds of codes.
#[test]
fn an_editor_has_words_for_every_pattern_and_every_long_list() {
    for kind in Kind::ALL {
        let mut worded = 0;
        each(&schema::authoring(kind), "", &mut |path, part| {
            let has_message = |keyword: &str| part[keyword].as_str().is_some_and(|words| words.starts_with("Write "));
            assert_eq!(part.get("pattern").is_some(), has_message("patternErrorMessage"), "{kind}: {path}");
            let is_long = part["enum"].as_array().is_some_and(|codes| codes.len() > 40);
            assert_eq!(is_long, has_message("errorMessage"), "{kind}: {path}");
            worded += usize::from(has_message("patternErrorMessage"));
        });
        assert!(worded > 2, "{kind}: {worded}");
    }
    let date = &schema::authoring(Kind::Event)["$defs"]["When"]["patternErrorMessage"];
    assert!(date.as_str().is_some_and(|words| words.contains("such as `2019-01-22`")), "{date}");
}
