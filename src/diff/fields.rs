//! Two states of one record, field by field.

use std::cell::LazyCell;

use comity_document::pointer::Pointer;
use serde_json::{Map, Value};

use super::evidence::{Behind, EvidenceChange, SourceEvidence};
use super::renames::Renames;
use super::walk::{self, Difference, set};
use crate::kind::Kind;
use crate::query::claims;
use crate::record::Record;
use crate::schema::{self, Class};
use crate::value::{Bounds, StringFormat, When};

/// One value that differs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FieldChange<'a> {
    /// The place in the record.
    pub at: Pointer,
    /// The sort of statement that the field makes.
    pub class: Class,
    /// The value before; `None` where there was none.
    pub before: Option<Value>,
    /// The value now; `None` where there is none.
    pub after: Option<Value>,
    /// The sources that stood behind the value before, in the order of the record.
    pub evidence_before: Vec<SourceEvidence<'a>>,
    /// The sources that stand behind the value now, in the order of the record.
    pub evidence_after: Vec<SourceEvidence<'a>>,
    /// Whether a fact says something new although its evidence is the same.
    pub unevidenced: bool,
}

impl FieldChange<'_> {
    fn of(Difference { at, before, after, .. }: Difference, class: Class) -> Self {
        let (evidence_before, evidence_after) = (Vec::new(), Vec::new());
        Self { at, class, before, after, evidence_before, evidence_after, unevidenced: false }
    }

    /// Whether every value that stood there still stands there: nothing did, or a list has new items.
    pub(super) fn is_addition(&self) -> bool {
        match (&self.before, &self.after) {
            (None, _) => true,
            (Some(Value::Array(before)), Some(Value::Array(after))) => set(before).is_subset(&set(after)),
            _ => false,
        }
    }
}

/// The facts of a record that say something new although their evidence is the same.
pub(crate) fn unevidenced<'a>(before: &'a Record, after: &'a Record, renames: &Renames<'_>) -> Vec<FieldChange<'a>> {
    let mut changes = between(Some(before), Some(after), renames);
    changes.retain(|change| change.unevidenced);
    changes
}

/// Everything that differs between two states of a record, each fact with its evidence. Of a record that is new, every
/// field and every entry of a field.
pub(super) fn with_evidence<'a>(
    before: Option<&'a Record>,
    after: Option<&'a Record>,
    renames: &Renames<'_>,
) -> Vec<FieldChange<'a>> {
    let mut changes = between(before, after, renames);
    let (was, is) = (before.map(Behind::of), after.map(Behind::of));
    for change in changes.iter_mut().filter(|change| change.class == Class::Fact) {
        let behind = |side: &Option<Behind<'a>>| side.as_ref().map(|side| side.value(&change.at)).unwrap_or_default();
        if change.before.is_some() {
            change.evidence_before = behind(&was);
        }
        if change.after.is_some() {
            change.evidence_after = behind(&is);
        }
    }
    changes
}

/// The values that differ between two objects that are no records.
pub(super) fn between_values<'a>(before: &Value, after: &Value) -> Vec<FieldChange<'a>> {
    let found = walk::differences(&Pointer::root(), Some(before), Some(after));
    found.into_iter().map(|found| FieldChange::of(found, Class::Meta)).collect()
}

fn between<'a>(before: Option<&'a Record>, after: Option<&'a Record>, renames: &Renames<'_>) -> Vec<FieldChange<'a>> {
    let json = |record: Option<&Record>| record.and_then(|record| record.to_json(None).ok()).unwrap_or_default();
    let (was, is) = (json(before), json(after));
    let kind = after.or(before).map_or(Kind::Event, Record::kind);
    let evidence = before.zip(after).map(|(before, after)| EvidenceChange::between(before, after));
    let mut all = Vec::new();
    for (name, class) in fields(kind, &was, &is) {
        let (before, after) = (was.get(name), is.get(name));
        // Made once for a field, and only where a record was renamed.
        let followed = LazyCell::new(|| before.and_then(|before| renames.follow(before)));
        for found in walk::differences(&Pointer::root().key(name), before, after) {
            let replaces = found.replaces;
            let mut change = FieldChange::of(found, class);
            change.unevidenced = claims::needs_evidence(name, Some(class))
                && (change.before.is_some() || replaces)
                && is_replaced(&change)
                && evidence.as_ref().is_some_and(|evidence| evidence.is_the_same(&change.at))
                && !followed.as_ref().is_some_and(|followed| are_one(followed, after, &change.at));
            all.push(change);
        }
    }
    all
}

