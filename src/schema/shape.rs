//! The structure of a kind, folded to what rules and the formatter ask about a place: which fields it has and in which
//! order, whether they are facts, what they are for.

use comity_document::pointer::Pointer;
use serde_json::{Map, Value};

use crate::value::lifecycle::{self, LIFECYCLES};
use crate::value::{AnyRef, DataVersion, Id, Language, Slug, StringFormat as _};

/// The formats whose texts are plain.
const PLAIN: [&str; 5] = [Id::FORMAT, AnyRef::FORMAT, Language::FORMAT, Slug::FORMAT, DataVersion::FORMAT];

/// The sort of statement that a field makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Class {
    /// A fact, which a source must show.
    Fact,
    /// A judgement of the authors, under the written codebook.
    Coded,
    /// A statement about the record itself.
    Meta,
}

/// The order of the keys of an object in canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// The order in which the schema lists the fields.
    Fields,
    /// The order in which a lifecycle reaches its statuses.
    Steps(&'static [lifecycle::Status]),
    /// English first, then alphabetical.
    Languages,
    /// Alphabetical.
    Alphabet,
}

/// What the schema says about one place.
#[derive(Debug)]
#[non_exhaustive]
pub struct Shape {
    /// The class of a top-level field; `None` for places below.
    pub class: Option<Class>,
    /// The purpose of the field.
    pub description: &'static str,
    /// The `format` of a string; empty for every other type.
    pub format: &'static str,
    /// Whether a string is a code, an id or a tag: a few ASCII letters, digits and signs, without white space.
    pub is_plain: bool,
    /// The fields of an object with fixed fields, in canonical order.
    pub fields: Box<[(&'static str, Shape)]>,
    /// The shape of the entries of a map or of the items of a list.
    pub each: Option<Box<Shape>>,
    /// The canonical order of the keys.
    pub order: Order,
}

impl Shape {
    /// Folds the schema of a kind.
    pub(super) fn fold(schema: &'static Value) -> Self {
        fold(schema, schema)
    }

    /// The shape of the value under a key.
    pub fn field(&self, key: &str) -> Option<&Self> {
        self.fields.iter().find(|(name, _)| *name == key).map(|(_, shape)| shape).or(self.each.as_deref())
    }

    /// The shape of the field `key`, if the field has the index `next` or a greater one; `next` then becomes the index
    /// after the field. In a record in canonical order, each lookup compares few names.
    pub fn field_behind(&self, next: &mut usize, key: &str) -> Option<&Self> {
        let behind = self.fields.get(*next..)?;
        let index = behind.iter().position(|(name, _)| *name == key)?;
        *next += index + 1;
        Some(&behind[index].1)
    }

    /// The shape of a place, whether or not a record has a value there.
    pub fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.tokens().try_fold(self, |shape, token| shape.field(&token))
    }

    /// The sort key of `key` in canonical order. Unknown keys come last.
    pub fn rank<'k>(&self, key: &'k str) -> (usize, &'k str) {
        match self.order {
            Order::Fields => (self.fields.iter().position(|(name, _)| *name == key).unwrap_or(usize::MAX), ""),
            Order::Steps(statuses) => match lifecycle::parse_key(statuses, key) {
                Some((status, turn)) => (1 + usize::from(status) * 10 + usize::from(turn), ""),
                None if key == "role" => (0, ""),
                None => (usize::MAX, ""),
            },
            Order::Languages => (usize::from(key != "en"), key),
            Order::Alphabet => (0, key),
        }
    }
}

fn fold(schema: &'static Value, root: &'static Value) -> Shape {
    let text = |name| keyword(schema, name).and_then(Value::as_str);
    let target = text("$ref").and_then(|to| root.pointer(to.trim_start_matches('#')));
    let mut shape = if let Some(target) = target {
        fold(target, root)
    } else {
        let (fields, order) = (Box::default(), Order::Alphabet);
        Shape { class: None, description: "", format: "", is_plain: false, fields, each: None, order }
    };
    if let Some(class) = text("x-class") {
        shape.class = match class {
            "fact" => Some(Class::Fact),
            "coded" => Some(Class::Coded),
            _ => Some(Class::Meta),
        };
    }
    shape.description = text("description").unwrap_or(shape.description);
    shape.format = text("format").unwrap_or(shape.format);
    shape.is_plain |= PLAIN.contains(&shape.format) || keyword(schema, "enum").is_some();
    let names = keyword(schema, "propertyNames").filter(|names| names.is_object());
    if let Some(Value::Object(fields)) = keyword(schema, "properties").filter(|_| names.is_none()) {
        shape.fields = fields.iter().map(|(name, field)| (name.as_str(), fold(field, root))).collect();
        shape.order = Order::Fields;
    }
    if let Some(name) = text("x-steps") {
        let lifecycle = LIFECYCLES.iter().find(|(lifecycle, _)| *lifecycle == name);
        shape.order = lifecycle.map_or(Order::Fields, |(_, statuses)| Order::Steps(statuses));
    }
    let patterns = keyword(schema, "patternProperties").and_then(Value::as_object);
    let each = ["items", "additionalProperties"].into_iter().filter_map(|name| keyword(schema, name));
    if let Some(each) = each.chain(patterns.into_iter().flat_map(Map::values)).find(|part| part.is_object()) {
        shape.each = Some(Box::new(fold(each, root)));
    }
    if names.and_then(|names| keyword(names, "$ref")).is_some_and(|to| to == "#/$defs/Language") {
        shape.order = Order::Languages;
    }
    shape
}

/// A keyword of a schema. A schema has a few keywords: to look through them takes less than to hash the name.
fn keyword(schema: &'static Value, name: &str) -> Option<&'static Value> {
    schema.as_object()?.iter().find(|(keyword, _)| *keyword == name).map(|(_, part)| part)
}
