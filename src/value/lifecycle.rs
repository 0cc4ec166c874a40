//! The one table of status machines: which steps a history may have, in which order, and which of them end it. Rules,
//! schemas and documentation read it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::date::Edtf;

/// A status that can be reached.
#[derive(Debug, PartialEq, Eq)]
pub struct Status {
    /// As written.
    pub code: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Whether it ends the history.
    pub terminal: bool,
    /// Whether it may be reached again, as `suspended-2`.
    pub repeats: bool,
}

const fn step(code: &'static str, meaning: &'static str) -> Status {
    Status { code, meaning, terminal: false, repeats: false }
}

const fn again(code: &'static str, meaning: &'static str) -> Status {
    Status { repeats: true, ..step(code, meaning) }
}

const fn last(code: &'static str, meaning: &'static str) -> Status {
    Status { terminal: true, ..step(code, meaning) }
}

/// The statuses of one sort of history, in the order in which they can be reached.
pub trait Lifecycle: Sized + 'static {
    /// What goes through these statuses; the name of the schema's definition.
    const NAME: &'static str;
    /// The statuses in order.
    const STATUSES: &'static [Status];
    /// A history has at least one step; what differs from it elsewhere may have none.
    const MAY_BE_EMPTY: bool = false;
}

macro_rules! machines {
    ($($(#[doc = $about:literal])+ $name:ident $(($empty:ident))? [$($status:expr),+ $(,)?];)+) => { $(
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {}

        impl Lifecycle for $name {
            const NAME: &'static str = stringify!($name);
            const STATUSES: &'static [Status] = &[$($status),+];
            $(const MAY_BE_EMPTY: bool = stringify!($empty).len() > 0;)?
        }
    )+

    /// Every machine by name, with its statuses.
    pub const LIFECYCLES: &[(&str, &[Status])] = &[$((stringify!($name), <$name as Lifecycle>::STATUSES)),+];
    };
}

machines! {
    /// An agreement's life.
    AgreementSteps [
        step("proposed", "One side has put it forward."),
        step("negotiated", "The text is settled."),
        step("signed", "Signed, or for a text without signature: adopted."),
        step("provisionally-applied", "Applied before it is in force."),
        step("in-force", "Binding on its parties."),
        again("suspended", "Not applied for a time."),
        again("resumed", "Applied again after a suspension."),
        last("terminated", "Ended by its parties."),
        last("expired", "Ended by its own terms."),
        last("superseded", "Replaced by another text."),
    ];
    /// A framework's life.
    FrameworkSteps [
        step("proposed", "Put forward, not yet decided."),
        step("established", "Decided by its convenors."),
        step("operating", "Its first meetings, members or projects."),
        again("dormant", "Not ended, but nothing happens under it."),
        last("ended", "Ended by its convenors."),
        last("superseded", "Replaced by another framework."),
    ];
    /// An operation's life.
    OperationSteps [
        step("mandated", "The decision or resolution it rests on."),
        step("ongoing", "Forces or ships at work."),
        last("ended", "It is over."),
    ];
    /// An activity's life.
    ActivitySteps [
        step("proposed", "Asked for or offered."),
        step("approved", "Decided, funded or agreed."),
        step("ongoing", "It is at work."),
        last("completed", "Finished."),
        last("cancelled", "Given up before it was finished."),
    ];
    /// One member's time in a framework, an organisation or a group.
    MemberSteps (empty) [
        step("invited", "Asked to join."),
        step("joined", "A member from this day."),
        again("suspended", "Member, but without its rights or its seat."),
        again("resumed", "Back after a suspension."),
        last("withdrew", "Left by its own choice."),
        last("expelled", "Made to leave."),
    ];
    /// Where one party's steps differ from the agreement's.
    PartySteps (empty) [
        step("signed", "Signed by this party."),
        step("ratified", "Ratified, accepted or approved by this party."),
        step("in-force", "Binding on this party."),
        last("withdrew", "Left by this party."),
    ];
}

/// One status reached, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    status: u8,
    turn: u8,
    /// When it was reached.
    pub date: Edtf,
}

