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
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: EventType,
    /// The day, or the first and the last day.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["date", "dates", "day", "start", "start-date", "time", "quand", "cuándo", "fecha", "تاريخ"]))]
    pub when: When,
    /// Whether it was held.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["history", "state", "outcome", "statut", "estado", "حالة"]))]
    pub status: EventStatus,
    /// Who takes part, by the id of the actor.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["actors", "partners", "parties", "attendees", "members", "who", "acteurs", "participantes", "مشاركون"]))]
    pub participants: NonEmptyMap<Ref<Actor>, Participant<EventRole>>,
    /// Whether it was held over the internet, wholly or for the most part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["virtual", "remote"]))]
    pub online: Option<bool>,
}

impl OfKind for Event {
    const KIND: Kind = Kind::Event;
}

codes! {
    /// How an event stands.
    EventStatus {
        /// Announced; whether it was held is not known yet.
        Planned = "planned" ["scheduled", "upcoming", "prévu", "previsto", "مقرر"],
        /// It took place.
        Held = "held" ["done", "took-place", "completed", "happened", "finished", "past", "tenu", "celebrado", "تم"],
        /// Put off to a day not known yet.
        Postponed = "postponed" ["delayed", "reporté", "aplazado", "مؤجل"],
        /// It will not take place.
        Cancelled = "cancelled" ["called-off", "abandoned", "annulé", "cancelado", "ملغى"],
    }
}

codes! {
    /// What sort of event it is.
    EventType {
        /// Heads of state or government.
        Summit = "summit" ["sommet", "cumbre", "قمة"],
        /// Ministers or chiefs of defence in session.
        Ministerial = "ministerial" ["ministerial-meeting", "ministérielle"],
        /// A council or committee with one partner or all.
        CouncilSession = "council-session",
        /// A working or bilateral meeting that is not part of a visit on record.
        Meeting = "meeting" ["réunion", "talks", "consultation", "encounter", "rencontre", "reunión", "audience", "اجتماع", "لقاء"],
        /// Planning between military staffs.
        StaffTalks = "staff-talks",
        /// One trip of a person or a delegation.
        Visit = "visit" ["visite", "visita", "trip", "tour", "زيارة"],
        /// A seminar, conference, information day or panel.
        Seminar = "seminar" ["workshop", "symposium", "colloque", "colloquium", "round-table", "conference", "conférence", "séminaire", "seminario", "ندوة", "مؤتمر"],
        /// A session of parliamentarians.
        AssemblySession = "assembly-session",
        /// An opening, a farewell, an anniversary, a launch.
        Ceremony = "ceremony" ["inauguration", "opening", "cérémonie", "ceremonia", "حفل"],
        /// The act of signing, when its place or its signatories are known.
        Signing = "signing" ["signature", "firma", "توقيع"],
        /// One edition of an exercise or drill, at sea or ashore.
        Exercise = "exercise" ["drill", "manoeuvre", "manoeuvres", "maneuver", "passex", "exercice", "ejercicio", "مناورة", "تمرين"],
        /// Ships visiting a port.
        PortCall = "port-call" ["port-visit", "ship-visit", "call", "escale", "escala", "harbour-visit"],
        /// The handing over of credentials.
        Accreditation = "accreditation",
        /// An act with an addressee: an invitation, a designation, a permission.
        Decision = "decision" ["décision", "announcement", "appointment"],
        /// A request, an offer, an application, lobbying.
        Proposal = "proposal",
    }
}
