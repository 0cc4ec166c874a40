//! Under what things happen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::FrameworkSteps;
use crate::value::{Membership, NonEmptyMap, Ref, Steps, UniqueList};

/// Under what things happen: a partnership, a programme, an initiative, an instrument, a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Framework {
    /// What sort of framework it is.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: FrameworkType,
    /// Who set it up and runs it.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["organisers", "founders", "lead"]))]
    pub convenors: UniqueList<Ref<Actor>>,
    /// What it has been through: each status with the date it was reached.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when"]))]
    pub history: Steps<FrameworkSteps>,
    /// Its members or partners, with the dates they joined and left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["participants", "partners", "membres", "miembros"]))]
    pub members: Option<NonEmptyMap<Ref<Actor>, Membership>>,
}

impl OfKind for Framework {
    const KIND: Kind = Kind::Framework;
}

codes! {
    /// What sort of framework it is.
    FrameworkType {
        /// Partners who joined on a date.
        Partnership = "partnership" ["partenariat", "شراكة"],
        /// A policy or an action plan.
        Initiative = "initiative",
        /// Has its own money, or a catalogue of activities.
        Programme = "programme" ["program", "programa", "برنامج"],
        /// A form of bilateral plan, or a status offered to several.
        Instrument = "instrument",
        /// A recurring way of meeting.
        Format = "format",
        /// A scheme of trust funds.
        TrustFundScheme = "trust-fund-scheme",
        /// A series of exercises, courses or conferences.
        Series = "series",
        /// A place of exchange without membership.
        Forum = "forum",
    }
}
