//! Steps of a history: decoding, writing and schema.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{Lifecycle, Status, parse_key};
use crate::value::Edtf;

/// A step of a history: a status and the date on which the history reached the status.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Step {
    pub(super) status: u8,
    pub(super) turn: u8,
    /// The date of the step.
    pub date: Edtf,
}

/// A history: steps in the order of the lifecycle `L`. A status that is reached again has a number in its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps<L> {
    steps: Box<[Step]>,
    lifecycle: PhantomData<fn() -> L>,
}

impl<L: Lifecycle> Steps<L> {
    pub(super) fn of(steps: Box<[Step]>) -> Self {
        Self { steps, lifecycle: PhantomData }
    }

    /// Each step with its status, in the order of the lifecycle.
    pub fn iter(&self) -> StepsIter<'_> {
        StepsIter { statuses: L::STATUSES, steps: self.steps.iter() }
    }

    /// The date on which the history first reached a status.
    pub fn get(&self, code: &str) -> Option<&Edtf> {
        self.iter().find(|(status, step)| status.code == code && step.turn == 1).map(|(_, step)| &step.date)
    }

    /// The step that ended the history, if the history has ended.
    pub fn terminal(&self) -> Option<(&'static Status, &Step)> {
        self.iter().find(|(status, _)| status.terminal)
    }
}

impl Step {
    /// The key of the step in the record: the status, with the number of the turn from the second turn on.
    pub fn key(&self, status: &Status) -> String {
        if self.turn == 1 { status.code.to_owned() } else { format!("{}-{}", status.code, self.turn) }
    }

    /// The number of the turn: how many times the history has reached the status, from 1.
    pub fn turn(&self) -> u8 {
        self.turn
    }

    /// The index of the status in the lifecycle.
    pub fn rank(&self) -> u8 {
        self.status
    }
}

/// An iterator over the steps of a history, each with its status.
#[derive(Clone, Debug)]
pub struct StepsIter<'a> {
    statuses: &'static [Status],
    steps: std::slice::Iter<'a, Step>,
}

impl<'a> Iterator for StepsIter<'a> {
    type Item = (&'static Status, &'a Step);

    fn next(&mut self) -> Option<Self::Item> {
        self.steps.next().map(|step| (&self.statuses[usize::from(step.status)], step))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.steps.size_hint()
    }
}

impl ExactSizeIterator for StepsIter<'_> {}

impl DoubleEndedIterator for StepsIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.steps.next_back().map(|step| (&self.statuses[usize::from(step.status)], step))
    }
}

impl<'a, L: Lifecycle> IntoIterator for &'a Steps<L> {
    type Item = (&'static Status, &'a Step);
    type IntoIter = StepsIter<'a>;

    fn into_iter(self) -> StepsIter<'a> {
        self.iter()
    }
}

impl<L: Lifecycle> Serialize for Steps<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(status, step)| (step.key(status), &step.date)))
    }
}

impl<'de, L: Lifecycle> Deserialize<'de> for Steps<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (steps, _) = deserializer.deserialize_map(StepsVisitor::<L, NoField>(PhantomData))?;
        if steps.is_empty() && !L::MAY_BE_EMPTY {
            return Err(D::Error::custom("expected at least one step"));
        }
        Ok(Self::of(steps))
    }
}

/// A field that an object may have besides steps.
pub(super) trait Beside: Sized {
    /// Reads the value of the field, if the field has this key.
    fn take<'de, A: MapAccess<'de>>(key: &str, map: &mut A) -> Result<Option<Self>, A::Error>;
}

/// No field besides steps.
enum NoField {}

impl Beside for NoField {
    fn take<'de, A: MapAccess<'de>>(_: &str, _: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(None)
    }
}

/// Decodes an object of steps, and at most one field besides them.
pub(super) struct StepsVisitor<L, B>(pub(super) PhantomData<(L, B)>);

