//! Several values in one text, where a list was meant: `host, speaker`.

use serde_json::Value as Json;

use super::sample::resolved;
use super::type_hints::meant;
use crate::kind::Kind;
use crate::schema::FieldSchema;
use crate::value::{FieldPointer, Id, Language, StringFormat as _, enumerated};

/// The items of the list that a text was to be: its codes, its references or its languages one by one, and any other text
/// as a whole. `item` is the schema of an item.
pub(super) fn items(kind: Kind, item: &'static Json, text: &str) -> Vec<String> {
    let item = resolved(kind, item);
    if item["enum"].is_array() {
        let schema = FieldSchema::of_part(kind, item);
        let codes = several(text, &|word| schema.code_named(word));
        return match codes[..] {
            [] => vec![schema.code_named(text).unwrap_or(text).to_owned()],
            _ => codes.into_iter().map(str::to_owned).collect(),
        };
    }
    let parts: Vec<&str> = text.split([',', ';', '،']).map(str::trim).filter(|part| !part.is_empty()).collect();
    // The name of a body or of a place may have a comma; ids and names of themes have none.
    let has_no_comma = match item["x-ref"].as_str() {
        Some(kind) => kind == Kind::Theme.name() || parts.iter().all(|part| Id::parse(part).is_ok()),
        None => item["format"] == Language::FORMAT || item["format"] == FieldPointer::FORMAT,
    };
    if has_no_comma && (2..=MOST).contains(&parts.len()) {
        return parts.into_iter().map(|part| meant(item, part)).collect();
    }
    vec![meant(item, text)]
}

/// How many items a text may be. A longer text was not typed by a person.
const MOST: usize = 20;

/// The codes in a text of several words, each known as a code, as in `host, speaker` or `host and speaker`. Each code comes
/// once: two words may mean one code.
pub(super) fn several<'a>(text: &str, code: &dyn Fn(&str) -> Option<&'a str>) -> Vec<&'a str> {
    let text = text.replace(" or ", ",").replace(" ou ", ",");
    let codes: Vec<&str> = enumerated(&text).iter().map(|word| code(word)).collect::<Option<_>>().unwrap_or_default();
    if codes.len() < 2 {
        return Vec::new();
    }
    let mut once = Vec::new();
    codes.into_iter().for_each(|code| {
        if !once.contains(&code) {
            once.push(code)
        }
    });
    once
}

#[cfg(test)]
mod tests {
    use super::several;

    #[test]
    fn several_codes_in_one_text_are_told_apart() {
        let code = |word: &str| match word {
            "host" => Some("host"),
            "speaker" | "keynote" => Some("speaker"),
            _ => None,
        };
        for (text, codes) in [
            ("host, speaker", &["host", "speaker"][..]),
            ("host and keynote", &["host", "speaker"]),
            ("speaker/keynote", &["speaker"]),
            ("host", &[]),
            ("host, somebody", &[]),
        ] {
            assert_eq!(several(text, &code), codes, "{text}");
        }
    }
}
