//! JSON text as a tree that knows where each value stands: parsing with byte spans, JSON Schema, and serde.
//!
//! In: the text of one record, and a [`document::Arena`] that holds the tree. Out: a [`document::Document`]: a tree of
//! nodes with byte spans, the faults of the text, and the layout of the text. A [`validator::Validator`] checks such a tree
//! against a JSON Schema; serde decodes types from it.
//!
//! The crate knows nothing of what a record means, and does no I/O. Faults in a text are values, never `Err`, and never a
//! panic.
//!
//! # Parse a text
//!
//! Each fault has a span in bytes; [`input`] counts lines and columns.
//!
//! ```
//! use comity_document::document::{Arena, FaultKind, parse};
//! use comity_document::input::Input;
//!
//! let input = Input::file(0, "{\n  \"name\": \"Rabat\",\n}\n");
//! let arena = Arena::default();
//! let document = parse(input.text, &arena);
//!
//! let fault = &document.faults[0];
//! let position = input.position(fault.span.start);
//! assert_eq!(fault.what, FaultKind::TrailingComma);
//! assert_eq!((position.line, position.column), (2, 18));
//! // A trailing comma leaves no value in doubt, so there is a tree.
//! let name = document.root.as_ref().and_then(|root| root.get("name"));
//! assert_eq!(name.and_then(|name| name.as_str()), Some("Rabat"));
//! ```
//!
//! # Validate against a schema
//!
//! ```
//! use comity_document::document::{Arena, Part, parse};
//! use comity_document::validator::{Validator, ViolationKind};
//!
//! let schema = serde_json::json!({ "properties": { "ships": { "type": "integer" } } });
//! let validator = Validator::compile(&schema, &[])?;
//!
//! let text = r#"{ "ships": "two" }"#;
//! let arena = Arena::default();
//! let root = parse(text, &arena).root.expect("the text is JSON");
//! let violations = validator.violations(&root);
//! assert_eq!(violations[0].at.as_str(), "/ships");
//! assert_eq!(violations[0].refused, ViolationKind::Type);
//! let span = root.locate(&violations[0].at, Part::Value).expect("the place is in the tree");
//! assert_eq!(&text[span.range()], r#""two""#);
//! # Ok::<(), comity_document::validator::SchemaError>(())
//! ```
//!
//! # Decode with serde
//!
//! The error names the place. Unknown fields are errors, as with `additionalProperties: false`.
//!
//! ```
//! use comity_document::document::{Arena, parse};
//! use serde::Deserialize;
//!
//! #[derive(Debug, Deserialize)]
//! struct Fleet {
//!     ships: Vec<u32>,
//! }
//!
//! let arena = Arena::default();
//! let root = parse(r#"{ "ships": [2, "three"] }"#, &arena).root.expect("the text is JSON");
//! let error = Fleet::deserialize(&root).expect_err("a string is no number");
//! assert_eq!(error.pointer().as_str(), "/ships/1");
//! assert_eq!(error.to_string(), "/ships/1: invalid type: string \"three\", expected u32");
//!
//! let root = parse(r#"{ "ships": [2, 3] }"#, &arena).root.expect("the text is JSON");
//! assert_eq!(Fleet::deserialize(&root)?.ships, [2, 3]);
//! # Ok::<(), comity_document::document::DecodeError>(())
//! ```
//!
//! Modules are listed in reading order; a module uses only modules listed before it.

pub mod pointer;

pub mod input;

pub mod document;

pub mod validator;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
