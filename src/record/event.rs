//! What happens on a day.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use super::participant::{EventRole, Participant};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{NonEmptyMap, Ref, When};

/// What happens on a day or a few: somebody meets, visits, exercises, decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Event {
    /// What sort of event it is.
    #[schemars(extend("x-class" = "coded"))]
    pub r#type: EventType,
    /// The day, or the first and the last day.
    #[schemars(extend("x-class" = "fact"))]
    pub when: When,
    /// Whether it was held.
    #[schemars(extend("x-class" = "fact"))]
    pub status: EventStatus,
    /// Who takes part, by the id of the actor.
    #[schemars(extend("x-class" = "fact"))]
    pub participants: NonEmptyMap<Ref<Actor>, Participant<EventRole>>,
    /// Whether it was held over the internet, wholly or for the most part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub online: Option<bool>,
}

impl OfKind for Event {
    const KIND: Kind = Kind::Event;
}

codes! {
    /// How an event stands.
    EventStatus {
        /// Announced; whether it was held is not known yet.
        Planned = "planned",
        /// It took place.
        Held = "held",
        /// Put off to a day not known yet.
        Postponed = "postponed",
        /// It will not take place.
        Cancelled = "cancelled",
    }
}

codes! {
    /// What sort of event it is.
    EventType {
        /// Heads of state or government.
        Summit = "summit",
        /// Ministers or chiefs of defence in session.
        Ministerial = "ministerial",
        /// A council or committee with one partner or all.
        CouncilSession = "council-session",
        /// A working or bilateral meeting that is not part of a visit on record.
        Meeting = "meeting",
        /// Planning between military staffs.
        StaffTalks = "staff-talks",
        /// One trip of a person or a delegation.
        Visit = "visit",
        /// A seminar, conference, information day or panel.
        Seminar = "seminar",
        /// A session of parliamentarians.
        AssemblySession = "assembly-session",
        /// An opening, a farewell, an anniversary, a launch.
        Ceremony = "ceremony",
        /// The act of signing, when its place or its signatories are known.
        Signing = "signing",
        /// One edition of an exercise or drill, at sea or ashore.
        Exercise = "exercise",
        /// Ships visiting a port.
        PortCall = "port-call",
        /// The handing over of credentials.
        Accreditation = "accreditation",
        /// An act with an addressee: an invitation, a designation, a permission.
        Decision = "decision",
        /// A request, an offer, an application, lobbying.
        Proposal = "proposal",
    }
}
