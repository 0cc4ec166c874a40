//! Activities.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use super::participant::{ActivityRole, Participant};
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::ActivitySteps;
use crate::value::{NonEmptyMap, Ref, Steps};

/// An activity: cooperation that goes on for a time, such as training, research, building, a contribution or a liaison post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Activity {
    /// The type of the activity.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: ActivityType,
    /// Each status that was reached, with its date.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when", "statut", "état", "historique", "étapes", "estado", "تاريخ"]))]
    pub history: Steps<ActivitySteps>,
    /// The actors that take part, by their ids.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["actors", "partner", "partners", "parties", "attendees", "members", "who", "acteurs", "participantes", "مشاركون"]))]
    pub participants: NonEmptyMap<Ref<Actor>, Participant<ActivityRole>>,
}

impl OfKind for Activity {
    const KIND: Kind = Kind::Activity;
}

codes! {
    /// The type of an activity.
    ActivityType {
        /// A course, a mobile training team, the training of trainers.
        Training = "training" ["course", "courses", "workshop", "formation", "cours", "stage", "stage-de-formation", "curso", "training-course", "entrainement", "دورة", "دورة-تدريبية", "تدريب", "تكوين"],
        /// A course whose participants travel from place to place.
        StudyVisit = "study-visit",
        /// Curricula, faculties, the building of integrity.
        EducationSupport = "education-support",
        /// Research by several parties.
        ResearchProject = "research-project" ["project", "research", "projet-de-recherche", "sps-project"],
        /// A workshop of researchers.
        ResearchWorkshop = "research-workshop",
        /// A package of measures that build up institutions.
        CapacityPackage = "capacity-package",
        /// The destruction of weapons, the clearance of mines, the safety of depots.
        Demilitarisation = "demilitarisation" ["demining", "destruction", "trust-fund", "déminage"],
        /// The delivery of equipment.
        Equipment = "equipment" ["donation", "delivery", "équipement", "equipo", "معدات"],
        /// A recurring exchange without known dates.
        Consultation = "consultation",
        /// A permanent post or mandate for liaison.
        Liaison = "liaison" ["liaison-officer", "liaison-post"],
        /// The contribution of one actor to an operation: troops, ships, aircraft, a hospital, information.
        Contribution = "contribution" ["deployment", "troops", "déploiement", "despliegue", "مساهمة"],
    }
}
