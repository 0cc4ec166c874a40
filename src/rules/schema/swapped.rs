//! A reference and its code that stand in each other's place: `"follows": "event:rabat-seminar-2019"`, or a role and who has
//! the role: `"host": "morocco"`.

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;
use comity_document::validator::{Violation, ViolationKind};
use serde_json::Value as Json;

use super::sample::resolved;
use super::{Complaint, in_one_line, malformed_value};
use crate::kind::Kind;
use crate::lint::{Change, Fix, Wanted, WantedForm};
use crate::schema::{self, FieldSchema};
use crate::value::{AnyRef, StringFormat as _, short};

/// An entry of a map of references, with the code before the colon and the references behind.
pub(super) struct SwappedEntry<'a> {
    pub(super) at: Pointer,
    /// What was typed before the colon.
    key: &'a str,
    /// What was typed behind the colon.
    names: Vec<&'a str>,
    /// The kind of the records that the map names; `None` where a reference says its kind.
    of_kind: Option<Kind>,
    /// What belongs behind the colon: the code, or an object with the code.
    value: Json,
    /// Whether the only reference may stand before the colon as it is.
    is_ready: bool,
}

impl<'a> SwappedEntry<'a> {
    /// The entries of a record that are written the wrong way round, as far as the schema refuses them.
    pub(super) fn all(kind: Kind, root: &'a Node<'a>, violations: &[Violation]) -> Vec<Self> {
        let fields = &schema::structure(kind)["properties"];
        let of_map = |map: &'a comity_document::document::Member<'a>| {
            let (part, at) = (resolved(kind, &fields[map.key]), Pointer::default().key(map.key));
            let entries = map.value.members().iter();
            entries.filter_map(move |entry| Self::of(kind, part, (&at, &map.value), (entry.key, &entry.value)))
        };
        let all = root.members().iter().flat_map(of_map);
        all.filter(|entry| violations.iter().any(|violation| entry.covers(violation))).collect()
    }

    fn of(
        kind: Kind,
        map: &'static Json,
        (map_at, whole): (&Pointer, &'a Node<'a>),
        (key, typed): (&'a str, &'a Node<'a>),
    ) -> Option<Self> {
        let (keys, values) = (resolved(kind, &map["propertyNames"]), resolved(kind, &map["additionalProperties"]));
        let of_kind = keys["x-ref"].as_str().and_then(Kind::parse);
        if of_kind.is_none() && keys["format"] != AnyRef::FORMAT {
            return None;
        }
        let names = names(values, typed)?;
        let value = with_code(kind, values, key)?;
        let is_ready = match names[..] {
            [only] => of_kind.is_none() && AnyRef::parse(only).is_ok() && whole.get(only).is_none(),
            _ => false,
        };
        Some(Self { at: map_at.clone().key(key), key, names, of_kind, value, is_ready })
    }

    /// Whether a violation only follows from the order.
    pub(super) fn covers(&self, violation: &Violation) -> bool {
        match &violation.refused {
            ViolationKind::Key(key, _) => violation.at.clone().key(key) == self.at,
            _ => self.at.covers(&violation.at),
        }
    }

    pub(super) fn complaint(&self) -> Complaint {
        let Self { at, key, names, of_kind, value, is_ready } = self;
        let what = of_kind.map_or("record", Kind::name);
        let message = format!("`{}` stands before the colon, and the {what} behind it", short(key));
        let complaint = Complaint::new(0, &malformed_value::RULE, message);
        let written = |name: &str| format!("\"{name}\": {}", shown(value));
        if let [reference] = names[..]
            && *is_ready
        {
            let changes = vec![
                Change::Replace { at: at.clone(), with: value.clone() },
                Change::Rename { at: at.clone(), to: reference.to_owned() },
            ];
            let written = written(reference);
            let complaint = complaint.help(format!("the record stands before the colon: {written}"));
            return Complaint {
                fix: Some(Fix { what: format!("write `{written}`"), changes, safe: false }),
                ..complaint
            };
        }
        let form = WantedForm::Entries { value: shown(value), codes: String::new() };
        complaint.help(format!("the {what} stands before the colon: {}", written("…"))).want(Wanted {
            text: names.join("\n"),
            kind: *of_kind,
            at: at.clone(),
            form,
        })
    }
}

/// The names behind the colon: a text, the texts of a list, or keys that are no fields of an entry. `part` is the schema of an
/// entry.
fn names<'a>(part: &Json, typed: &'a Node<'a>) -> Option<Vec<&'a str>> {
    let names: Vec<&str> = match &typed.value {
        Value::String(text) => vec![*text],
        Value::Array(items) => items.iter().map(Node::as_str).collect::<Option<_>>()?,
        Value::Object(members) => {
            let is_field = |name: &str| part["properties"].get(name).is_some();
            members.iter().map(|member| Some(member.key).filter(|key| !is_field(key))).collect::<Option<_>>()?
        }
        _ => return None,
    };
    Some(names).filter(|names| !names.is_empty() && names.iter().all(|name| !name.trim().is_empty()))
}

/// An entry with the code that a word means: the code itself, or an object with the code in the field that needs one.
fn with_code(kind: Kind, part: &'static Json, word: &str) -> Option<Json> {
    let code_in = |part: &'static Json| FieldSchema::of_part(kind, part).code_named(word);
    if let Some(code) = code_in(part) {
        return Some(code.into());
    }
    let required = part["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let mut fields = required.map(|name| (name, resolved(kind, &part["properties"][name])));
    fields.find_map(|(name, field)| {
        let items = resolved(kind, &field["items"]);
        let value = code_in(field).map(Json::from).or_else(|| Some(vec![code_in(items)?].into()))?;
        Some(serde_json::json!({ name: value }))
    })
}

/// The value of an entry in one line, as `fmt` writes it.
fn shown(value: &Json) -> String {
    let Json::Object(fields) = value else { return value.to_string() };
    let shown = |value: &Json| if value.is_array() { in_one_line(value) } else { value.to_string() };
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}: {}", Json::from(name.as_str()), shown(value))).collect();
    format!("{{ {} }}", fields.join(", "))
}
