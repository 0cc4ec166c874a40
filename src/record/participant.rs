//! Participants of activities and of events.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::value::code::codes;
use crate::value::{Edtf, Ref, UniqueList};

/// The part of one actor in an activity or an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[schemars(rename = "{R}Participant")]
pub struct Participant<R: PartialEq> {
    /// The roles of the actor, at least one.
    #[serde(bound(deserialize = "R: Deserialize<'de> + Serialize"))]
    pub roles: UniqueList<R>,
    /// The actor on whose behalf the participant acts, where that is not the organisation of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#for: Option<Box<Ref<Actor>>>,
    /// The first day of participation, where that differs from the first day of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Box<Edtf>>,
    /// The last day of participation, where that differs from the last day of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Box<Edtf>>,
    /// The attendance, where the participant did not simply attend in person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
}

codes! {
    /// The attendance of a participant that did not simply attend in person.
    Attendance {
        /// Invited. It is not known whether the participant came.
        Invited = "invited",
        /// Declined the invitation.
        Declined = "declined",
        /// Expected, but did not come.
        Absent = "absent",
        /// Took part online.
        Online = "online",
    }
}

codes! {
    /// The role of an actor in an activity.
    ActivityRole {
        /// Leads the activity.
        Lead = "lead",
        /// Pays for the activity.
        Funder = "funder",
        /// Carries out the activity.
        Implementer = "implementer",
        /// Trains or teaches.
        Trainer = "trainer",
        /// Benefits from the activity.
        Beneficiary = "beneficiary",
        /// Provides the place.
        Host = "host",
        /// Works together with the lead.
        Partner = "partner",
        /// Contributes forces, ships or other means to an operation.
        Contributor = "contributor",
        /// Observes.
        Observer = "observer",
        /// Is the liaison between two other participants.
        Liaison = "liaison",
    }
}

codes! {
    /// The role of an actor at an event.
    EventRole {
        /// Prepares and convenes the event.
        Organiser = "organiser",
        /// Receives the other participants, or provides the place.
        Host = "host",
        /// Presides over the event.
        Chair = "chair",
        /// Speaks.
        Speaker = "speaker",
        /// Comes on a visit.
        Visitor = "visitor",
        /// Takes part.
        Participant = "participant",
        /// Is invited, without being one of the parties.
        Guest = "guest",
        /// Observes.
        Observer = "observer",
        /// Signs.
        Signatory = "signatory",
        /// Commands the ships or troops.
        Commander = "commander",
        /// Takes the decision.
        Decider = "decider",
        /// Makes the proposal.
        Proposer = "proposer",
        /// Receives the decision or the proposal.
        Addressee = "addressee",
    }
}
