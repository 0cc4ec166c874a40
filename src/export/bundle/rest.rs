//! What a JSON value says beyond the typed record that was read from it: the difference between the value and the record
//! written again. So nothing is lost at any depth, and no type needs a field for it.

use std::collections::BTreeMap;

use comity_document::pointer::Pointer;
use serde_json::Value;

/// The parts of `whole` that `typed` lacks or has otherwise, by place.
pub(super) fn of(whole: &Value, typed: &Value) -> BTreeMap<Pointer, Value> {
    let mut rest = BTreeMap::new();
    collect(whole, typed, &Pointer::root(), &mut rest);
    rest
}

fn collect(whole: &Value, typed: &Value, at: &Pointer, rest: &mut BTreeMap<Pointer, Value>) {
    match (whole, typed) {
        (Value::Object(whole), Value::Object(typed)) => {
            for (key, value) in whole {
                match typed.get(key) {
                    Some(typed) => collect(value, typed, &at.clone().key(key), rest),
                    None => drop(rest.insert(at.clone().key(key), value.clone())),
                }
            }
        }
        (Value::Array(whole), Value::Array(typed)) if whole.len() == typed.len() => {
            for (index, (value, typed)) in whole.iter().zip(typed).enumerate() {
                collect(value, typed, &at.clone().index(index), rest);
            }
        }
        // `338` and `338.0` are one number.
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        (whole, typed) if whole == typed => {}
        _ => drop(rest.insert(at.clone(), whole.clone())),
    }
}

/// Puts a part back at its place.
pub(super) fn put(value: &mut Value, place: &Pointer, part: &Value) {
    let mut tokens: Vec<_> = place.tokens().collect();
    let Some(last) = tokens.pop() else {
        value.clone_from(part);
        return;
    };
    let parent = tokens.iter().try_fold(value, |value, token| match value {
        Value::Object(fields) => fields.get_mut(token.as_ref()),
        Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    });
    match parent {
        Some(Value::Object(fields)) => drop(fields.insert(last.into_owned(), part.clone())),
        Some(Value::Array(items)) => {
            let item = last.parse::<usize>().ok().and_then(|index| items.get_mut(index));
            item.into_iter().for_each(|item| item.clone_from(part));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_typed_is_kept_and_put_back() {
        let whole = json!({ "a": 1.0, "b": [{ "c": 1, "d": null }, "x"], "e": { "f": [1, 2] }, "g/h": true });
        let typed = json!({ "a": 1, "b": [{ "c": 1 }, "y"], "e": { "f": [1] } });
        let rest = of(&whole, &typed);
        assert_eq!(rest.keys().map(Pointer::as_str).collect::<Vec<_>>(), ["/b/0/d", "/b/1", "/e/f", "/g~1h"]);
        let mut again = typed;
        rest.iter().for_each(|(place, part)| put(&mut again, place, part));
        assert_eq!(of(&whole, &again), BTreeMap::new());
        assert_eq!(of(&whole, &json!(null)), BTreeMap::from([(Pointer::root(), whole)]));
    }
}
