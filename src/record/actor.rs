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
    #[schemars(extend("x-synonyms" = ["category", "sort", "genre", "tipo", "نوع"]))]
    pub r#type: ActorType,
    /// The country that the actor belongs to. Persons and international organisations have no country.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["pays", "país", "nation", "بلد"]))]
    pub country: Option<Country>,
    /// The body that this body is a part of; never a state. A membership goes into `members` of the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    pub part_of: Option<Ref<Actor>>,
    /// The members, with the dates on which they joined and left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["participants", "partners", "membres", "miembros"]))]
    pub members: Option<NonEmptyMap<Ref<Actor>, Membership>>,
    /// The public offices of a person, each under a short name of your choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["office", "positions", "jobs", "function", "fonctions", "cargos"]))]
    pub offices: Option<NonEmptyMap<Slug, Office>>,
    /// The place of the headquarters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["headquarters", "hq", "location", "siège", "sede"]))]
    pub seat: Option<Ref<Place>>,
    /// The date on which the actor came into being.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["start", "start-date", "since", "founded", "begin", "begins", "began", "début", "depuis", "desde", "inicio", "منذ", "بداية"]))]
    pub from: Option<Box<Edtf>>,
    /// The date on which the actor ceased to exist.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-class" = "fact"))]
    #[schemars(extend("x-synonyms" = ["end", "to", "dissolved", "ended", "fin", "hasta", "حتى"]))]
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
    #[schemars(extend("x-synonyms" = ["organization", "body", "employer", "of"]))]
    pub organisation: Ref<Actor>,
    /// The rank of the office.
    pub level: Level,
    /// The date on which the person took office; `[..2019-01-22]` where that day is the first on which a source shows the person in office.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["start", "start-date", "since", "founded", "begin", "begins", "began", "début", "depuis", "desde", "inicio", "منذ", "بداية"]))]
    pub from: Option<Edtf>,
    /// The date on which the person left office; `[2019-01-22..]` where that day is the last on which a source shows the person in office.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-synonyms" = ["end", "to", "dissolved", "ended", "fin", "hasta", "حتى"]))]
    pub until: Option<Edtf>,
}

codes! {
    /// The type of an actor.
    ActorType {
        /// A state.
        State = "state" ["country", "nation", "government", "état", "pays", "estado", "país", "دولة"],
        /// An intergovernmental organisation with legal personality.
        Organisation = "organisation" ["organization", "igo", "alliance", "international-organisation", "organización", "منظمة"],
        /// A group of states that act together without an organisation of their own.
        Group = "group",
        /// A council, committee or division of an organisation.
        Organ = "organ" ["committee", "council", "comité", "conseil"],
        /// A ministry, or a department of that rank.
        Ministry = "ministry" ["department", "ministère", "ministerio", "وزارة"],
        /// A public agency.
        Agency = "agency",
        /// A cabinet, a presidency, a liaison office.
        Office = "office",
        /// An embassy, a permanent mission, a consulate.
        DiplomaticMission = "diplomatic-mission" ["embassy", "consulate", "mission", "ambassade", "embajada", "سفارة"],
        /// The armed forces of a state, or one service of them.
        ArmedForce = "armed-force" ["navy", "army", "air-force", "military", "armed-forces", "marine", "armée", "forces-armées", "قوات-مسلحة", "بحرية", "جيش"],
        /// A military headquarters.
        Command = "command" ["headquarters", "hq", "commandement"],
        /// A military formation or a ship.
        Unit = "unit" ["ship", "vessel", "frigate", "warship", "squadron", "regiment", "navire", "frégate", "buque", "سفينة"],
        /// A military school or college.
        Academy = "academy" ["school", "college", "war-college", "école", "academia", "أكاديمية"],
        /// A centre of excellence, a hub, an operations centre.
        Centre = "centre" ["center", "coe", "hub", "centro", "مركز"],
        /// A national parliament or one of its chambers.
        Parliament = "parliament" ["senate", "parlement", "parlamento", "برلمان"],
        /// An assembly of parliamentarians from several states.
        Assembly = "assembly",
        /// A university or a civilian school.
        University = "university",
        /// A company.
        Company = "company" ["firm", "business", "entreprise", "empresa"],
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A research institute on policy.
        ThinkTank = "think-tank" ["institute", "thinktank"],
        /// A newspaper, a broadcaster, a news agency.
        Media = "media" ["newspaper", "news", "journal", "press"],
        /// A person who holds or held public office. No other persons are recorded.
        Person = "person" ["individual", "people", "minister", "official", "general", "personne", "persona", "شخص"],
    }
}

impl ActorType {
    /// Whether a body of this type comes from a country without acting for the state.
    pub fn is_private(self) -> bool {
        matches!(self, Self::University | Self::Company | Self::Ngo | Self::ThinkTank | Self::Media)
    }
}

codes! {
    /// The rank of an office.
    Level {
        /// King, emir, president.
        HeadOfState = "head-of-state" ["president", "king", "président", "roi", "rey", "ملك", "رئيس"],
        /// Prime minister, chancellor.
        HeadOfGovernment = "head-of-government" ["prime-minister", "pm", "premier-ministre", "primer-ministro"],
        /// Member of a government, also a minister delegate.
        Minister = "minister" ["ministre", "ministre-délégué", "minister-delegate", "ministro", "وزير"],
        /// Secretary of state, deputy or vice-minister.
        DeputyMinister = "deputy-minister",
        /// Member of a parliament or an assembly of parliamentarians.
        Parliamentarian = "parliamentarian" ["mp", "deputy", "senator", "member-of-parliament", "député", "diputado"],
        /// Ambassador, head of a mission.
        Ambassador = "ambassador" ["ambassadeur", "embajador", "سفير"],
        /// Secretary general, director general, head of an organisation.
        OrganisationHead = "organisation-head" ["secretary-general", "director-general", "head", "secrétaire-général"],
        /// Deputy or assistant head of an organisation, director, special representative.
        SeniorOfficial = "senior-official",
        /// Any other official or diplomat.
        Official = "official" ["diplomat", "civil-servant"],
        /// Chief of a state's armed forces, or chair of a committee of such chiefs.
        ChiefOfDefence = "chief-of-defence" ["chief-of-staff", "chod", "inspector-general", "chef-d-état-major"],
        /// General or admiral.
        FlagOfficer = "flag-officer" ["general", "admiral", "général", "amiral", "almirante"],
        /// Any other officer.
        Officer = "officer" ["colonel", "captain", "commander", "major"],
    }
}
