//! Operations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::OperationSteps;
use crate::value::{Ref, Steps, Text};

/// A military or civilian operation. The part of one actor is an activity of the type `contribution` that is `under` the operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Operation {
    /// The type of the operation.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: OperationType,
    /// The actor that leads the operation.
    #[schemars(extend("x-class" = "fact"))]
    pub lead: Ref<Actor>,
    /// The legal basis: a resolution, an article of a treaty.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub mandate: Option<Text>,
    /// Each status that was reached, with its date.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when", "statut", "état", "historique", "étapes", "estado", "تاريخ"]))]
    pub history: Steps<OperationSteps>,
}

impl OfKind for Operation {
    const KIND: Kind = Kind::Operation;
}

codes! {
    /// The type of an operation.
    OperationType {
        /// Keeps, enforces or supports peace.
        PeaceSupport = "peace-support" ["peacekeeping", "peace-keeping", "maintien-de-la-paix"],
        /// Patrols at sea, escorts ships and boards ships.
        MaritimeSecurity = "maritime-security" ["naval", "maritime", "patrol"],
        /// Intervenes in a crisis, by force if need be.
        CrisisResponse = "crisis-response",
        /// Supports the operation of another organisation.
        SupportMission = "support-mission",
        /// Trains the forces of another state.
        TrainingMission = "training-mission",
        /// Helps after a disaster.
        DisasterRelief = "disaster-relief",
    }
}
