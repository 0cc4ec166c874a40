//! What was agreed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Actor, Source};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::{AgreementSteps, PartySteps};
use crate::value::{NonEmptyMap, Ref, Steps};

/// What was agreed: a text that binds or commits its parties, or a proposal of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Agreement {
    /// What sort of text it is.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: AgreementType,
    /// Its parties; each with its own steps where they differ from the agreement's, else `{}`.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["participants", "signatories", "partners", "members", "signataires", "partes"]))]
    pub parties: NonEmptyMap<Ref<Actor>, Steps<PartySteps>>,
    /// What it has been through: each status with the date it was reached.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when"]))]
    pub history: Steps<AgreementSteps>,
    /// Whether its text can be read, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub text: Option<AgreementText>,
}

impl OfKind for Agreement {
    const KIND: Kind = Kind::Agreement;
}

/// Whether the text of an agreement can be read, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct AgreementText {
    /// Whether it can be read.
    pub access: Access,
    /// The source that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Ref<Source>>,
}

codes! {
    /// Who can read a text.
    Access {
        /// Anybody.
        Public = "public",
        /// It was never published.
        Unpublished = "unpublished",
        /// It is classified.
        Classified = "classified",
    }
}

codes! {
    /// What sort of text it is.
    AgreementType {
        /// A treaty, ratified.
        Treaty = "treaty" ["convention", "traité", "tratado", "معاهدة"],
        /// A general agreement between bodies.
        CooperationAgreement = "cooperation-agreement" ["agreement", "accord", "acuerdo", "اتفاق", "اتفاقية"],
        /// A memorandum of understanding.
        Memorandum = "memorandum" ["mou", "memorandum-of-understanding", "protocol", "mémorandum", "memorando", "مذكرة"],
        /// A technical text under another agreement.
        ImplementingArrangement = "implementing-arrangement",
        /// Letters or notes exchanged.
        ExchangeOfLetters = "exchange-of-letters",
        /// A partner's programme with the organisation: ICP, IPCP, ITPP.
        PartnershipProgramme = "partnership-programme" ["itpp", "ipcp", "icp"],
        /// A plan or a guidance between staffs.
        WorkPlan = "work-plan",
        /// A statement made together.
        JointStatement = "joint-statement" ["declaration", "joint-declaration", "communiqué"],
        /// Money given to a programme.
        GrantAgreement = "grant-agreement",
        /// Protection of classified information.
        SecurityAgreement = "security-agreement",
        /// The status of forces in another's territory.
        StatusOfForces = "status-of-forces" ["sofa"],
        /// Reported without saying what sort of text it is.
        Unspecified = "unspecified",
    }
}
