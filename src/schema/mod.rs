//! Types to schemas, schemas to validators, and what the schema says of a place.

mod generate;
mod shape;

use std::sync::OnceLock;

use comity_document::document::Node;
use comity_document::validator::{Validator, Violation};
use serde_json::Value;

pub use generate::{VERSION, authoring, reader};
pub use shape::{Class, Order, Shape};

use crate::kind::Kind;
use crate::value::FORMATS;

type PerKind<T> = [OnceLock<T>; Kind::ALL.len()];

static AUTHORING: PerKind<Value> = [const { OnceLock::new() }; Kind::ALL.len()];
static SHAPES: PerKind<Shape> = [const { OnceLock::new() }; Kind::ALL.len()];
static VALIDATORS: PerKind<Validator> = [const { OnceLock::new() }; Kind::ALL.len()];

/// The authoring schema of a kind, made when it is first asked for.
pub fn cached(kind: Kind) -> &'static Value {
    AUTHORING[kind as usize].get_or_init(|| authoring(kind))
}

/// What the authoring schema of a kind says, folded to what rules and the formatter ask.
pub fn shape(kind: Kind) -> &'static Shape {
    SHAPES[kind as usize].get_or_init(|| Shape::fold(cached(kind)))
}

/// What the authoring schema refuses in a record. Compiling a schema takes about a millisecond, so that it is done only
/// for a kind of which a record does not decode.
pub fn violations(kind: Kind, node: &Node<'_>) -> Vec<Violation> {
    validator(kind).violations(node)
}

/// Whether the authoring schema admits a record. Decoding answers the same, faster.
pub fn admits(kind: Kind, node: &Node<'_>) -> bool {
    validator(kind).admits(node)
}

fn validator(kind: Kind) -> &'static Validator {
    VALIDATORS[kind as usize].get_or_init(|| compile(cached(kind)))
}

/// Compiles one of our own schemas, with our formats.
///
/// # Panics
/// When the schema is not one; a test compiles every schema we make.
pub fn compile(schema: &Value) -> Validator {
    let formats: Vec<_> = FORMATS.iter().map(|format| (format.name, format.admit)).collect();
    Validator::compile(schema, &formats).expect("our own schema compiles")
}

/// The schema of a type that is no record.
pub fn of<T: schemars::JsonSchema>(name: &str) -> Value {
    generate::of::<T>(name)
}
