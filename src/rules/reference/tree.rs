//! The references of a record that does not decode, from its tree and the schema: one fault must not hide another.

use comity_document::document::{Node, Value};
use comity_document::pointer::Path;
use serde_json::Value as Json;

use crate::kind::Kind;
use crate::lint::{Wanted, WantedForm};
use crate::rules::schema::{is_field_beside, resolved};
use crate::schema;
use crate::value::{AnyRef, Id, StringFormat as _};

/// How many references of one record are looked at.
const MOST: usize = 100;

/// The references of a record that are written as references are.
pub(crate) fn of_tree(kind: Kind, root: &Node<'_>) -> Box<[Wanted]> {
    let mut walk = Walk { kind, found: Vec::new() };
    walk.value(schema::structure(kind), root, &Path::Root);
    walk.found.into()
}

struct Walk {
    kind: Kind,
    found: Vec<Wanted>,
}

impl Walk {
    fn value(&mut self, part: &'static Json, node: &Node<'_>, at: &Path<'_>) {
        let part = resolved(self.kind, part);
        match &node.value {
            _ if self.found.len() >= MOST => {}
            Value::String(text) => self.text(part, text, at, false),
            Value::Array(items) => {
                let each = (0..).zip(*items);
                each.for_each(|(index, item)| self.value(&part["items"], item, &at.index(index)));
            }
            Value::Object(members) => {
                for member in *members {
                    let at = at.key(member.key);
                    let field = &part["properties"][member.key];
                    if field.is_object() {
                        self.value(field, &member.value, &at);
                    } else if part["propertyNames"].is_object()
                        && !is_field_beside(self.kind, part, member.key, &member.value)
                    {
                        self.text(resolved(self.kind, &part["propertyNames"]), member.key, &at, true);
                        self.value(&part["additionalProperties"], &member.value, &at);
                    }
                }
            }
            _ => {}
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
