//! The forms keep GitHub's schema for issue forms, and what they ask is what a record has.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use comity::issue::{FormShape, forms};
use comity::schema::FieldSchema;

#[test]
fn the_committed_forms_are_what_the_types_make() {
    let folder = Path::new(crate::ROOT).join(".github/ISSUE_TEMPLATE");
    for form in forms() {
        let text = fs::read_to_string(folder.join(format!("{}.yml", form.topic.name))).unwrap_or_default();
        assert!(text == form.yaml(), "{}.yml is not what the types make: run `cargo xtask generate`", form.topic.name);
    }
    let names = fs::read_dir(&folder).expect("the forms").map(|entry| entry.expect("an entry").path());
    let names: HashSet<String> =
        names.map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned()).collect();
    let expected: HashSet<String> =
        forms().iter().map(|form| form.topic.name.to_owned()).chain(["config".to_owned()]).collect();
    assert_eq!(names, expected, "a form that no type makes");
}

/// The limits of <https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema>.
#[test]
fn the_forms_keep_the_limits_of_github() {
    for form in forms() {
        let name = form.topic.name;
        let (mut ids, mut labels) = (HashSet::new(), HashSet::new());
        assert!(!form.topic.title.is_empty() && !form.topic.about.is_empty(), "{name}");
        assert!(form.fields.iter().any(|field| field.required), "{name}");
        for field in &form.fields {
            let is_id = field.id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            assert!(is_id && ids.insert(field.id), "{name}: {}", field.id);
            assert!(!field.label.is_empty() && labels.insert(field.label), "{name}: {}", field.label);
            if let FormShape::Dropdown(options) = &field.shape {
                let unique: HashSet<&String> = options.iter().collect();
                assert!((1..=50).contains(&options.len()) && unique.len() == options.len(), "{name}: {}", field.label);
                assert!(options.iter().all(|option| option != "None" && !option.trim().is_empty()), "{name}");
            }
        }
    }
}

#[test]
fn a_form_asks_what_a_record_of_its_kind_needs() {
    for form in forms() {
        let Some(kind) = form.topic.kind else { continue };
        for needed in FieldSchema::of(kind).required() {
            let field = form.fields.iter().find(|field| field.id == needed);
            assert!(field.is_some_and(|field| field.required), "{}: {needed}", form.topic.name);
        }
        let codes = FieldSchema::of(kind).field("type").map(FieldSchema::codes).unwrap_or_default();
        let field = form.fields.iter().find(|field| field.id == "type");
        if let Some(FormShape::Dropdown(options)) = field.map(|field| &field.shape) {
            let offered: Vec<&str> = options.iter().filter_map(|option| option.split(" – ").next()).collect();
            assert_eq!(offered, codes.iter().map(|(code, _)| *code).collect::<Vec<_>>(), "{}", form.topic.name);
        }
    }
}