/// A history: statuses with the dates on which they were reached, in the machine's order; a repeat carries a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps<M> {
    steps: Box<[Step]>,
    machine: PhantomData<fn() -> M>,
}

impl<M: Lifecycle> Steps<M> {
    /// The steps in the machine's order, each with its status and its key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'static Status, &Step)> {
        self.steps.iter().map(|step| (&M::STATUSES[usize::from(step.status)], step))
    }

    /// The date of a status, at its first turn.
    pub fn get(&self, code: &str) -> Option<&Edtf> {
        self.iter().find(|(status, step)| status.code == code && step.turn == 1).map(|(_, step)| &step.date)
    }

    /// The step that ended it, if one is there.
    pub fn terminal(&self) -> Option<(&'static Status, &Step)> {
        self.iter().find(|(status, _)| status.terminal)
    }
}

impl Step {
    /// Its key in the record: the status, with the turn behind a repeat.
    pub fn key(&self, status: &Status) -> String {
        if self.turn == 1 { status.code.to_owned() } else { format!("{}-{}", status.code, self.turn) }
    }

    /// Which time the status is reached, from 1.
    pub fn turn(&self) -> u8 {
        self.turn
    }

    /// Where the status stands among its machine's.
    pub fn rank(&self) -> u8 {
        self.status
    }
}

/// The status and the turn that a key names: `suspended-2` is the second `suspended`.
pub fn parse_key(statuses: &[Status], key: &str) -> Option<(u8, u8)> {
    let found = |code: &str| statuses.iter().position(|status| status.code == code);
    let narrow = |index: usize| u8::try_from(index).ok();
    if let Some(index) = found(key) {
        return narrow(index).map(|index| (index, 1));
    }
    let (code, turn) = key.rsplit_once('-')?;
    let index = found(code).filter(|index| statuses[*index].repeats)?;
    match turn.as_bytes() {
        [turn @ b'2'..=b'9'] => narrow(index).map(|index| (index, turn - b'0')),
        _ => None,
    }
}

impl<M: Lifecycle> Serialize for Steps<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(status, step)| (step.key(status), &step.date)))
    }
}

impl<'de, M: Lifecycle> Deserialize<'de> for Steps<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (steps, _) = deserializer.deserialize_map(StepsVisitor::<M, NoField>(PhantomData))?;
        if steps.is_empty() && !M::MAY_BE_EMPTY {
            return Err(D::Error::custom("expected at least one step"));
        }
        Ok(Self { steps, machine: PhantomData })
    }
}

/// What may stand among the steps beside them.
trait Beside: Sized {
    fn take<'de, A: MapAccess<'de>>(key: &str, map: &mut A) -> Result<Option<Self>, A::Error>;
}

enum NoField {}

impl Beside for NoField {
    fn take<'de, A: MapAccess<'de>>(_: &str, _: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(None)
    }
}

struct StepsVisitor<M, B>(PhantomData<(M, B)>);

