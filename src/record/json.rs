//! Records as plain JSON, in the form of a bundle: `kind`, `id` where the id is known, then the fields in canonical order.
//! `$schema` is left out, because this address for editors is relative to the file of the record.
//!
//! Reading ignores unknown fields, and fields of the envelope that the kind does not have. An unknown code is an error,
//! because the lists of codes are closed.

use comity_document::pointer::Pointer;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use serde_path_to_error::{Deserializer as Tracked, Segment, Track};

use super::{Body, Envelope, KindName, Presence, Record, TAIL, presence};
use crate::value::Id;

/// The error for a JSON value that is no record.
#[derive(Debug)]
pub(crate) struct RecordError {
    /// The place of the fault.
    pub(crate) place: Pointer,
    /// What is wrong at the place.
    pub(crate) message: String,
}

impl Record {
    /// The record as plain JSON, with `id`, or else with the id that the record has.
    pub(crate) fn to_json(&self, id: Option<&Id>) -> Result<Map<String, Value>, serde_json::Error> {
        let mut envelope = fields(&self.envelope)?;
        let id = id.or(self.envelope.id.as_ref());
        ["$schema", "kind", "id"].iter().for_each(|field| drop(envelope.shift_remove(*field)));
        let tail: Vec<_> = TAIL.iter().filter_map(|field| envelope.shift_remove_entry(*field)).collect();
        let mut all = Map::new();
        all.insert("kind".to_owned(), self.kind().name().into());
        all.extend(id.map(|id| ("id".to_owned(), id.as_ref().into())));
        all.extend(envelope);
        all.extend(fields(&self.body)?);
        all.extend(tail);
        Ok(all)
    }

    /// Reads a record of the kind that the field `kind` names.
    pub(crate) fn from_json(fields: &Map<String, Value>) -> Result<Self, RecordError> {
        let kind = fields.get("kind").ok_or_else(|| error(&["kind"], "missing field `kind`"))?;
        let KindName(kind) = KindName::deserialize(kind).map_err(|refusal| error(&["kind"], &refusal.to_string()))?;
        let has = |field: &str| presence(kind, field) != Presence::Absent;
        let known = fields.iter().filter(|(field, _)| has(field)).map(|(field, value)| (field.clone(), value.clone()));
        let known = Value::Object(known.collect());
        let envelope: Envelope = tracked(&known, |part| Envelope::deserialize(part))?;
        let body = tracked(&known, |part| Body::deserialize(kind, part))?;
        match envelope.misfit(kind) {
            Some(field) => Err(error(&[], &format!("missing field `{field}`"))),
            None => Ok(Self { envelope, body }),
        }
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json(None).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        Self::from_json(&fields).map_err(|error| match error.place.as_str() {
            "" => D::Error::custom(error.message),
            place => D::Error::custom(format_args!("{place}: {}", error.message)),
        })
    }
}

/// The fields of the envelope or of the body.
fn fields(part: &impl Serialize) -> Result<Map<String, Value>, serde_json::Error> {
    match serde_json::to_value(part)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(serde::ser::Error::custom("a part of a record is an object")),
    }
}

fn error(place: &[&str], message: &str) -> RecordError {
    RecordError { place: place.iter().map(|token| (*token).to_owned()).collect(), message: message.to_owned() }
}

/// Decodes a value. An error says where decoding stopped.
fn tracked<'v, T>(
    value: &'v Value,
    decode: impl FnOnce(Tracked<'_, '_, &'v Value>) -> Result<T, serde_json::Error>,
) -> Result<T, RecordError> {
    let mut track = Track::new();
    decode(Tracked::new(value, &mut track)).map_err(|error| {
        let path = track.path();
        let tokens = path.into_iter().filter_map(|segment| match segment {
            Segment::Map { key } => Some(key.clone()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        RecordError { place: tokens.collect(), message: error.to_string() }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kind::Kind;

    fn event() -> Value {
        json!({
            "kind": "event", "id": "a-visit", "names": { "en": "A visit" }, "type": "visit", "when": "2024-03-09",
            "status": "held", "participants": { "nato": { "roles": ["visitor"] } },
            "figures": { "delegates": { "measure": "participants", "best": 338, "unit": "persons" } },
            "evidence": { "a-page": { "stance": "reports" } },
        })
    }

    #[test]
    fn a_record_is_written_as_it_was_read() {
        let record: Record = serde_json::from_value(event()).expect("a record");
        assert_eq!((record.kind(), record.envelope.id.as_ref().map(AsRef::as_ref)), (Kind::Event, Some("a-visit")));
        assert_eq!(serde_json::to_string(&record).expect("JSON"), event().to_string());
    }

    #[test]
    fn fields_that_the_kind_does_not_have_are_ignored() {
        let mut newer = event();
        newer["mood"] = "good".into();
        newer["$schema"] = "../../schema/event.schema.json".into();
        newer["participants"]["nato"]["seat"] = 3.into();
        let record: Record = serde_json::from_value(newer).expect("a record");
        assert_eq!(serde_json::to_value(&record).expect("JSON"), event());
        let theme =
            json!({ "kind": "theme", "names": { "en": "Peace" }, "figures": "later", "definition": { "en": "x" } });
        let without = Record::from_json(theme.as_object().expect("an object")).map(|theme| theme.envelope.figures);
        assert!(matches!(without, Ok(None)), "{without:?}");
    }

    #[test]
    fn an_error_says_where() {
        let refused = |change: &dyn Fn(&mut Value)| {
            let mut value = event();
            change(&mut value);
            serde_json::from_value::<Record>(value).expect_err("not a record").to_string()
        };
        let code = refused(&|value| value["participants"]["nato"]["roles"][0] = "vsitor".into());
        assert_eq!(code, "/participants/nato/roles/0: not a code of this list");
        assert!(refused(&|value| value["kind"] = "evnt".into()).starts_with("/kind: "));
        assert_eq!(refused(&|value| value["names"] = Value::Null), "missing field `names`");
        assert!(refused(&|value| value["when"] = Value::Null).starts_with("/when: "));
        assert!(serde_json::from_str::<Record>("[]").is_err());
    }
}
