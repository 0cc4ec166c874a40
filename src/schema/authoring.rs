//! The schema for authors of records: the structure that the types state, the demands that depend on another value of
//! the same record, and messages for editors.

mod says;

use serde_json::{Map, Value, json};

use super::generate::{each, structure};
use crate::kind::Kind;
use crate::record::{Presence, presence};
use crate::value::{self, Country, StringFormat};

/// The longest list of codes that an editor can show in one message.
const LISTABLE: usize = 40;

/// The authoring schema of a kind: the contract for contributors.
///
/// The schema admits a record exactly when the record decodes and no mandatory rule over one document reports a fault,
/// with one exception: a key in `says` that names a map entry with a malformed key is not checked.
pub fn authoring(kind: Kind) -> Value {
    let mut schema = structure(kind);
    add_formats(&mut schema);
    add_sentences(&mut schema);
    if kind == Kind::Actor {
        schema["if"] = json!({ "properties": { "type": { "const": "person" } }, "required": ["type"] });
        schema["then"] = json!({
            "required": ["offices"],
            "properties": { "country": false },
            "errorMessage": "A person has no country; the body under `offices` has one."
        });
        schema["else"] = json!({
            "properties": { "offices": false },
            "errorMessage": "Only an actor of the type `person` has offices."
        });
    }
    match presence(kind, "evidence") {
        Presence::Absent => return schema,
        // An identifier in a catalogue is evidence enough.
        Presence::Optional => {
            schema["anyOf"] = json!([{ "required": ["evidence"] }, { "required": ["identifiers"] }]);
        }
        Presence::Required => {}
    }
    let evidence = &mut schema["properties"]["evidence"];
    evidence["if"] = json!({ "minProperties": 2 });
    evidence["then"] = json!({
        "additionalProperties": { "anyOf": [{ "required": ["supports"] }, { "required": ["says"] }] }
    });
    let source = &mut schema["$defs"]["Evidence"];
    source["if"] = json!({ "properties": { "stance": { "const": "contradicts" } }, "required": ["stance"] });
    source["then"] = json!({
        "properties": { "says": false },
        "errorMessage": "A source that contradicts has no value under `says`; a source with a value of its own reports the value."
    });
    says::constrain(&mut schema);
    schema
}

/// Adds the texts that fit the pattern of a format and do not have the format, and what an editor shows instead of a pattern
/// (`patternErrorMessage`) or of a list of hundreds of codes (`errorMessage`). Both are keywords of the JSON language service
/// of VS Code.
fn add_formats(schema: &mut Value) {
    each(schema, &mut |part| {
        let format = part.get("format").and_then(Value::as_str).and_then(value::format);
        if let Some(format) = format.filter(|_| part.contains_key("pattern")) {
            part.insert("patternErrorMessage".to_owned(), format!("Write {}.", format.expected).into());
            if !format.except.is_empty() {
                part.insert("not".to_owned(), json!({ "enum": format.except }));
            }
        }
        if let Some(message) = message_for_codes(part) {
            part.insert("errorMessage".to_owned(), message.into());
        }
    });
}

/// Adds the sentence of each field that refers to a definition, as `markdownDescription`. The JSON language service of VS
/// Code shows the description of the definition in place of that of the field. Where the definition says by examples how
/// a text is written, that follows the sentence.
fn add_sentences(schema: &mut Value) {
    let definitions = schema["$defs"].clone();
    each(schema, &mut |part| {
        let Some(sentence) = part.get("description").and_then(Value::as_str) else { return };
        let Some(to) = part.get("$ref").and_then(Value::as_str) else { return };
        let definition = &definitions[to.trim_start_matches("#/$defs/")];
        let form =
            definition["description"].as_str().filter(|form| definition["pattern"].is_string() && form.contains('`'));
        let sentence = form.map_or_else(|| sentence.to_owned(), |form| format!("{sentence}\n\n{form}"));
        part.insert("markdownDescription".to_owned(), sentence.into());
    });
}

/// The message for a list of codes that is too long to be shown.
fn message_for_codes(part: &Map<String, Value>) -> Option<String> {
    let codes: Vec<&str> = part.get("enum")?.as_array()?.iter().filter_map(Value::as_str).collect();
    if codes.len() <= LISTABLE {
        return None;
    }
    let words: Vec<String> = codes
        .iter()
        .filter(|code| code.starts_with(|first: char| first.is_ascii_lowercase()))
        .map(|code| format!("`{code}`"))
        .collect();
    Some(if words.is_empty() {
        format!("Write {}.", Country::EXPECTED)
    } else {
        format!("Write {}, or the three capital letters of a currency, such as `EUR`.", words.join(", "))
    })
}