/// Whether a place of a record has one value in two states of a field.
fn are_one(followed: &Value, after: Option<&Value>, at: &Pointer) -> bool {
    let below: Pointer = at.tokens().skip(1).collect();
    followed.pointer(below.as_str()) == after.and_then(|after| after.pointer(below.as_str()))
}

/// The fields of both states with their classes, in canonical order. The kind and the id stand in the key.
pub(super) fn fields<'v>(kind: Kind, was: &'v Map<String, Value>, is: &'v Map<String, Value>) -> Vec<(&'v str, Class)> {
    let shape = schema::shape(kind);
    let dropped = was.keys().filter(|name| !is.contains_key(*name));
    let names = is.keys().chain(dropped).filter(|name| !matches!(name.as_str(), "kind" | "id"));
    let class = |name: &str| shape.field(name).and_then(|field| field.class).unwrap_or(Class::Meta);
    let mut fields: Vec<_> = names.map(|name| (name.as_str(), class(name))).collect();
    fields.sort_by_key(|(name, _)| shape.rank(name));
    fields
}

/// Whether the new value replaces the old one: a list lost an item and has a new one, a date is another date, or anything else
/// is another value. A list that only grew has one more fact, as a map with a new entry has.
fn is_replaced(change: &FieldChange<'_>) -> bool {
    match (&change.before, &change.after) {
        (_, None) => false,
        (Some(Value::Array(before)), Some(Value::Array(after))) => {
            let (before, after) = (set(before), set(after));
            !after.is_subset(&before) && !before.is_subset(&after)
        }
        (Some(Value::String(before)), Some(Value::String(after))) => match (When::parse(before), When::parse(after)) {
            (Ok(before), Ok(after)) => {
                contradict(before.start(), after.start()) || contradict(before.end(), after.end())
            }
            _ => true,
        },
        _ => true,
    }
}