impl<'de, L: Lifecycle, B: Beside> Visitor<'de> for StepsVisitor<L, B> {
    type Value = (Box<[Step]>, Option<B>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of statuses and dates")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut steps: Vec<Step> = Vec::with_capacity(2);
        let mut beside = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match parse_key(L::STATUSES, &key) {
                Some((status, turn)) => steps.push(Step { status, turn, date: map.next_value()? }),
                None => match B::take(&key, &mut map)? {
                    Some(field) if beside.is_none() => beside = Some(field),
                    _ => return Err(A::Error::custom("not a status of this history")),
                },
            }
        }
        steps.sort_by_key(|step| (step.status, step.turn));
        if steps.windows(2).any(|pair| (pair[0].status, pair[0].turn) == (pair[1].status, pair[1].turn)) {
            return Err(A::Error::custom("the same status twice"));
        }
        Ok((steps.into(), beside))
    }
}

impl<L: Lifecycle> JsonSchema for Steps<L> {
    fn schema_name() -> Cow<'static, str> {
        L::NAME.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        steps_schema::<L>(generator, Map::new())
    }
}

/// The schema of a history. Each status is a property, so that an editor offers the status and shows its meaning.
pub(super) fn steps_schema<L: Lifecycle>(generator: &mut SchemaGenerator, beside: Map<String, Value>) -> Schema {
    let date = generator.subschema_for::<Edtf>().to_value();
    let property = |meaning: &str| {
        let mut property = date.clone();
        property["description"] = meaning.into();
        property
    };
    let mut properties = beside;
    properties.extend(L::STATUSES.iter().map(|status| {
        let mut property = property(status.meaning);
        if !status.synonyms.is_empty() {
            property["x-synonyms"] = status.synonyms.into();
        }
        (status.code.to_owned(), property)
    }));
    let mut schema =
        json!({ "type": "object", "x-steps": L::NAME, "properties": properties, "additionalProperties": false });
    let repeating: Vec<_> = L::STATUSES.iter().filter(|status| status.repeats).map(|status| status.code).collect();
    if !repeating.is_empty() {
        schema["patternProperties"] =
            json!({ format!("^({})-[2-9]$", repeating.join("|")): property("The same status, reached again.") });
    }
    if !L::MAY_BE_EMPTY {
        schema["minProperties"] = 1.into();
    }
    schema.try_into().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::lifecycle::{ActivitySteps, AgreementSteps};

    fn read<L: Lifecycle>(text: &str) -> Result<Steps<L>, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn steps_stand_in_the_order_of_their_lifecycle() {
        let steps: Steps<ActivitySteps> = read(r#"{ "completed": "2014", "ongoing": "1999" }"#).expect("steps");
        assert_eq!(steps.iter().map(|(status, _)| status.code).collect::<Vec<_>>(), ["ongoing", "completed"]);
        assert_eq!(steps.get("ongoing").map(AsRef::as_ref), Some("1999"));
        assert_eq!(steps.terminal().map(|(status, _)| status.code), Some("completed"));
        assert_eq!(serde_json::to_string(&steps).expect("JSON"), r#"{"ongoing":"1999","completed":"2014"}"#);
    }

    #[test]
    fn a_status_reached_again_has_its_turn_in_its_key() {
        let steps: Steps<AgreementSteps> =
            read(r#"{ "suspended-2": "2012", "suspended": "2010", "signed": "2009" }"#).expect("steps");
        let keys: Vec<_> = steps.iter().map(|(status, step)| step.key(status)).collect();
        assert_eq!(keys, ["signed", "suspended", "suspended-2"]);
        for bad in [
            r#"{ "signed-2": "2010" }"#,
            r#"{ "suspended-1": "2010" }"#,
            r#"{ "suspended-10": "2010" }"#,
            r#"{ "ended": "2010" }"#,
            "{}",
        ] {
            assert!(read::<AgreementSteps>(bad).is_err(), "{bad}");
        }
    }
}
