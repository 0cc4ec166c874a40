//! Memberships: steps, and the capacity of the member.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, json};

use super::steps::{Beside, StepsVisitor, steps_schema};
use super::{MemberSteps, Steps};
use crate::value::code::codes;

codes! {
    /// The capacity of a member that is not a full member.
    MemberRole {
        /// A partner.
        Partner = "partner",
        /// An associate, usually without a vote.
        Associate = "associate",
        /// Attends without being a member.
        Observer = "observer",
    }
}

impl Beside for MemberRole {
    fn take<'de, A: MapAccess<'de>>(key: &str, map: &mut A) -> Result<Option<Self>, A::Error> {
        if key == "role" { map.next_value().map(Some) } else { Ok(None) }
    }
}

/// A membership: its steps, and the capacity of the member where the member is not a full one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Membership {
    /// The capacity of the member; absent for a full member.
    pub role: Option<MemberRole>,
    /// The dates on which the member was invited, joined and left; empty where only the membership itself is known.
    pub steps: Steps<MemberSteps>,
}

impl Membership {
    /// Whether the member is or was one. Who was only invited is not known to have joined.
    pub fn has_joined(&self) -> bool {
        self.steps.iter().next().is_none() || self.steps.iter().any(|(status, _)| status.code != "invited")
    }
}

impl Serialize for Membership {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let role = self.role.map(|role| ("role".to_owned(), json!(role)));
        let steps = self.steps.iter().map(|(status, step)| (step.key(status), json!(step.date)));
        serializer.collect_map(role.into_iter().chain(steps))
    }
}

impl<'de> Deserialize<'de> for Membership {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (steps, role) = deserializer.deserialize_map(StepsVisitor::<MemberSteps, MemberRole>(PhantomData))?;
        Ok(Self { role, steps: Steps::of(steps) })
    }
}

impl JsonSchema for Membership {
    fn schema_name() -> Cow<'static, str> {
        "Membership".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut role = generator.subschema_for::<MemberRole>().to_value();
        role["description"] = "The capacity of the member; left out for a full member.".into();
        steps_schema::<MemberSteps>(generator, Map::from_iter([("role".to_owned(), role)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_may_have_no_step_and_a_role() {
        let member: Membership = serde_json::from_str(r#"{ "joined": "1995", "role": "observer" }"#).expect("a member");
        assert_eq!(member.role, Some(MemberRole::Observer));
        assert_eq!(serde_json::to_string(&member).expect("JSON"), r#"{"role":"observer","joined":"1995"}"#);
        assert!(serde_json::from_str::<Membership>("{}").is_ok());
        assert!(serde_json::from_str::<Membership>(r#"{ "rule": "observer" }"#).is_err());
    }
}
