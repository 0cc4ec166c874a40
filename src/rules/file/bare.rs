//! Messages for values without quotation marks that are neither a number nor a word of JSON: a bound, a word, a number as
//! people write one.

use crate::rules::schema::in_place_of_best;
use crate::value::{bound, plain_number};

/// A word in the place of a value.
pub(super) fn word(word: &str) -> (String, String) {
    if let Some(bare) = as_bound(word) {
        return bare;
    }
    match word.to_ascii_lowercase().as_str() {
        code @ ("true" | "false") => (format!("`{word}` has a capital letter"), format!("write {code}")),
        "yes" => (format!("`{word}` is no value"), "write true".to_owned()),
        "no" => (format!("`{word}` is no value"), "write false".to_owned()),
        "none" | "null" | "nil" | "nan" | "undefined" | "na" | "n/a" => {
            (format!("`{word}` is no value"), "for what is not known, leave the whole field out".to_owned())
        }
        _ => (format!("`{word}` stands without quotation marks"), format!("write it as \"{word}\"")),
    }
}

/// What begins like a number, and is none.
pub(super) fn number(number: &str) -> (String, String) {
    if let Some(bare) = as_bound(number) {
        return bare;
    }
    if let Some(plain) = plain_number(number).filter(|plain| plain.len() <= 15) {
        return (
            format!("`{number}` is not written as a number"),
            format!("write {plain}; a number has digits only, and a point before a fraction"),
        );
    }
    let words =
        number.contains(|c: char| c.is_whitespace() || c == '/' || c.is_alphabetic() && !matches!(c, 'e' | 'E'));
    let dashes = number.len() > 1 && number[1..].contains('-') && !number.contains(['e', 'E']);
    if words || dashes {
        let message = format!("`{number}` is neither a number nor a text");
        return (message, format!("write a date or another text as \"{number}\"; a number has digits only"));
    }
    let help = if number.len() > 20 || number.contains(['e', 'E']) {
        "write out a number of at most 15 digits"
    } else {
        "write digits only, with a point before a fraction: 0.5, 1000; no plus, no leading zero, nothing between thousands"
    };
    (format!("`{number}` is not written as a number"), help.to_owned())
}

/// How a bound, or a number with a sign such as `~`, is written.
pub(super) fn signed(text: &str) -> Option<(String, String)> {
    let about = |number: String| {
        let help = format!("write {number}; a number has digits only, and a point before a fraction");
        (format!("`{text}` is not written as a number"), help)
    };
    let sign = ['~', '≈', '±', '$', '€', '£'];
    as_bound(text).or_else(|| plain_number(text).filter(|_| text.starts_with(sign)).map(about))
}

/// How a bound is written that stands without quotation marks: as numbers of a figure, unless a text was meant.
fn as_bound(text: &str) -> Option<(String, String)> {
    let bound = bound(text)?;
    let help = format!("{}; a date or another text stands in quotation marks: \"{text}\"", in_place_of_best(&bound));
    Some((format!("`{text}` is not one number"), help))
}
