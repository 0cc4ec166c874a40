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
    #[schemars(extend("x-synonyms" = ["role", "as", "rôle", "rol", "دور"]))]
    pub roles: UniqueList<R>,
    /// On whose behalf, where that is another actor than the office would tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#for: Option<Box<Ref<Actor>>>,
    /// Since when, where that differs from the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["start", "since", "founded", "begin", "began", "depuis", "desde", "منذ"]))]
    pub from: Option<Box<Edtf>>,
    /// Until when, where that differs from the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["end", "to", "dissolved", "ended", "fin", "hasta", "حتى"]))]
    pub until: Option<Box<Edtf>>,
    /// Only where it did not simply attend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
}

codes! {
    /// How a participant attended, where it did not simply do so.
    Attendance {
        /// Invited; whether it came is not known.
        Invited = "invited" ["invité"],
        /// Declined the invitation.
        Declined = "declined",
        /// Expected, and did not come.
        Absent = "absent" ["no-show"],
        /// Took part from afar.
        Online = "online" ["virtual", "remote", "by-video", "en-ligne"],
    }
}

codes! {
    /// What an actor does in an activity.
    ActivityRole {
        /// Leads it.
        Lead = "lead" ["leader", "lead-nation", "head", "coordinator", "chef-de-file", "líder"],
        /// Pays for it.
        Funder = "funder" ["donor", "sponsor", "financier", "bailleur", "donante", "مانح", "ممول"],
        /// Carries it out.
        Implementer = "implementer" ["executor", "executing-agency", "contractor", "organiser", "organizer", "exécutant", "منفذ"],
        /// Trains or teaches.
        Trainer = "trainer" ["instructor", "teacher", "lecturer", "formateur", "instructeur", "formador", "مدرب"],
        /// It is done for this actor's good.
        Beneficiary = "beneficiary" ["trainee", "trainees", "student", "students", "recipient", "receiver", "participant", "attendee", "beneficiary-country", "bénéficiaire", "stagiaire", "beneficiario", "alumno", "مستفيد", "متدرب"],
        /// Lends the place.
        Host = "host" ["host-nation", "hôte", "anfitrión", "مضيف"],
        /// Works in it beside the lead.
        Partner = "partner" ["co-lead", "co-director", "partenaire", "socio", "شريك"],
        /// Gives forces, ships or other means to an operation.
        Contributor = "contributor" ["troop-contributor", "contributing-nation", "contributeur", "مساهم"],
        /// Looks on.
        Observer = "observer" ["observateur", "observador", "مراقب"],
        /// Keeps the link between two others, or is the link.
        Liaison = "liaison",
    }
}

codes! {
    /// What an actor does at an event.
    EventRole {
        /// Prepares and calls it.
        Organiser = "organiser" ["convener", "co-organiser", "organizer", "organisateur", "organizador", "منظم"],
        /// Receives the others, or lends the place.
        Host = "host" ["host-nation", "hôte", "anfitrión", "مضيف"],
        /// Presides over it.
        Chair = "chair" ["chairman", "chairperson", "president", "moderator", "présidence", "moderador"],
        /// Speaks.
        Speaker = "speaker" ["panelist", "panellist", "lecturer", "keynote", "intervenant", "orateur", "ponente", "متحدث"],
        /// Comes on a visit.
        Visitor = "visitor" ["visits", "visiting", "visiteur", "visitante", "delegation", "زائر"],
        /// Takes part.
        Participant = "participant" ["attendee", "attends", "delegate", "trainee", "member", "participante", "مشارك"],
        /// Invited, without being a party to it.
        Guest = "guest" ["invitee", "invité", "invitado", "ضيف"],
        /// Looks on.
        Observer = "observer" ["observateur", "observador", "مراقب"],
        /// Signs.
        Signatory = "signatory" ["signer", "signs", "party", "signataire", "firmante", "موقع"],
        /// Commands the ships or troops.
        Commander = "commander" ["commandant", "comandante", "قائد"],
        /// Takes the decision.
        Decider = "decider",
        /// Makes the proposal.
        Proposer = "proposer",
        /// The decision or proposal is addressed to it.
        Addressee = "addressee" ["recipient", "destinataire"],
    }
}
