//! Agreements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Actor, Source};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::{AgreementSteps, PartySteps};
use crate::value::{NonEmptyMap, Ref, Steps};

/// An agreement: a text that binds or commits its parties, or the proposal of such a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Agreement {
    /// The type of the text.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: AgreementType,
    /// The parties. Each has its own steps where they differ from the steps of the agreement, and else `{}`.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["participants", "signatories", "partners", "members", "signataires", "partes"]))]
    pub parties: NonEmptyMap<Ref<Actor>, Steps<PartySteps>>,
    /// Each status that was reached, with its date.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when", "statut", "état", "historique", "étapes", "estado", "تاريخ"]))]
    pub history: Steps<AgreementSteps>,
    /// Who can read the text, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub text: Option<AgreementText>,
}

impl OfKind for Agreement {
    const KIND: Kind = Kind::Agreement;
}

/// Who can read the text of an agreement, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct AgreementText {
    /// Who can read the text.
    pub access: Access,
    /// The source that contains the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Ref<Source>>,
}

codes! {
    /// Who can read a text.
    Access {
        /// Anybody.
        Public = "public" ["open", "published", "free", "paywall", "paywalled", "subscription", "ouvert", "libre", "accès-libre", "gratuit", "payant", "abonnés", "publié", "عام"],
        /// Never published.
        Unpublished = "unpublished" ["internal", "private", "non-publié", "inédit", "interne"],
        /// Classified.
        Classified = "classified" ["secret", "restricted", "confidentiel", "classifié", "سري"],
    }
}

codes! {
    /// The type of the text of an agreement.
    AgreementType {
        /// A treaty that parties ratify.
        Treaty = "treaty" ["convention", "traité", "tratado", "معاهدة"],
        /// A general agreement between bodies.
        CooperationAgreement = "cooperation-agreement" ["agreement", "accord", "accord-de-coopération", "acuerdo", "اتفاق", "اتفاقية"],
        /// A memorandum of understanding.
        Memorandum = "memorandum" ["mou", "memorandum-of-understanding", "protocole-d-accord", "mémorandum", "mémorandum-d-entente", "memorando", "مذكرة", "مذكرة-تفاهم"],
        /// A technical text under another agreement.
        ImplementingArrangement = "implementing-arrangement",
        /// An exchange of letters or notes.
        ExchangeOfLetters = "exchange-of-letters",
        /// A partner's programme with the organisation: ICP, IPCP, ITPP.
        PartnershipProgramme = "partnership-programme" ["itpp", "ipcp", "icp"],
        /// A plan or guidance between staffs.
        WorkPlan = "work-plan",
        /// A joint statement.
        JointStatement = "joint-statement" ["declaration", "joint-declaration", "communiqué"],
        /// A grant of money to a programme.
        GrantAgreement = "grant-agreement",
        /// The protection of classified information.
        SecurityAgreement = "security-agreement",
        /// The status of forces in the territory of another state.
        StatusOfForces = "status-of-forces" ["sofa"],
        /// A text whose type no source reports.
        Unspecified = "unspecified",
    }
}
