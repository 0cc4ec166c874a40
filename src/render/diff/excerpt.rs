//! What a person is shown of the two values of a field: of long ones, the part in which they differ.

use serde_json::Value;

use crate::value::text_or_json;

/// The longest value that a person is shown, in characters.
const LONGEST: usize = 240;
/// How many characters stand before the first difference.
const BEFORE: usize = 60;

/// A value as a person reads it; a long one is cut.
pub(super) fn value(value: &Value) -> String {
    excerpt(&text_or_json(value), 0)
}

/// A value before and after a change as a person reads them. Long ones are cut around their first difference.
pub(super) fn values(before: Option<&Value>, after: Option<&Value>) -> [Option<String>; 2] {
    let texts = [before, after].map(|side| side.map(text_or_json));
    let from = match &texts {
        [Some(before), Some(after)] if [before, after].iter().any(|text| text.chars().nth(LONGEST).is_some()) => {
            let same = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
            same.saturating_sub(BEFORE)
        }
        _ => 0,
    };
    texts.map(|text| text.map(|text| excerpt(&text, from)))
}

/// A text from a character on, as far as a person is shown it, with the length of the whole where a part is left out.
fn excerpt(text: &str, from: usize) -> String {
    let rest = text.char_indices().nth(from).map_or("", |(start, _)| &text[start..]);
    let end = rest.char_indices().nth(LONGEST).map(|(end, _)| end);
    if from == 0 && end.is_none() {
        return text.to_owned();
    }
    let before = if from == 0 { "" } else { "… " };
    let after = if end.is_none() { "" } else { " …" };
    format!("{before}{}{after} ({} characters)", &rest[..end.unwrap_or(rest.len())], text.chars().count())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn two_long_values_are_cut_around_their_first_difference() {
        let text = |word: &str| json!(format!("{}{word} known.{}", "é".repeat(300), " x".repeat(200)));
        let [before, after] = values(Some(&text("are")), Some(&text("are not"))).map(Option::unwrap_or_default);
        assert!(
            before.starts_with("… é") && before.contains("are known. x") && before.ends_with(" … (710 characters)")
        );
        assert!(after.contains("are not known. x") && after.ends_with(" … (714 characters)"), "{after}");
        // The shorter of the two ends where the other goes on.
        let [before, after] = values(Some(&json!("x".repeat(300))), Some(&json!("x".repeat(301))));
        assert_eq!(before, Some(format!("… {} (300 characters)", "x".repeat(60))));
        assert_eq!(after, Some(format!("… {} (301 characters)", "x".repeat(61))));
    }

    #[test]
    fn short_values_and_a_value_alone_are_shown_from_their_beginning() {
        let long = json!("x".repeat(300));
        assert_eq!(values(Some(&json!("a")), Some(&json!("b"))), [Some("a".to_owned()), Some("b".to_owned())]);
        let cut = format!("{} … (300 characters)", "x".repeat(240));
        assert_eq!((values(None, Some(&long)), value(&long)), ([None, Some(cut.clone())], cut));
    }
}
