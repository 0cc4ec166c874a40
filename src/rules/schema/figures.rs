//! How a figure is written, made from the number that was typed and from the name that the contributor gave it.

use serde_json::Value as Json;

use super::sample::resolved;
use crate::kind::Kind;
use crate::schema::FieldSchema;
use crate::value::{Code as _, Measure};

/// How a figure with this number is written, and the end of the sentence, which says what only the contributor knows. The
/// measure is known only where one of the names is one; `part` is the schema of a figure.
pub(super) fn written(kind: Kind, part: &'static Json, number: &str, names: &[&str]) -> (String, String) {
    let measures = FieldSchema::of_part(kind, resolved(kind, &part["properties"]["measure"]));
    let measure = names.iter().find_map(|name| Measure::parse(measures.code_named(name)?));
    let Some(measure) = measure else {
        let figure = format!("{{ \"measure\": \"…\", \"best\": {number}, \"unit\": \"…\" }}");
        return (
            figure,
            ", where `measure` says what is counted, such as `participants`, and `unit` in what, such as `persons`"
                .to_owned(),
        );
    };
    let figure = |unit: &str| format!("{{ \"measure\": \"{measure}\", \"best\": {number}, \"unit\": \"{unit}\" }}");
    match measure.only_unit() {
        Some(unit) => (figure(unit.code()), String::new()),
        None => (figure("…"), format!(", where `unit` is {}", measure.fitting())),
    }
}
