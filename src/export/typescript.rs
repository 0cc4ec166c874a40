//! `types/comity.d.ts`: the types of the records for programs in TypeScript, from the schema of the bundle. A list of codes is a
//! union, so that a misspelt code does not compile; a program that meets a later version sees codes that are not in the union.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::schema;

const HEAD: &str = "// The types of a release: `comity.json` is a `Bundle`, and each line of `comity.ndjson` an `AnyRecord`. A minor version may
// add fields, codes and kinds of figures; it never removes, retypes or renames.
";

/// The longest list of codes of which the comment says every meaning.
const MEANINGS: usize = 40;

/// The declarations.
pub fn typescript() -> String {
    let schema = schema::bundle();
    let mut out = HEAD.to_owned();
    declare(&mut out, "Bundle", &schema);
    for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
        declare(&mut out, name, definition);
    }
    out
}

fn declare(out: &mut String, name: &str, definition: &Value) {
    out.push('\n');
    comment(out, 0, &described(definition));
    if is_struct(definition) {
        let _ = writeln!(out, "export interface {name} {}", fields(definition, 0));
    } else {
        let _ = writeln!(out, "export type {name} = {};", type_of(definition, 0));
    }
}

/// The description, with the meaning of each code.
fn described(definition: &Value) -> String {
    let mut text = definition["description"].as_str().unwrap_or_default().to_owned();
    let codes = definition["x-known"].as_object().filter(|codes| codes.len() <= MEANINGS);
    for (code, meaning) in codes.into_iter().flatten() {
        let _ = write!(text, "\n- `{code}`: {}", meaning.as_str().unwrap_or_default());
    }
    text
}

fn comment(out: &mut String, indent: usize, text: &str) {
    let margin = " ".repeat(indent);
    // The text must not end the comment.
    let text = text.trim().replace("*/", "*\u{200b}/");
    match text.lines().collect::<Vec<_>>().as_slice() {
        [] => {}
        [line] => {
            let _ = writeln!(out, "{margin}/** {line} */");
        }
        lines => {
            let _ = writeln!(out, "{margin}/**");
            for line in lines {
                let _ = writeln!(out, "{margin} * {line}");
            }
            let _ = writeln!(out, "{margin} */");
        }
    }
}

/// Whether a schema names its fields.
fn is_struct(schema: &Value) -> bool {
    schema["properties"].is_object()
}

fn type_of(schema: &Value, indent: usize) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix("#/$defs/")) {
        return name.to_owned();
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    if let Some(any) = schema["oneOf"].as_array() {
        return any.iter().map(|one| type_of(one, indent)).collect::<Vec<_>>().join(" | ");
    }
    if let Some(codes) = schema["x-known"].as_object() {
        return union(codes);
    }
    match schema["type"].as_str() {
        Some("string") => "string".to_owned(),
        Some("integer" | "number") => "number".to_owned(),
        Some("boolean") => "boolean".to_owned(),
        Some("array") => match type_of(&schema["items"], indent) {
            item if item.contains(' ') => format!("Array<{item}>"),
            item => format!("{item}[]"),
        },
        Some("object") if is_struct(schema) => fields(schema, indent),
        Some("object") => map(schema, indent),
        _ => "unknown".to_owned(),
    }
}

fn union(codes: &Map<String, Value>) -> String {
    codes.keys().map(|code| Value::from(code.as_str()).to_string()).collect::<Vec<_>>().join(" | ")
}

/// An object whose keys are ids, languages or places, some of which may be required.
fn map(schema: &Value, indent: usize) -> String {
    let value = type_of(&schema["additionalProperties"], indent);
    let required = schema["required"].as_array().into_iter().flatten();
    let keys = required.map(Value::to_string).chain(["[key: string]".to_owned()]);
    let fields: Vec<String> = keys.map(|key| format!("{key}: {value}")).collect();
    format!("{{ {} }}", fields.join("; "))
}

/// The fields of an object, in braces.
fn fields(schema: &Value, indent: usize) -> String {
    let mut out = "{\n".to_owned();
    let inner = indent + 2;
    let margin = " ".repeat(inner);
    let required = |name: &str| {
        let mut required = schema["required"].as_array().into_iter().flatten();
        required.any(|field| field == name)
    };
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        comment(&mut out, inner, field["description"].as_str().unwrap_or_default());
        let key = if name.starts_with('$') || name.contains('-') { format!("\"{name}\"") } else { name.clone() };
        let optional = if required(name) { "" } else { "?" };
        let _ = writeln!(out, "{margin}{key}{optional}: {};", type_of(field, inner));
    }
    for (pattern, field) in schema["patternProperties"].as_object().into_iter().flatten() {
        for status in repeated(pattern) {
            let _ = writeln!(out, "{margin}[again: `{status}-${{number}}`]: {};", type_of(field, inner));
        }
    }
    let _ = write!(out, "{}}}", " ".repeat(indent));
    out
}

/// The statuses that a history may reach again, from a pattern such as `^(suspended|resumed)-[2-9]$`.
fn repeated(pattern: &str) -> impl Iterator<Item = &str> {
    let statuses = pattern.strip_prefix("^(").and_then(|rest| rest.strip_suffix(")-[2-9]$"));
    statuses.into_iter().flat_map(|statuses| statuses.split('|'))
}
