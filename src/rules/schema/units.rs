//! What to type for a unit that the list does not have, but that is a multiple of one that it has: `MEUR`, `years`, `kg`.

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;

use super::listed;
use crate::schema::FieldSchema;
use crate::value::{Code as _, Plain, scaled, times, words_among};

/// What to type for a text that is a multiple of a unit. `root` is the record: the number stands beside the unit.
pub(super) fn advice(schema: FieldSchema, text: &str, root: &Node<'_>, at: &Pointer) -> Option<String> {
    let (factor, how, unit) = multiple(schema, text)?;
    let figure = at.parent().and_then(|figure| root.at(&figure));
    let numbers = figure.map(|figure| numbers(figure, factor)).unwrap_or_default();
    let unit = unit.map_or_else(|| "the unit alone".to_owned(), |unit| format!("\"unit\": \"{unit}\""));
    Some(match &numbers[..] {
        [] => format!("{how}, and write {unit}"),
        numbers => format!("write {} and {unit}: {how}", numbers.join(", ")),
    })
}

/// What to type where nothing is known of the text.
pub(super) fn list(codes: &[&str]) -> String {
    format!("write one of {}, or the three capital letters of a currency, such as `EUR`", listed(words_among(codes)))
}

/// By what to multiply the number for a text, in digits and in words, and the unit of the product where the text has one.
fn multiple(schema: FieldSchema, text: &str) -> Option<(f64, String, Option<&'static str>)> {
    let lower = text.trim().to_lowercase();
    let of_time =
        |factor: f64, unit: Plain| Some((factor, format!("multiply the number by {factor}"), Some(unit.code())));
    match lower.as_str() {
        "year" | "years" | "yr" | "yrs" | "an" | "ans" | "année" | "années" | "año" | "años" | "سنة" | "سنوات" =>
        {
            return of_time(12.0, Plain::Months);
        }
        "week" | "weeks" | "wk" | "wks" | "semaine" | "semaines" | "semana" | "semanas" | "أسبوع" | "أسابيع" =>
        {
            return of_time(7.0, Plain::Days);
        }
        "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" => {
            return Some((1e-3, "divide the number by 1000".to_owned(), Some(Plain::Tonnes.code())));
        }
        _ => {}
    }
    // A letter alone may be a metre.
    let (scale, rest) = scaled(text).filter(|(_, rest)| !rest.is_empty() || lower.chars().count() > 3)?;
    let unit = if rest.is_empty() { None } else { Some(schema.code_named(&rest)?) };
    Some((scale.factor(), format!("multiply the number by {}", scale.name()), unit))
}

/// The numbers of a figure, multiplied, as they would be written.
fn numbers(figure: &Node<'_>, factor: f64) -> Vec<String> {
    let number = |field: &&str| match figure.get(field)?.value {
        Value::Number(number) => Some(format!("\"{field}\": {}", times(number, factor)?)),
        _ => None,
    };
    ["low", "best", "high"].iter().filter_map(number).collect()
}
