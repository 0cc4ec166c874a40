//! Who acts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{Country, Edtf, Membership, NonEmptyMap, Ref, Slug, Texts};

/// Who acts: a state, an organisation or one of its bodies, a ministry, a force, a person in public office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Actor {
    /// What sort of actor it is.
    #[schemars(extend("x-class" = "coded"))]
    pub r#type: ActorType,
    /// The country it belongs to; not on persons, and not on international organisations.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub country: Option<Country>,
    /// The body it is a part of. Never a state, and never a membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub part_of: Option<Ref<Actor>>,
    /// Its members, with the dates they joined and left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub members: Option<NonEmptyMap<Ref<Actor>, Membership>>,
    /// The public offices of a person, each under a short name of your choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub offices: Option<NonEmptyMap<Slug, Office>>,
    /// Where its headquarters are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub seat: Option<Ref<Place>>,
    /// When it came into being.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub from: Option<Box<Edtf>>,
    /// When it ceased to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub until: Option<Box<Edtf>>,
}

impl OfKind for Actor {
    const KIND: Kind = Kind::Actor;
}

/// A public office that a person holds or held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Office {
    /// Its title, by language.
    pub title: Texts,
    /// The body it is an office of.
    pub organisation: Ref<Actor>,
    /// Its rank.
    pub level: Level,
    /// When it began; `[..2019-01-22]` when the person is first seen in it on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Edtf>,
    /// When it ended; `[2019-01-22..]` when the person is last seen in it on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Edtf>,
}

codes! {
    /// What sort of actor it is.
    ActorType {
        /// A state.
        State = "state",
        /// An intergovernmental organisation with legal personality.
        Organisation = "organisation",
        /// States acting together without an organisation of their own.
        Group = "group",
        /// A council, committee or division of an organisation.
        Organ = "organ",
        /// A ministry, or a department of that rank.
        Ministry = "ministry",
        /// A public agency.
        Agency = "agency",
        /// A cabinet, a presidency, a liaison office.
        Office = "office",
        /// An embassy, a permanent mission, a consulate.
        DiplomaticMission = "diplomatic-mission",
        /// The armed forces of a state, or one service of them.
        ArmedForce = "armed-force",
        /// A military headquarters.
        Command = "command",
        /// A military formation or a ship.
        Unit = "unit",
        /// A military school or college.
        Academy = "academy",
        /// A centre of excellence, a hub, an operations centre.
        Centre = "centre",
        /// A national parliament or one of its chambers.
        Parliament = "parliament",
        /// An assembly of parliamentarians from several states.
        Assembly = "assembly",
        /// A university or a civilian school.
        University = "university",
        /// A company.
        Company = "company",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A research institute on policy.
        ThinkTank = "think-tank",
        /// A newspaper, a broadcaster, a news agency.
        Media = "media",
        /// A holder of public office; nobody else is recorded.
        Person = "person",
    }
}

codes! {
    /// The rank of an office.
    Level {
        /// King, emir, president.
        HeadOfState = "head-of-state",
        /// Prime minister, chancellor.
        HeadOfGovernment = "head-of-government",
        /// Member of a government, also a minister delegate.
        Minister = "minister",
        /// Secretary of state, deputy or vice-minister.
        DeputyMinister = "deputy-minister",
        /// Member of a parliament or an assembly of parliamentarians.
        Parliamentarian = "parliamentarian",
        /// Ambassador, head of a mission.
        Ambassador = "ambassador",
        /// Secretary general, director general, head of an organisation.
        OrganisationHead = "organisation-head",
        /// Deputy or assistant head of an organisation, director, special representative.
        SeniorOfficial = "senior-official",
        /// Any other official or diplomat.
        Official = "official",
        /// Chief of a state's armed forces, or chair of a committee of such chiefs.
        ChiefOfDefence = "chief-of-defence",
        /// General or admiral.
        FlagOfficer = "flag-officer",
        /// Any other officer.
        Officer = "officer",
    }
}
