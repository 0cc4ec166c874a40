//! Who takes part, in an activity or in an event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::value::code::codes;
use crate::value::{Edtf, Ref, UniqueList};

/// One actor's part. `R` is the list of roles: that of activities, or that of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[schemars(rename = "{R}Participant")]
pub struct Participant<R: PartialEq> {
    /// What it does there; one role or more.
    #[serde(bound(deserialize = "R: Deserialize<'de> + Serialize"))]
    pub roles: UniqueList<R>,
    /// On whose behalf, where that is another actor than the office would tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#for: Option<Box<Ref<Actor>>>,
    /// Since when, where that differs from the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Box<Edtf>>,
    /// Until when, where that differs from the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Box<Edtf>>,
    /// Only where it did not simply attend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
}

codes! {
    /// How a participant attended, where it did not simply do so.
    Attendance {
        /// Invited; whether it came is not known.
        Invited = "invited",
        /// Declined the invitation.
        Declined = "declined",
        /// Expected, and did not come.
        Absent = "absent",
        /// Took part from afar.
        Online = "online",
    }
}

codes! {
    /// What an actor does in an activity.
    ActivityRole {
        /// Leads it.
        Lead = "lead",
        /// Pays for it.
        Funder = "funder",
        /// Carries it out.
        Implementer = "implementer",
        /// Trains or teaches.
        Trainer = "trainer",
        /// It is done for this actor's good.
        Beneficiary = "beneficiary",
        /// Lends the place.
        Host = "host",
        /// Works in it beside the lead.
        Partner = "partner",
        /// Gives forces, ships or other means to an operation.
        Contributor = "contributor",
        /// Looks on.
        Observer = "observer",
        /// Keeps the link between two others, or is the link.
        Liaison = "liaison",
    }
}

codes! {
    /// What an actor does at an event.
    EventRole {
        /// Prepares and calls it.
        Organiser = "organiser",
        /// Receives the others, or lends the place.
        Host = "host",
        /// Presides over it.
        Chair = "chair",
        /// Speaks.
        Speaker = "speaker",
        /// Comes on a visit.
        Visitor = "visitor",
        /// Takes part.
        Participant = "participant",
        /// Invited, without being a party to it.
        Guest = "guest",
        /// Looks on.
        Observer = "observer",
        /// Signs.
        Signatory = "signatory",
        /// Commands the ships or troops.
        Commander = "commander",
        /// Takes the decision.
        Decider = "decider",
        /// Makes the proposal.
        Proposer = "proposer",
        /// The decision or proposal is addressed to it.
        Addressee = "addressee",
    }
}
