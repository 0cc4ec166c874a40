//! Frameworks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Actor;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::lifecycle::FrameworkSteps;
use crate::value::{Membership, NonEmptyMap, Ref, Steps, UniqueList};

/// A framework under which cooperation takes place: a partnership, a programme, an initiative, an instrument, a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Framework {
    /// The type of the framework.
    #[schemars(extend("x-class" = "coded"))]
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: FrameworkType,
    /// The actors that set up and run the framework.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["organisers", "founders", "lead"]))]
    pub convenors: UniqueList<Ref<Actor>>,
    /// Each status that was reached, with its date.
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["status", "steps", "timeline", "dates", "date", "when", "statut", "état", "historique", "étapes", "estado", "تاريخ"]))]
    pub history: Steps<FrameworkSteps>,
    /// The members or partners, with the dates on which they joined and left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["participants", "partners", "membres", "miembros"]))]
    pub members: Option<NonEmptyMap<Ref<Actor>, Membership>>,
}

impl OfKind for Framework {
    const KIND: Kind = Kind::Framework;
}

codes! {
    /// The type of a framework.
    FrameworkType {
        /// A partnership, which each partner joined on a date.
        Partnership = "partnership" ["partenariat", "شراكة"],
        /// A policy or an action plan.
        Initiative = "initiative",
        /// A programme with money of its own, or with a catalogue of activities.
        Programme = "programme" ["program", "programa", "برنامج"],
        /// A form of bilateral plan, or a status offered to several.
        Instrument = "instrument",
        /// A recurring format of meetings.
        Format = "format",
        /// A scheme of trust funds.
        TrustFundScheme = "trust-fund-scheme",
        /// A series of exercises, courses or conferences.
        Series = "series",
        /// A forum for exchange without membership.
        Forum = "forum",
    }
}
