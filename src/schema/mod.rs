//! JSON Schemas of records, validators for them, and what a schema says of one place of a record.

mod authoring;
mod bundle;
mod field;
mod generate;
mod reader;
mod shape;

use std::sync::OnceLock;

use comity_document::document::Node;
use comity_document::validator::{Validator, Violation};
use serde_json::Value;

pub use authoring::authoring;
pub use bundle::{any_record, bundle};
pub use field::FieldSchema;
pub(crate) use field::is_form_of;
pub use generate::VERSION;
pub(crate) use generate::is_placed;
pub use reader::reader;
pub use shape::{Class, Order, Shape};

use crate::kind::Kind;
use crate::value::FORMATS;

type PerKind<T> = [OnceLock<T>; Kind::ALL.len()];

static STRUCTURES: PerKind<Value> = [const { OnceLock::new() }; Kind::ALL.len()];
static SHAPES: PerKind<Shape> = [const { OnceLock::new() }; Kind::ALL.len()];
static VALIDATORS: PerKind<Validator> = [const { OnceLock::new() }; Kind::ALL.len()];

/// The structure of a kind, as the types state it, generated on first use: the [`authoring`] schema without the demands
/// that depend on another value of the record, and without messages for editors.
pub fn structure(kind: Kind) -> &'static Value {
    STRUCTURES[kind as usize].get_or_init(|| generate::structure(kind))
}

/// The structure of a kind, folded to what rules and the formatter ask.
pub fn shape(kind: Kind) -> &'static Shape {
    SHAPES[kind as usize].get_or_init(|| Shape::fold(structure(kind)))
}

/// Everything that the structure of a kind refuses in a record. Compiling a schema takes about a millisecond, so a
/// schema is compiled only when a record of its kind does not decode.
pub fn violations(kind: Kind, node: &Node<'_>) -> Vec<Violation> {
    validator(kind).violations(node)
}

/// Whether the structure of a kind admits a record. [`Record::decode`](crate::record::Record::decode) gives the same
/// answer faster.
pub fn admits(kind: Kind, node: &Node<'_>) -> bool {
    validator(kind).admits(node)
}

fn validator(kind: Kind) -> &'static Validator {
    VALIDATORS[kind as usize].get_or_init(|| compile(structure(kind)))
}

/// Compiles a schema of this module, with the formats of [`FORMATS`].
///
/// # Panics
/// When `schema` is not a JSON Schema. A test compiles every schema that this module generates.
pub fn compile(schema: &Value) -> Validator {
    let formats: Vec<_> = FORMATS.iter().map(|format| (format.name, format.admit)).collect();
    Validator::compile(schema, &formats).expect("a generated schema compiles")
}

/// The schema of a type that is not a record, such as the manifest; `name` becomes its title and part of its `$id`.
pub fn of<T: schemars::JsonSchema>(name: &str) -> Value {
    generate::of::<T>(name)
}
