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
    #[schemars(extend("x-synonyms" = ["role", "as", "rôle", "rol", "دور"]))]
    pub roles: UniqueList<R>,
    /// The actor on whose behalf the participant acts, where that is not the organisation of the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#for: Option<Box<Ref<Actor>>>,
    /// The first day of participation, where that differs from the first day of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["start", "start-date", "since", "founded", "begin", "begins", "began", "début", "depuis", "desde", "inicio", "منذ", "بداية"]))]
    pub from: Option<Box<Edtf>>,
    /// The last day of participation, where that differs from the last day of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["end", "to", "dissolved", "ended", "fin", "hasta", "حتى"]))]
    pub until: Option<Box<Edtf>>,
    /// The attendance, where the participant did not simply attend in person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
}

codes! {
    /// The attendance of a participant that did not simply attend in person.
    Attendance {
        /// Invited. It is not known whether the participant came.
        Invited = "invited" ["invité"],
        /// Declined the invitation.
        Declined = "declined",
        /// Expected, but did not come.
        Absent = "absent" ["no-show"],
        /// Took part online.
        Online = "online" ["virtual", "remote", "by-video", "en-ligne"],
    }
}

impl Attendance {
    /// Whether the participant took part; `None` where that is not known. A participant without an attendance came.
    pub fn came(self) -> Option<bool> {
        match self {
            Self::Online => Some(true),
            Self::Declined | Self::Absent => Some(false),
            Self::Invited => None,
        }
    }
}

impl EventRole {
    /// Whether the role brings the actor to the event. Who only takes, makes or receives a decision or a proposal need not meet
    /// the others.
    pub fn is_present(self) -> bool {
        !matches!(self, Self::Decider | Self::Proposer | Self::Addressee)
    }
}

codes! {
    /// The role of an actor in an activity.
    ActivityRole {
        /// Leads the activity.
        Lead = "lead" ["leader", "lead-nation", "head", "coordinator", "chef-de-file", "líder"],
        /// Pays for the activity.
        Funder = "funder" ["donor", "sponsor", "financier", "bailleur", "donante", "مانح", "ممول"],
        /// Carries out the activity.
        Implementer = "implementer" ["executor", "executing-agency", "contractor", "exécutant", "منفذ"],
        /// Trains or teaches.
        Trainer = "trainer" ["instructor", "teacher", "lecturer", "formateur", "instructeur", "formador", "مدرب"],
        /// Benefits from the activity.
        Beneficiary = "beneficiary" ["trainee", "trainees", "student", "students", "recipient", "receiver", "attendee", "beneficiary-country", "bénéficiaire", "stagiaire", "beneficiario", "alumno", "مستفيد", "متدرب"],
        /// Provides the place.
        Host = "host" ["host-nation", "hôte", "anfitrión", "مضيف"],
        /// Works together with the lead.
        Partner = "partner" ["co-lead", "co-director", "partenaire", "socio", "شريك"],
        /// Contributes forces, ships or other means to an operation.
        Contributor = "contributor" ["troop-contributor", "contributing-nation", "contributeur", "مساهم"],
        /// Observes.
        Observer = "observer" ["observateur", "observador", "مراقب"],
        /// Is the liaison between two other participants.
        Liaison = "liaison",
    }
}

codes! {
    /// The role of an actor at an event.
    EventRole {
        /// Prepares and convenes the event.
        Organiser = "organiser" ["convener", "co-organiser", "organizer", "organisateur", "organizador", "منظم"],
        /// Receives the other participants, or provides the place.
        Host = "host" ["host-nation", "hôte", "anfitrión", "مضيف"],
        /// Presides over the event.
        Chair = "chair" ["chairman", "chairperson", "president", "moderator", "présidence", "moderador"],
        /// Speaks.
        Speaker = "speaker" ["panelist", "panellist", "lecturer", "keynote", "intervenant", "orateur", "ponente", "متحدث"],
        /// Comes on a visit.
        Visitor = "visitor" ["visits", "visiting", "visiteur", "visitante", "delegation", "زائر"],
        /// Takes part.
        Participant = "participant" ["attendee", "attends", "delegate", "trainee", "member", "participante", "مشارك"],
        /// Is invited, without being one of the parties.
        Guest = "guest" ["invitee", "invité", "invitado", "ضيف"],
        /// Observes.
        Observer = "observer" ["observateur", "observador", "مراقب"],
        /// Signs.
        Signatory = "signatory" ["signer", "signs", "party", "signataire", "firmante", "موقع"],
        /// Commands the ships or troops.
        Commander = "commander" ["commandant", "comandante", "قائد"],
        /// Takes the decision.
        Decider = "decider",
        /// Makes the proposal.
        Proposer = "proposer",
        /// Receives the decision or the proposal.
        Addressee = "addressee" ["recipient", "destinataire"],
    }
}
