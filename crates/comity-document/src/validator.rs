//! JSON Schema 2020-12 over the tree, with violations as types of this crate.
//!
//! `jsonschema` appears in no other public module, so that the large generic validator is compiled once and not with every
//! edit of a dependent crate.

use std::error::Error;
use std::fmt;

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, PatternOptions, ValidationError};

use crate::document::{Node, Tree};
use crate::pointer::Pointer;

/// The name of a `format`, and the function that decides whether a string has the format.
pub type FormatCheck = (&'static str, fn(&str) -> bool);

/// A compiled schema.
#[derive(Debug)]
pub struct Validator(jsonschema::Validator<Tree>);

/// Why a schema cannot be compiled.
#[derive(Debug)]
pub struct SchemaError(ValidationError<'static>);

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the schema cannot be compiled: {}", self.0)
    }
}

impl Error for SchemaError {}

/// One violation of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The refused value, or the object around a field.
    pub at: Pointer,
    /// The schema object with the keyword that refuses, as a JSON Pointer into the schema.
    pub schema: String,
    /// What is refused.
    pub refused: ViolationKind,
}

/// Why the schema refuses a value. A minor version may add a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ViolationKind {
    /// Fields that the schema does not know.
    UnknownFields(Vec<String>),
    /// A field that the object needs.
    MissingField(String),
    /// A key of a map, and why.
    Key(String, Box<ViolationKind>),
    /// Not of the JSON type that is wanted.
    Type,
    /// Not one of the codes (`enum`), or not the one value (`const`).
    Code,
    /// Not of the wanted shape: `pattern`, `minLength`, `maxLength`.
    Shape,
    /// Not of the `format` with this name.
    Format(String),
    /// Outside a range of numbers or of sizes; the text says which.
    Range(String),
    /// A list or a map without an entry.
    Empty,
    /// A list with the same item twice.
    Repeated,
    /// Refused by any other keyword; the text is the message of `jsonschema`.
    Other(String),
}

impl Validator {
    /// Compiles a schema. Nothing is ever fetched: a `$ref` out of the schema is an error.
    ///
    /// # Errors
    /// When the schema is not JSON Schema 2020-12, names a format that is not among `formats`, or refers outside itself.
    pub fn compile(schema: &serde_json::Value, formats: &[FormatCheck]) -> Result<Self, SchemaError> {
        let options = jsonschema::options_for::<Tree>()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_pattern_options(PatternOptions::regex());
        let options = formats.iter().fold(options, |options, (name, check)| options.with_format(*name, *check));
        options.build(schema).map(Self).map_err(|error| SchemaError(error.to_owned()))
    }

    /// Whether the schema admits the value.
    pub fn admits(&self, node: &Node<'_>) -> bool {
        self.0.is_valid(node)
    }

    /// All violations, in the order in which the validator meets them.
    pub fn violations(&self, node: &Node<'_>) -> Vec<Violation> {
        self.0.iter_errors(node).map(|error| violation(&error)).collect()
    }
}

fn violation(error: &ValidationError<'_>) -> Violation {
    let place = |text: &str| Pointer::parse(text).unwrap_or_default();
    let keyword = error.schema_path().as_str();
    let schema = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
    Violation { at: place(error.instance_path().as_str()), schema: schema.to_owned(), refused: refused(error) }
}

