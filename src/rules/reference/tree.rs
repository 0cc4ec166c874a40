//! References found by the schema: those of a record that does not decode, since one fault must not hide another, and those
//! in the values that sources have instead of the record's, of which a decoded record knows no types.

use comity_document::document::Node;
use comity_document::pointer::{Path, Pointer};
use serde_json::Value as Json;

use crate::kind::Kind;
use crate::lint::{Wanted, WantedForm};
use crate::record::Record;
use crate::rules::schema::{is_field_beside, part_at, resolved};
use crate::schema;
use crate::value::{AnyRef, FieldPointer, Id, NonEmptyMap, StringFormat as _};

/// How many references of one record are looked at.
const MOST: usize = 100;

/// The references of a record that are written as references are.
pub(crate) fn of_tree(kind: Kind, root: &Node<'_>) -> Box<[Wanted]> {
    let mut walk = Walk { kind, found: Vec::new() };
    walk.value(schema::structure(kind), &root.to_json(), &Path::Root);
    walk.found.into()
}

/// The references in the values that the sources of a record have instead (`says`).
pub(super) fn said(record: &Record) -> Vec<Wanted> {
    let mut walk = Walk { kind: record.kind(), found: Vec::new() };
    for (source, evidence) in record.evidence() {
        let at = Path::Root.key("evidence");
        let at = at.key(source.as_ref());
        for (place, value) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
            walk.said(place.as_ref(), value, &at.key("says").key(place.as_ref()));
        }
    }
    walk.found
}

struct Walk {
    kind: Kind,
    found: Vec<Wanted>,
}

impl Walk {
    fn value(&mut self, part: &'static Json, value: &Json, at: &Path<'_>) {
        let part = resolved(self.kind, part);
        match value {
            _ if self.found.len() >= MOST => {}
            Json::String(text) => self.text(part, text, at, false),
            Json::Array(items) => {
                let each = (0..).zip(items);
                each.for_each(|(index, item)| self.value(&part["items"], item, &at.index(index)));
            }
            Json::Object(members) => {
                for (key, value) in members {
                    let at = at.key(key);
                    let field = &part["properties"][key];
                    if field.is_object() {
                        self.value(field, value, &at);
                    } else if part["propertyNames"].is_object() && !self.is_beside(part, key, value) {
                        self.entry(part, key, value, &at);
                    }
                }
            }
            _ => {}
        }
    }

    fn is_beside(&self, map: &'static Json, key: &str, value: &Json) -> bool {
        let inside = value.as_object().into_iter().flat_map(serde_json::Map::keys);
        is_field_beside(self.kind, map, key, inside.map(String::as_str))
    }

    fn entry(&mut self, map: &'static Json, key: &str, value: &Json, at: &Path<'_>) {
        let (keys, values) = (resolved(self.kind, &map["propertyNames"]), &map["additionalProperties"]);
        if keys["format"] == FieldPointer::FORMAT && !values.is_object() {
            self.said(key, value, at);
        } else {
            self.text(keys, key, at, true);
            self.value(values, value, at);
        }
    }

    /// A value that a source has instead: what may stand there is what may stand at the place in the record.
    fn said(&mut self, place: &str, value: &Json, at: &Path<'_>) {
        let Some(place) = Pointer::parse(place) else { return };
        self.place(&place, at);
        if let Some(part) = part_at(self.kind, &place) {
            self.value(part, value, at);
        }
    }

    /// The references in a place of the record, such as `/participants/nato/roles`.
    fn place(&mut self, place: &Pointer, at: &Path<'_>) {
        let mut way = Pointer::root();
        for token in place.tokens() {
            let keys = part_at(self.kind, &way).map(|map| resolved(self.kind, &map["propertyNames"]));
            let named = keys.and_then(|keys| Kind::parse(keys["x-ref"].as_str()?));
            let here = way.clone().key(&token);
            let before = std::mem::replace(&mut way, here);
            if let Some(kind) = named.filter(|_| Id::parse(&token).is_ok()) {
                let behind = place.as_str().get(way.as_str().len()..).unwrap_or_default().to_owned();
                let form = WantedForm::InPlace { before: before.to_string(), behind };
                self.found.push(Wanted { text: token.into_owned(), kind: Some(kind), at: at.pointer(), form });
            }
        }
    }

    fn text(&mut self, part: &Json, text: &str, at: &Path<'_>, on_key: bool) {
        let bare = || {
            let kind = part["x-ref"].as_str().and_then(Kind::parse)?;
            Id::parse(text).is_ok().then(|| (kind, text.to_owned(), WantedForm::of(on_key, false)))
        };
        let full = || {
            let reference = (part["format"] == AnyRef::FORMAT).then(|| AnyRef::parse(text).ok()).flatten()?;
            Some((reference.kind(), reference.id().to_owned(), WantedForm::of(on_key, true)))
        };
        if let Some((kind, text, form)) = bare().or_else(full) {
            self.found.push(Wanted { text, kind: Some(kind), at: at.pointer(), form });
        }
    }
}
