//! Actors.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::kind::{Kind, OfKind};
use crate::value::code::codes;
use crate::value::{Country, Edtf, Membership, NonEmptyMap, Ref, Slug, Texts};

/// An actor: a state, an organisation or one of its bodies, a ministry, a force, a person in public office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Actor {
    /// The type of the actor.
    #[schemars(extend("x-class" = "coded"))]
    pub r#type: ActorType,
    /// The country that the actor belongs to. Persons and international organisations have no country.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub country: Option<Country>,
    /// The body that this body is a part of; never a state. A membership goes into `members` of the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub part_of: Option<Ref<Actor>>,
    /// The members, with the dates on which they joined and left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub members: Option<NonEmptyMap<Ref<Actor>, Membership>>,
    /// The public offices of a person, each under a short name of your choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub offices: Option<NonEmptyMap<Slug, Office>>,
    /// The place of the headquarters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub seat: Option<Ref<Place>>,
    /// The date on which the actor came into being.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub from: Option<Box<Edtf>>,
    /// The date on which the actor ceased to exist.
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
    /// The title of the office, by language.
    pub title: Texts,
    /// The body to which the office belongs.
    pub organisation: Ref<Actor>,
    /// The rank of the office.
    pub level: Level,
    /// The date on which the person took office; `[..2019-01-22]` where that day is the first on which a source shows the person in office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Edtf>,
    /// The date on which the person left office; `[2019-01-22..]` where that day is the last on which a source shows the person in office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Edtf>,
}

codes! {
    /// The type of an actor.
    ActorType {
        /// A state.
        State = "state",
        /// An intergovernmental organisation with legal personality.
        Organisation = "organisation",
        /// A group of states that act together without an organisation of their own.
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
        /// A person who holds or held public office. No other persons are recorded.
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