fn refused(error: &ValidationError<'_>) -> ViolationKind {
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            ViolationKind::UnknownFields(unexpected.clone())
        }
        Kind::Required { property } => ViolationKind::MissingField(property.as_str().unwrap_or_default().to_owned()),
        Kind::PropertyNames { error } => {
            ViolationKind::Key(error.instance().as_str().unwrap_or_default().to_owned(), Box::new(refused(error)))
        }
        Kind::Type { .. } => ViolationKind::Type,
        Kind::Constant { .. } | Kind::Enum { .. } => ViolationKind::Code,
        Kind::Pattern { .. } | Kind::MinLength { .. } | Kind::MaxLength { .. } => ViolationKind::Shape,
        Kind::Format { format } => ViolationKind::Format(format.clone()),
        Kind::Minimum { .. }
        | Kind::Maximum { .. }
        | Kind::ExclusiveMinimum { .. }
        | Kind::ExclusiveMaximum { .. }
        | Kind::MultipleOf { .. }
        | Kind::MaxItems { .. }
        | Kind::MaxProperties { .. } => ViolationKind::Range(error.masked().to_string()),
        Kind::MinItems { .. } | Kind::MinProperties { .. } => ViolationKind::Empty,
        Kind::UniqueItems => ViolationKind::Repeated,
        _ => ViolationKind::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::document::{Arena, parse};

    fn violations(schema: &serde_json::Value, text: &str) -> Vec<(String, ViolationKind)> {
        let validator = Validator::compile(schema, &[("even", |s| s.len() % 2 == 0)]).expect("a schema");
        let arena = Arena::default();
        let document = parse(text, &arena);
        let root = document.root.as_ref().expect("JSON");
        let found: Vec<_> = validator.violations(root).into_iter().map(|v| (v.at.to_string(), v.refused)).collect();
        assert_eq!(validator.admits(root), found.is_empty());
        found
    }

    /// What the pinned version of `jsonschema` reports for each keyword in use; a change there shows here first.
    #[test]
    fn every_keyword_in_use_has_its_name_and_its_place() {
        let one = |at: &str, refused: ViolationKind| vec![(at.to_owned(), refused)];
        let names = |names: &[&str]| ViolationKind::UnknownFields(names.iter().map(|&n| n.to_owned()).collect());
        let closed = json!({ "properties": { "a": {} }, "additionalProperties": false });
        assert_eq!(violations(&closed, r#"{ "a": 1, "x/y": 2, "z": 3 }"#), one("", names(&["x/y", "z"])));
        assert_eq!(
            violations(&json!({ "required": ["a"] }), "{}"),
            one("", ViolationKind::MissingField("a".to_owned()))
        );
        let keys = json!({ "properties": { "m": { "propertyNames": { "format": "even" } } } });
        let key = ViolationKind::Key("a~/".to_owned(), Box::new(ViolationKind::Format("even".to_owned())));
        assert_eq!(violations(&keys, r#"{ "m": { "a~/": 1, "ab": 2 } }"#), one("/m", key));
        assert_eq!(violations(&json!({ "type": "string" }), "1"), one("", ViolationKind::Type));
        assert_eq!(violations(&json!({ "enum": ["a"] }), "\"b\""), one("", ViolationKind::Code));
        assert_eq!(violations(&json!({ "minLength": 2 }), "\"𝒳\""), one("", ViolationKind::Shape));
        assert_eq!(violations(&json!({ "minProperties": 1 }), "{}"), one("", ViolationKind::Empty));
        assert_eq!(violations(&json!({ "minItems": 1 }), "[]"), one("", ViolationKind::Empty));
        assert_eq!(violations(&json!({ "uniqueItems": true }), "[1, 1.0]"), one("", ViolationKind::Repeated));
        assert!(matches!(&violations(&json!({ "maximum": 1 }), "2")[0].1, ViolationKind::Range(_)));
    }

    #[test]
    fn a_reference_out_of_the_schema_is_refused() {
        let error = Validator::compile(&json!({ "$ref": "https://example.org/x.json" }), &[]).expect_err("a reference");
        assert!(error.to_string().starts_with("the schema cannot be compiled: "), "{error}");
    }

    #[test]
    fn thousands_of_bad_keys_cost_little() {
        let text = format!(
            "{{{}}}",
            (0..4_000).map(|i| format!("\"{i:05}\":{{\"some\":\"value\"}}")).collect::<Vec<_>>().join(",")
        );
        assert_eq!(violations(&json!({ "propertyNames": { "format": "even" } }), &text).len(), 4_000);
    }
}