impl<'de, M: Lifecycle, B: Beside> Visitor<'de> for StepsVisitor<M, B> {
    type Value = (Box<[Step]>, Option<B>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of statuses and dates")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut steps: Vec<Step> = Vec::with_capacity(2);
        let mut beside = None;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match parse_key(M::STATUSES, &key) {
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

impl<M: Lifecycle> JsonSchema for Steps<M> {
    fn schema_name() -> Cow<'static, str> {
        M::NAME.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        steps_schema::<M>(generator, Map::new())
    }
}

/// The schema of a history: each status as a property of its own, so that an editor offers it and tells its meaning.
fn steps_schema<M: Lifecycle>(generator: &mut SchemaGenerator, beside: Map<String, Value>) -> Schema {
    let date = generator.subschema_for::<Edtf>().to_value();
    let property = |meaning: &str| {
        let mut property = date.clone();
        property["description"] = meaning.into();
        property
    };
    let mut properties = beside;
    properties.extend(M::STATUSES.iter().map(|status| (status.code.to_owned(), property(status.meaning))));
    let mut schema =
        json!({ "type": "object", "x-steps": M::NAME, "properties": properties, "additionalProperties": false });
    let repeating: Vec<_> = M::STATUSES.iter().filter(|status| status.repeats).map(|status| status.code).collect();
    if !repeating.is_empty() {
        schema["patternProperties"] =
            json!({ format!("^({})-[2-9]$", repeating.join("|")): property("The same status, reached again.") });
    }
    if !M::MAY_BE_EMPTY {
        schema["minProperties"] = 1.into();
    }
    schema.try_into().unwrap_or_default()
}

super::code::codes! {
    /// In what capacity a member belongs, where it is not a full member.
    MemberRole {
        /// Belongs as a partner.
        Partner = "partner",
        /// Belongs as an associate, usually without a vote.
        Associate = "associate",
        /// Attends without belonging.
        Observer = "observer",
    }
}

impl Beside for MemberRole {
    fn take<'de, A: MapAccess<'de>>(key: &str, map: &mut A) -> Result<Option<Self>, A::Error> {
        if key == "role" { map.next_value().map(Some) } else { Ok(None) }
    }
}

/// One member: its steps, and its capacity where it is not a full member.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The capacity; absent for a full member.
    pub role: Option<MemberRole>,
    /// When it was invited, joined, left; empty where nothing is known but that it belongs.
    pub steps: Steps<MemberSteps>,
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
        Ok(Self { role, steps: Steps { steps, machine: PhantomData } })
    }
}

impl JsonSchema for Membership {
    fn schema_name() -> Cow<'static, str> {
        "Membership".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut role = generator.subschema_for::<MemberRole>().to_value();
        role["description"] = "In what capacity it belongs; left out for a full member.".into();
        steps_schema::<MemberSteps>(generator, Map::from_iter([("role".to_owned(), role)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<M: Lifecycle>(text: &str) -> Result<Steps<M>, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn steps_stand_in_the_order_of_their_machine() {
        let steps: Steps<ActivitySteps> = read(r#"{ "completed": "2014", "ongoing": "1999" }"#).expect("steps");
        assert_eq!(steps.iter().map(|(status, _)| status.code).collect::<Vec<_>>(), ["ongoing", "completed"]);
        assert_eq!(steps.get("ongoing").map(AsRef::as_ref), Some("1999"));
        assert_eq!(steps.terminal().map(|(status, _)| status.code), Some("completed"));
        assert_eq!(serde_json::to_string(&steps).expect("JSON"), r#"{"ongoing":"1999","completed":"2014"}"#);
    }

    #[test]
    fn a_repeat_carries_its_turn() {
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

    #[test]
    fn a_member_may_have_no_step_and_a_role() {
        let member: Membership = serde_json::from_str(r#"{ "joined": "1995", "role": "observer" }"#).expect("a member");
        assert_eq!(member.role, Some(MemberRole::Observer));
        assert_eq!(serde_json::to_string(&member).expect("JSON"), r#"{"role":"observer","joined":"1995"}"#);
        assert!(serde_json::from_str::<Membership>("{}").is_ok());
        assert!(serde_json::from_str::<Membership>(r#"{ "rule": "observer" }"#).is_err());
    }

    #[test]
    fn every_machine_ends_only_at_its_end() {
        for (name, statuses) in LIFECYCLES {
            let first_terminal = statuses.iter().position(|status| status.terminal).unwrap_or(statuses.len());
            assert!(statuses[first_terminal..].iter().all(|status| status.terminal), "{name}");
            assert!(statuses.iter().all(|status| !(status.terminal && status.repeats)), "{name}");
        }
    }
}
