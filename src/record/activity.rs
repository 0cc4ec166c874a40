//! What goes on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use super::participant::{ActivityRole, Participant};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::ActivitySteps;
use crate::value::{NonEmptyMap, Ref, Steps};

/// What goes on: somebody learns, receives, builds, contributes or keeps in touch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Activity {
    /// What sort of activity it is.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: ActivityType,
    /// What it has been through: each status with the date it was reached.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when"]))]
    pub history: Steps<ActivitySteps>,
    /// Who takes part, by the id of the actor.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["actors", "partners", "parties", "attendees", "members", "who", "acteurs", "participantes", "مشاركون"]))]
    pub participants: NonEmptyMap<Ref<Actor>, Participant<ActivityRole>>,
}

impl OfKind for Activity {
    const KIND: Kind = Kind::Activity;
}

codes! {
    /// What sort of activity it is.
    ActivityType {
        /// A course, a mobile training team, the training of trainers.
        Training = "training" ["course", "courses", "workshop", "formation", "cours", "stage", "curso", "training-course", "entrainement", "دورة", "تدريب", "تكوين"],
        /// A course that travels.
        StudyVisit = "study-visit",
        /// Curricula, faculties, the building of integrity.
        EducationSupport = "education-support",
        /// Research by several parties.
        ResearchProject = "research-project" ["project", "research", "projet-de-recherche", "sps-project"],
        /// A workshop of researchers.
        ResearchWorkshop = "research-workshop",
        /// Building up institutions, with several strands.
        CapacityPackage = "capacity-package",
        /// Destruction of weapons, clearance of mines, safe depots.
        Demilitarisation = "demilitarisation" ["demining", "destruction", "trust-fund", "déminage"],
        /// Delivery of equipment.
        Equipment = "equipment" ["donation", "delivery", "équipement", "equipo", "معدات"],
        /// A recurring exchange without a known date.
        Consultation = "consultation",
        /// A standing post or mandate to keep in touch.
        Liaison = "liaison" ["liaison-officer", "liaison-post"],
        /// One actor's part in an operation: troops, ships, aircraft, a hospital, information.
        Contribution = "contribution" ["deployment", "troops", "déploiement", "despliegue", "مساهمة"],
    }
}
