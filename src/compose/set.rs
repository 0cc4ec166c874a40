//! One field from a text, by the structure of the kind.

use serde_json::{Map, Number, Value};

use super::place::Place;
use super::{ComposeError, Composition};
use crate::kind::Kind;
use crate::schema::{FieldSchema, is_placed};
use crate::value::{
    self, AnyRef, Country, Edtf, Key, Language, StringFormat as _, When, is_list_of_units, nearest, only_reading,
    words_among,
};

/// The most items that a path can number.
const MOST_ITEMS: usize = 256;

impl Composition<'_> {
    /// Sets a field of a record in the making. `path` is the place without its first slash, such as
    /// `participants/nato/roles`; a key that is a reference may be a name. A list takes one item a call. A text alone
    /// stands for the English text, and for the one field that an object must have; JSON is taken where an object or a
    /// list is expected.
    ///
    /// # Errors
    /// When the kind has no such field, the text cannot stand there, or a name means no record.
    pub fn set(&mut self, key: &Key, path: &str, text: &str) -> Result<(), ComposeError> {
        self.set_as(key, path, text, true)
    }

    /// Sets a field as [`Composition::set`] does, from the words of a person: brackets are signs like others.
    pub(super) fn set_words(&mut self, key: &Key, path: &str, text: &str) -> Result<(), ComposeError> {
        self.set_as(key, path, text, false)
    }

    /// Checks that records of a kind have the field with which a path begins, and that a person sets the field.
    ///
    /// # Errors
    /// When the kind has no such field, or the field follows from the file of the record.
    pub fn check_field(kind: Kind, path: &str) -> Result<(), ComposeError> {
        let steps = steps(path);
        let Some(field) = steps.first() else { return Ok(()) };
        if is_placed(field) {
            return Err(ComposeError(format!(
                "`{field}` follows from the file of the record and is not set; give the id with `--id`"
            )));
        }
        Place::of(kind, true).field(field).map(|_| ())
    }

    fn set_as(&mut self, key: &Key, path: &str, text: &str, takes_json: bool) -> Result<(), ComposeError> {
        let fields = self.fields(key).cloned().unwrap_or_default();
        let fields = self.with_field(key.kind, fields, path, text, takes_json)?;
        let own = self.fields_mut(key).ok_or_else(|| ComposeError(format!("`{key}` is not in the making")))?;
        *own = fields;
        Ok(())
    }

    /// The fields of a record of a kind, with one more field set.
    pub(super) fn with_field(
        &mut self,
        kind: Kind,
        fields: Map<String, Value>,
        path: &str,
        text: &str,
        takes_json: bool,
    ) -> Result<Map<String, Value>, ComposeError> {
        Self::check_field(kind, path)?;
        let mut fields = Value::Object(fields);
        self.put(&Place::of(kind, takes_json), &mut fields, &steps(path), text.trim())?;
        if let Value::Object(fields) = fields { Ok(fields) } else { Ok(Map::new()) }
    }

    fn put(&mut self, place: &Place, slot: &mut Value, steps: &[String], text: &str) -> Result<(), ComposeError> {
        let Some((step, rest)) = steps.split_first() else { return self.put_text(place, slot, text) };
        match place.schema.json_type() {
            "array" => {
                let item = place.item()?;
                let items = list(slot)?;
                let index = step.parse::<usize>().ok().filter(|index| *index <= items.len() && *index < MOST_ITEMS);
                let index = index.ok_or_else(|| {
                    ComposeError(format!(
                        "`{}` is a list; `{step}` is not the number of an item, or of the next",
                        place.name
                    ))
                })?;
                if index == items.len() {
                    items.push(Value::Null);
                }
                self.put(&item, &mut items[index], rest, text)
            }
            "object" => {
                let key = self.key(place, step)?;
                let below = place.field(&key)?;
                let entries = map(slot)?;
                self.put(&below, entries.entry(key).or_insert(Value::Null), rest, text)
            }
            _ => Err(ComposeError(format!("`{}` is a value of its own; it has no field `{step}`", place.name))),
        }
    }

    /// The key of an object, or of a map, that a text means.
    fn key(&mut self, place: &Place, text: &str) -> Result<String, ComposeError> {
        let reference = place.schema.key().map(|key| self.reference(place, key, text)).transpose()?;
        Ok(reference.flatten().unwrap_or_else(|| text.to_owned()))
    }

    /// A reference to the record that a text means: the record's kind and id where any kind may be named, or else its id.
    /// `None` where no reference stands.
    fn reference(&mut self, place: &Place, schema: FieldSchema, text: &str) -> Result<Option<String>, ComposeError> {
        let kinds = place.admitted(schema);
        Ok(match kinds[..] {
            [] => None,
            [Kind::Source] => Some(self.source(text)?.id.as_ref().to_owned()),
            _ if schema.format() == AnyRef::FORMAT => Some(self.resolve(text, &kinds)?.to_string()),
            _ => Some(self.resolve(text, &kinds)?.id.as_ref().to_owned()),
        })
    }

    fn put_text(&mut self, place: &Place, slot: &mut Value, text: &str) -> Result<(), ComposeError> {
        if let Some(value) = place.json(text)? {
            *slot = value;
            return Ok(());
        }
        match place.schema.json_type() {
            "array" => {
                let item = place.item()?;
                let items = list(slot)?;
                let mut value = Value::Null;
                self.put_text(&item, &mut value, text)?;
                if !items.contains(&value) {
                    items.push(value);
                }
                Ok(())
            }
            "object" => self.put_short(place, slot, text),
            _ if !slot.is_null() => Err(ComposeError(format!("`{}` was given twice", place.name))),
            _ => {
                *slot = self.scalar(place, text)?;
                Ok(())
            }
        }
    }

    /// An object from one text: the English text, an entry of a map, or the one field that must be there.
    fn put_short(&mut self, place: &Place, slot: &mut Value, text: &str) -> Result<(), ComposeError> {
        let required = place.schema.required();
        if place.schema.is_texts() {
            return self.put(place, slot, &["en".to_owned()], text);
        }
        if place.schema.key().is_some_and(|key| !key.refers_to().is_empty()) {
            if let Some((entry, value)) = text.split_once('=').filter(|_| !text.contains("://")) {
                let (name, value) = (&place.name, value.trim());
                let path = format!("{name}/{}={value}", entry.trim());
                return Err(ComposeError(format!("`{text}` stands in `{name}`; set an entry as `{path}`")));
            }
            let key = self.key(place, text)?;
            let entry = place.field(&key)?;
            let entries = map(slot)?;
            let slot = entries.entry(key).or_insert(Value::Null);
            return if slot.is_null() { self.put_text(&entry, slot, "") } else { Ok(()) };
        }
        match (text, &required[..]) {
            // What is still missing is found by the check.
            ("", _) => {
                map(slot)?;
                Ok(())
            }
            (_, [only]) => self.put(place, slot, &[(*only).to_owned()], text),
            _ => {
                let fields: Vec<&str> = place.schema.fields().map(|(name, _)| name).collect();
                let expected =
                    if fields.is_empty() { "a key".to_owned() } else { format!("`{}`", fields.join("`, `")) };
                Err(ComposeError(format!("`{0}` has parts; set one of them, as `{0}/…`: {expected}", place.name)))
            }
        }
    }

    fn scalar(&mut self, place: &Place, text: &str) -> Result<Value, ComposeError> {
        let Place { schema, name, .. } = place;
        let codes = schema.codes();
        if let Some(reference) = self.reference(place, *schema, text)? {
            return Ok(reference.into());
        }
        match schema.json_type() {
            "boolean" => match text {
                "true" | "yes" => Ok(true.into()),
                "false" | "no" => Ok(false.into()),
                _ => Err(ComposeError(format!("`{text}` is neither `yes` nor `no`, for `{name}`"))),
            },
            "integer" | "number" => {
                let number: Option<Number> = serde_json::from_str(text).ok();
                number.map(Value::from).ok_or_else(|| ComposeError(format!("`{text}` is not a number, for `{name}`")))
            }
            _ if !codes.is_empty() => {
                let code = schema.code_named(text).ok_or_else(|| ComposeError(wrong_code(name, text, &codes)))?;
                if schema.code(text).is_none() {
                    self.note(format!("`{text}` was taken for `{code}`, in `{name}`"));
                }
                Ok(code.into())
            }
            _ => {
                let plain = match schema.format() {
                    Language::FORMAT => language(text),
                    format @ (Edtf::FORMAT | When::FORMAT) => return Ok(self.date(text, name, format)?.into()),
                    _ => text.to_owned(),
                };
                refuse(&plain, name, schema.format())?;
                Ok(plain.into())
            }
        }
    }

    /// A date for a field of one of the formats of dates; of a text in other words, the only date that the text can mean.
    pub(super) fn date(&mut self, text: &str, name: &str, format: &str) -> Result<String, ComposeError> {
        let Err(refusal) = refuse(text, name, format) else { return Ok(text.to_owned()) };
        let date = only_reading(text, format == When::FORMAT).ok_or(refusal)?;
        self.note(format!("`{text}` was taken for `{date}`, in `{name}`"));
        Ok(date)
    }
}

