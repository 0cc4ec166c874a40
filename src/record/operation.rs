//! Operations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::OperationSteps;
use crate::value::{Ref, Steps, Text};

/// An operation. One actor's part in it is an activity of type `contribution` under it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Operation {
    /// What sort of operation it is.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: OperationType,
    /// Who leads it.
    #[schemars(extend("x-class" = "fact"))]
    pub lead: Ref<Actor>,
    /// What it rests on: a resolution, an article of a treaty.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub mandate: Option<Text>,
    /// What it has been through: each status with the date it was reached.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when"]))]
    pub history: Steps<OperationSteps>,
}

impl OfKind for Operation {
    const KIND: Kind = Kind::Operation;
}

codes! {
    /// What sort of operation it is.
    OperationType {
        /// Keeps, enforces or supports a peace.
        PeaceSupport = "peace-support" ["peacekeeping", "peace-keeping", "maintien-de-la-paix"],
        /// Patrols, escorts and boards at sea.
        MaritimeSecurity = "maritime-security" ["naval", "maritime", "patrol"],
        /// Intervenes in a crisis, by force if need be.
        CrisisResponse = "crisis-response",
        /// Helps another organisation's operation.
        SupportMission = "support-mission",
        /// Trains another's forces.
        TrainingMission = "training-mission",
        /// Helps after a disaster.
        DisasterRelief = "disaster-relief",
    }
}
