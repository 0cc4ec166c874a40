//! The schema for readers of records.

use serde_json::{Map, Value};

use super::generate::{each, id, structure};
use crate::kind::Kind;

/// Keywords that only help an author write a value. A reader must accept what a later minor version may write.
const AUTHORS_ONLY: [&str; 6] = ["pattern", "format", "propertyNames", "minLength", "maxLength", "maxItems"];

/// The reader schema of a kind: the contract for programs that read records and must survive a minor version.
///
/// Unknown fields are ignored, unknown codes are strings, and the shape of a text is not checked. `x-known` maps each
/// known code to its meaning. `kind` and `id` are required.
pub fn reader(kind: Kind) -> Value {
    let mut schema = structure(kind);
    each(&mut schema, &mut |part| {
        if part.get("additionalProperties") == Some(&Value::Bool(false)) {
            part.remove("additionalProperties");
        }
        part.remove("x-synonyms");
        if let Some(known) = take_codes(part) {
            part.insert("x-known".to_owned(), known.into());
        }
        if part.contains_key("type") {
            AUTHORS_ONLY.iter().for_each(|keyword| drop(part.remove(*keyword)));
        }
    });
    schema["$id"] = id(&format!("reader:{kind}")).into();
    if let Some(required) = schema["required"].as_array_mut() {
        required.splice(0..0, ["kind".into(), "id".into()]);
    }
    schema
}

/// Removes the codes of a closed list and their meanings, and returns each code with its meaning.
fn take_codes(part: &mut Map<String, Value>) -> Option<Map<String, Value>> {
    let codes = part.remove("enum")?;
    let meanings = part.remove("enumDescriptions")?;
    let codes = codes.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned);
    Some(codes.zip(meanings.as_array()?.iter().cloned()).collect())
}