/// Refuses a text that does not have the format of its field.
fn refuse(text: &str, name: &str, format: &str) -> Result<(), ComposeError> {
    match value::format(format).and_then(|format| (format.refuse)(text)) {
        Some(refusal) => Err(ComposeError(format!("{refusal} (for `{name}`)"))),
        None => Ok(()),
    }
}

/// The tag of a language by its name, where that is known.
pub(super) fn language(text: &str) -> String {
    match Language::parse(text) {
        Ok(_) => text.to_owned(),
        Err(refusal) => refusal.meant.unwrap_or_else(|| text.to_owned()),
    }
}

fn wrong_code(name: &str, text: &str, codes: &[(&'static str, &'static str)]) -> String {
    let all: Vec<&str> = codes.iter().map(|(code, _)| *code).collect();
    let near = nearest(text, words_among(&all));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    if codes.len() > 40 {
        let unit = "a unit such as `persons` or `months`, or the three capital letters of a currency, such as `EUR`";
        let expected = if is_list_of_units(&all) { unit } else { Country::EXPECTED };
        return format!("`{text}` cannot stand in `{name}`; expected {expected}{hint}");
    }
    format!("`{text}` cannot stand in `{name}`; expected one of `{}`{hint}", all.join("`, `"))
}

/// The steps of a path. In a step, `~1` stands for a slash and `~0` for `~`, as in a JSON Pointer.
fn steps(path: &str) -> Vec<String> {
    path.trim_start_matches('/').split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

fn list(slot: &mut Value) -> Result<&mut Vec<Value>, ComposeError> {
    if slot.is_null() {
        *slot = Value::Array(Vec::new());
    }
    slot.as_array_mut().ok_or_else(|| ComposeError::new("one value was given as a list and otherwise"))
}

fn map(slot: &mut Value) -> Result<&mut Map<String, Value>, ComposeError> {
    if slot.is_null() {
        *slot = Value::Object(Map::new());
    }
    slot.as_object_mut().ok_or_else(|| ComposeError::new("one value was given with parts and without"))
}
