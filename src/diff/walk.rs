//! The places at which two JSON values differ.

use std::collections::BTreeSet;

use comity_document::pointer::Pointer;
use serde_json::Value;

/// The most values that are listed one by one below one place. A value that differs in more places is given as a whole.
const VALUES: usize = 10_000;

/// One place at which two values differ.
#[derive(Debug)]
pub(crate) struct Difference {
    /// The place.
    pub(crate) at: Pointer,
    /// The value before; `None` where there was none.
    pub(crate) before: Option<Value>,
    /// The value now; `None` where there is none.
    pub(crate) after: Option<Value>,
    /// Whether the value stands where another entry of its map was.
    pub(super) replaces: bool,
}

/// The places at which a value differs. The entries of an object that only one state has are listed one by one: each is
/// a fact.
pub(super) fn differences(at: &Pointer, before: Option<&Value>, after: Option<&Value>) -> Vec<Difference> {
    let mut walk = Walk::default();
    match (before, after) {
        (Some(Value::Object(entries)), None) => {
            entries.iter().for_each(|(key, value)| walk.push(at.clone().key(key), Some(value), None, false));
        }
        (None, Some(Value::Object(entries))) => {
            entries.iter().for_each(|(key, value)| walk.push(at.clone().key(key), None, Some(value), false));
        }
        _ => walk.compare(at, before, after),
    }
    if walk.has_too_many {
        walk = Walk::default();
        walk.push(at.clone(), before, after, false);
    }
    walk.found
}

/// A walk over two values at a time.
#[derive(Default)]
struct Walk {
    found: Vec<Difference>,
    /// Whether more than [`VALUES`] differ; the walk then ends.
    has_too_many: bool,
}

impl Walk {
    fn compare(&mut self, at: &Pointer, before: Option<&Value>, after: Option<&Value>) {
        if before == after || self.has_too_many {
            return;
        }
        match (before, after) {
            (Some(Value::Object(was)), Some(Value::Object(is))) => {
                let dropped: Vec<_> = was.iter().filter(|(key, _)| !is.contains_key(*key)).collect();
                dropped.iter().for_each(|(key, value)| self.push(at.clone().key(key), Some(value), None, false));
                // A person who takes part for a body, in the place of the body, is no other participant.
                let replaces = |key: &str, value: &Value| {
                    dropped.iter().any(|(old, was)| value["for"] != old.as_str() && was["for"] != key)
                };
                for (key, value) in is {
                    match was.get(key) {
                        None => self.push(at.clone().key(key), None, Some(value), replaces(key, value)),
                        before => self.compare(&at.clone().key(key), before, Some(value)),
                    }
                }
            }
            (Some(Value::Array(was)), Some(Value::Array(is))) if are_one_set(was, is) => {}
            _ => self.push(at.clone(), before, after, false),
        }
    }

    fn push(&mut self, at: Pointer, before: Option<&Value>, after: Option<&Value>, replaces: bool) {
        self.has_too_many |= self.found.len() == VALUES;
        if !self.has_too_many {
            self.found.push(Difference { at, before: before.cloned(), after: after.cloned(), replaces });
        }
    }
}

/// Whether two lists have the same items: no list of a record has an order that matters.
fn are_one_set(one: &[Value], other: &[Value]) -> bool {
    one.len() == other.len() && set(one) == set(other)
}

/// The items of a list, without their order.
pub(super) fn set(items: &[Value]) -> BTreeSet<String> {
    items.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    #[test]
    fn a_value_that_differs_in_too_many_places_is_given_as_a_whole() {
        let many = |count: usize, value: u32| {
            json!((0..count).map(|n| (format!("k{n}"), json!(value))).collect::<Map<_, _>>())
        };
        let at = Pointer::root().key("figures");
        for (count, expected) in [(1, 1), (VALUES, VALUES), (VALUES + 1, 1)] {
            let (before, after) = (many(count, 1), many(count, 2));
            for (before, after) in [(Some(&before), Some(&after)), (None, Some(&after)), (Some(&before), None)] {
                let found = differences(&at, before, after);
                assert_eq!(found.len(), expected, "{count}");
                if count > VALUES {
                    assert_eq!((&found[0].at, found[0].before.as_ref(), found[0].after.as_ref()), (&at, before, after));
                }
            }
        }
    }
}
