//! How a figure is written, made from the number that was typed and from the name that the contributor gave it.

use serde_json::Value as Json;

use super::sample::resolved;
use crate::kind::Kind;
use crate::schema::FieldSchema;
use crate::value::{Code as _, Measure, NumberBound, bound, plain_number};

/// The fields of a figure for the number, or for the bound, that a text is: `"best": 50`, `"low": 50`.
pub(super) fn numbers(text: &str) -> Option<String> {
    bound(text).as_ref().map(fields_of).or_else(|| plain_number(text).map(|number| format!("\"best\": {number}")))
}

fn fields_of(bound: &NumberBound) -> String {
    match bound {
        NumberBound::AtLeast(least) => format!("\"low\": {least}"),
        NumberBound::AtMost(most) => format!("\"high\": {most}"),
        NumberBound::Between(least, most) => format!("\"low\": {least}, \"high\": {most}"),
    }
}

/// How a bound is written in a figure.
pub(crate) fn in_place_of_best(bound: &NumberBound) -> String {
    let what = match bound {
        NumberBound::AtLeast(_) => "a lower bound",
        NumberBound::AtMost(_) => "an upper bound",
        NumberBound::Between(..) => "a range",
    };
    format!("{what} is written {}, without \"best\"", fields_of(bound))
}

/// How a figure with these [`numbers`] is written, and the end of the sentence, which says what only the contributor knows. The
/// measure is known only where one of the names is one; `part` is the schema of a figure.
pub(super) fn written(kind: Kind, part: &'static Json, numbers: &str, names: &[&str]) -> (String, String) {
    let measures = FieldSchema::of_part(kind, resolved(kind, &part["properties"]["measure"]));
    let measure = names.iter().find_map(|name| Measure::parse(measures.code_named(name)?));
    let Some(measure) = measure else {
        let figure = format!("{{ \"measure\": \"…\", {numbers}, \"unit\": \"…\" }}");
        return (
            figure,
            ", where `measure` says what is counted, such as `participants`, and `unit` in what, such as `persons`"
                .to_owned(),
        );
    };
    let figure = |unit: &str| format!("{{ \"measure\": \"{measure}\", {numbers}, \"unit\": \"{unit}\" }}");
    match measure.only_unit() {
        Some(unit) => (figure(unit.code()), String::new()),
        None => (figure("…"), format!(", where `unit` is {}", measure.fitting())),
    }
}