/// Whether each of two dates has days that the other excludes. A date that became more or less precise contradicts nothing.
fn contradict(one: Bounds, other: Bounds) -> bool {
    let holds = |wide: Bounds, narrow: Bounds| wide.earliest <= narrow.earliest && narrow.latest <= wide.latest;
    !holds(one, other) && !holds(other, one)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(change: &Value) -> Record {
        let mut event = json!({
            "kind": "event", "id": "a-visit", "names": { "en": "A visit" }, "type": "visit", "when": "2019-01-22",
            "status": "held", "places": ["rabat", "sale"],
            "participants": { "nato": { "roles": ["visitor"] }, "morocco": { "roles": ["host"] } },
            "figures": { "delegates": { "measure": "participants", "best": 40, "unit": "persons" } },
            "evidence": { "a-page": { "stance": "reports", "supports": ["/when", "/status", "/participants", "/places"] },
                "b-page": { "stance": "reports", "supports": ["/figures/delegates"] } },
        });
        for (pointer, value) in change.as_object().into_iter().flatten() {
            let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
            let fields = event.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
            fields.insert(key.to_owned(), value.clone());
            if value.is_null() {
                fields.shift_remove(key);
            }
        }
        serde_json::from_value(event).expect("an event")
    }

    fn changes(change: &Value) -> Vec<(String, bool)> {
        let (before, after) = (event(&json!({})), event(change));
        let found = with_evidence(Some(&before), Some(&after), &Renames::default());
        found.into_iter().map(|change| (change.at.to_string(), change.unevidenced)).collect()
    }

    #[test]
    fn a_fact_that_says_something_new_on_old_evidence_is_marked() {
        let supports = "/evidence/a-page/supports";
        for (change, expected) in [
            (json!({ "/when": "2019-01-23" }), vec![("/when", true)]),
            // A date that is less precise contradicts nothing that stood there.
            (json!({ "/when": "[2019-01-22..2019-01-24]" }), vec![("/when", false)]),
            (json!({ "/participants/nato/roles": ["host"] }), vec![("/participants/nato/roles", true)]),
            (json!({ "/places": ["sale"] }), vec![("/places", false)]),
            (json!({ "/places": ["rabat", "tangier"] }), vec![("/places", true)]),
            (json!({ "/places": ["rabat", "sale", "tangier"] }), vec![("/places", false)]),
            (json!({ "/figures/delegates/best": 400 }), vec![("/figures/delegates/best", true)]),
            // A fact more, on a page that is cited already.
            (json!({ "/participants/spain": { "roles": ["visitor"] } }), vec![("/participants/spain", false)]),
            // One participant in the place of another.
            (
                json!({ "/participants/nato": null, "/participants/spain": { "roles": ["visitor"] } }),
                vec![("/participants/nato", false), ("/participants/spain", true)],
            ),
            // A person who stands for a body, in the place of the body.
            (
                json!({ "/participants/nato": null, "/participants/somebody": { "roles": ["visitor"], "for": "nato" } }),
                vec![("/participants/nato", false), ("/participants/somebody", false)],
            ),
            // What is no fact needs no evidence.
            (json!({ "/type": "meeting", "/names/en": "Another visit" }), vec![("/names/en", false), ("/type", false)]),
            // New evidence for the fact, and new evidence for another fact.
            (
                json!({ "/when": "2019-01-23", "/evidence/c-page": { "stance": "reports", "supports": ["/when"] } }),
                vec![("/when", false), ("/evidence/c-page", false)],
            ),
            (
                json!({ "/when": "2019-01-23", "/evidence/c-page": { "stance": "reports", "supports": ["/status"] } }),
                vec![("/when", true), ("/evidence/c-page", false)],
            ),
            (
                json!({ "/when": "2019-01-23", "/evidence/a-page/locator": "page 3" }),
                vec![("/when", false), ("/evidence/a-page/locator", false)],
            ),
            (
                json!({ "/when": "2019-01-23", "/contested": { "/when": { "outcome": "open", "why": "Two days." } } }),
                vec![("/when", false), ("/contested/~1when", false)],
            ),
            (
                json!({ "/when": "2019-01-23", supports: ["/status", "/participants", "/places", "/when"] }),
                vec![("/when", true)],
            ),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(at, marked)| (at.to_owned(), marked)).collect();
            assert_eq!(changes(&change), expected, "{change}");
        }
    }

    #[test]
    fn a_date_of_another_precision_says_nothing_new() {
        for (before, after, more) in [
            ("2019", "2019-01-22", false),
            ("[..2014]", "[2014-09..2014-12-31]", false),
            ("2019-01-22", "2019", false),
            ("2019-01-22", "2019-01-23", true),
            ("2019-01-22/2019-01-24", "2019-01-22/2019-01-25", true),
            ("2015-08-24", "2015-08/2015-08-24", false),
            ("rabat", "tangier", true),
        ] {
            let change = FieldChange {
                at: Pointer::root().key("when"),
                class: Class::Fact,
                before: Some(before.into()),
                after: Some(after.into()),
                evidence_before: Vec::new(),
                evidence_after: Vec::new(),
                unevidenced: false,
            };
            assert_eq!(is_replaced(&change), more, "{before} to {after}");
        }
    }

    #[test]
    fn the_order_of_a_list_is_no_change() {
        assert_eq!(
            changes(&json!({ "/evidence/a-page/supports": ["/places", "/when", "/status", "/participants"] })),
            []
        );
    }
}
