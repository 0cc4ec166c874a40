//! Events.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use super::participant::{EventRole, Participant};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{NonEmptyMap, Ref, When};

/// An event: something that happens on one day or on a few, such as a meeting, a visit, an exercise or a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Event {
    /// The type of the event.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: EventType,
    /// The day of the event, or its first and its last day.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["date", "dates", "day", "start", "start-date", "from", "quand", "cuándo", "fecha", "تاريخ"]))]
    pub when: When,
    /// Whether the event was held.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["history", "state", "outcome", "statut", "état", "estado", "حالة"]))]
    pub status: EventStatus,
    /// The actors that take part, by their ids.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["actors", "partner", "partners", "parties", "attendees", "members", "who", "acteurs", "participantes", "مشاركون"]))]
    pub participants: NonEmptyMap<Ref<Actor>, Participant<EventRole>>,
    /// Whether the event was held online, wholly or for the most part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["virtual", "remote"]))]
    pub online: Option<bool>,
}

impl OfKind for Event {
    const KIND: Kind = Kind::Event;
}

codes! {
    /// The status of an event.
    EventStatus {
        /// Announced. It is not yet known whether the event was held.
        Planned = "planned" ["scheduled", "upcoming", "prévu", "previsto", "مقرر"],
        /// The event took place.
        Held = "held" ["done", "took-place", "completed", "happened", "finished", "past", "tenu", "tenue", "terminé", "terminée", "celebrado", "تم"],
        /// Postponed to a day that is not yet known.
        Postponed = "postponed" ["delayed", "reporté", "aplazado", "مؤجل"],
        /// The event does not take place.
        Cancelled = "cancelled" ["called-off", "abandoned", "annulé", "cancelado", "ملغى"],
    }
}

codes! {
    /// The type of an event.
    EventType {
        /// A meeting of heads of state or government.
        Summit = "summit" ["sommet", "cumbre", "قمة"],
        /// A meeting of ministers or chiefs of defence.
        Ministerial = "ministerial" ["ministerial-meeting", "ministérielle"],
        /// A session of a council or committee with one partner or with all.
        CouncilSession = "council-session",
        /// A working meeting or a bilateral meeting that is not part of a recorded visit.
        Meeting = "meeting" ["réunion", "réunion-de-travail", "talks", "consultation", "encounter", "rencontre", "bilateral-talks", "phone-call", "entretien", "reunión", "audience", "اجتماع", "لقاء"],
        /// Talks between military staffs about plans.
        StaffTalks = "staff-talks",
        /// One trip of a person or a delegation.
        Visit = "visit" ["visite", "visite-officielle", "visite-de-travail", "visita", "trip", "tour", "زيارة"],
        /// A seminar, conference, information day or panel.
        Seminar = "seminar" ["workshop", "atelier", "table-ronde", "journée-d'étude", "forum", "symposium", "colloque", "colloquium", "round-table", "webinar", "webinaire", "conference", "conférence", "séminaire", "seminario", "ندوة", "مؤتمر"],
        /// A session of parliamentarians.
        AssemblySession = "assembly-session",
        /// An opening, a farewell, an anniversary, a launch.
        Ceremony = "ceremony" ["inauguration", "opening", "graduation", "cérémonie", "ceremonia", "حفل"],
        /// The signing of an agreement, where the place or the signatories are known.
        Signing = "signing" ["signature", "firma", "توقيع"],
        /// One edition of an exercise or drill, at sea or ashore.
        Exercise = "exercise" ["drill", "manoeuvre", "manoeuvres", "maneuver", "passex", "military-exercise", "exercice", "exercice-militaire", "exercice-naval", "manœuvres", "ejercicio", "مناورة", "تمرين"],
        /// A visit of ships to a port.
        PortCall = "port-call" ["port-visit", "ship-visit", "call", "escale", "escala", "harbour-visit"],
        /// The presentation of credentials.
        Accreditation = "accreditation",
        /// A decision with an addressee: an invitation, a designation, a permission.
        Decision = "decision" ["décision", "announcement", "appointment"],
        /// A request, an offer, an application, lobbying.
        Proposal = "proposal",
    }
}
