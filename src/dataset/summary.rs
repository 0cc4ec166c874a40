//! What is kept of a record in the place of the record: numbers by which the rules over several records see that
//! nothing is wrong. A dataset of a million records then needs no record but those about which the summaries leave a
//! doubt.

use serde::{Deserialize, Serialize};

use super::fingerprint::{Print, fingerprint};
use crate::finding::EntryId;
use crate::kind::Kind;
use crate::record::{
    ActivityType, ActorType, AgreementType, Body, EventStatus, EventType, FrameworkType, PlaceType, SourceType, Target,
};
use crate::value::{Bounds, Day};

/// What is kept of a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of a record, and none rules out another")]
pub(crate) struct Summary {
    /// The type of the record.
    pub(crate) r#type: RecordType,
    /// Whether the record is withdrawn.
    pub(crate) retired: bool,
    /// Whether the record has exceptions from rules.
    pub(crate) excepts: bool,
    /// Whether a rule has to look at the record again, whatever the other records are.
    pub(crate) in_doubt: bool,
    /// Whether the record states facts of its own, so that it needs no other record.
    pub(crate) stands_alone: bool,
    /// The country of an actor or a place.
    pub(crate) country: Option<[u8; 2]>,
    /// When the record exists, for records that are under it or name it.
    pub(crate) life: Days,
    /// The days of which the record speaks.
    pub(crate) span: Days,
    /// The days on which what the record speaks of may have begun; `None` where they are not known.
    pub(crate) begun: Option<(Day, Day)>,
    /// The first day on which the record may have begun, as the end of a link to it.
    pub(crate) begins: Day,
    /// The earliest of the last days on which a date that begins the record may lie.
    pub(crate) soonest: Day,
    /// The latest of the first days on which a fact that sources report may have happened.
    pub(crate) reported: Day,
    /// The last day on which a source may have been published.
    pub(crate) published: Day,
    /// Each reference, in the order of [`Record::references`](crate::record::Record::references).
    pub(crate) links: Box<[Link]>,
    /// Who acts, or is a member, and when.
    pub(crate) acting: Box<[Acted]>,
    /// Fingerprints of what rules compare: addresses, numbers, names.
    pub(crate) prints: Box<[Print]>,
}

impl Summary {
    /// Whether every number that names a place in the summary does: those of a cache come from a file.
    pub(crate) fn is_sound(&self) -> bool {
        let names_a_field = |link: &Link| link.index() < Field::ALL.len();
        self.links.iter().all(names_a_field) && self.acting.iter().all(|acted| (acted.link as usize) < self.links.len())
    }
}

/// The kind of a record, with its type where the kind has types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RecordType {
    Actor(ActorType),
    Place(PlaceType),
    /// A framework, and whether it knows when its members joined.
    Framework(FrameworkType, bool),
    Agreement(AgreementType),
    Operation,
    /// An activity, and whether somebody takes part as a partner.
    Activity(ActivityType, bool),
    Event(EventType, EventStatus),
    Statement,
    Source(SourceType),
    /// A theme, and whether it only groups others.
    Theme(bool),
    Survey,
}

impl RecordType {
    /// The kind.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Actor(_) => Kind::Actor,
            Self::Place(_) => Kind::Place,
            Self::Framework(..) => Kind::Framework,
            Self::Agreement(_) => Kind::Agreement,
            Self::Operation => Kind::Operation,
            Self::Activity(..) => Kind::Activity,
            Self::Event(..) => Kind::Event,
            Self::Statement => Kind::Statement,
            Self::Source(_) => Kind::Source,
            Self::Theme(_) => Kind::Theme,
            Self::Survey => Kind::Survey,
        }
    }
}

impl From<&Body> for RecordType {
    fn from(body: &Body) -> Self {
        use crate::record::ActivityRole::Partner;
        use crate::value::NonEmptyMap;
        match body {
            Body::Actor(actor) => Self::Actor(actor.r#type),
            Body::Place(place) => Self::Place(place.r#type),
            Body::Framework(framework) => {
                let mut members = framework.members.iter().flat_map(NonEmptyMap::values);
                Self::Framework(framework.r#type, members.any(|member| member.steps.iter().len() > 0))
            }
            Body::Agreement(agreement) => Self::Agreement(agreement.r#type),
            Body::Operation(_) => Self::Operation,
            Body::Activity(activity) => {
                let mut participants = activity.participants.values();
                Self::Activity(activity.r#type, participants.any(|one| one.roles.contains(&Partner)))
            }
            Body::Event(event) => Self::Event(event.r#type, event.status),
            Body::Statement(_) => Self::Statement,
            Body::Source(source) => Self::Source(source.r#type),
            Body::Theme(theme) => Self::Theme(theme.broader.is_none()),
            Body::Survey(_) => Self::Survey,
        }
    }
}

/// The first day on which something may begin, and the last day on which it may end; open where a day is not known. Two
/// periods that are apart on any reading of their dates are apart as such days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Days {
    pub(crate) first: Day,
    pub(crate) last: Day,
}

impl Days {
    /// The days between the first and the last date.
    pub(crate) fn between(first: Option<Bounds>, last: Option<Bounds>) -> Self {
        Self {
            first: first.map_or(Day::NEVER, |days| days.earliest),
            last: last.map_or(Day::FOREVER, |days| days.latest),
        }
    }

    /// Whether two periods may have no day in common.
    pub(crate) fn apart(self, other: Self) -> bool {
        self.last < other.first || other.last < self.first
    }
}

macro_rules! fields {
    ($($field:ident $name:literal),+ $(,)?) => {
        /// A field of a record that holds references.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Field { $($field),+ }

        impl Field {
            const ALL: &[Self] = &[$(Self::$field),+];

            /// The field with that name.
            pub(crate) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$field),)+
                    _ => None,
                }
            }

            /// The name.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$field => $name),+ }
            }
        }
    };
}

fields! {
    Under "under", Places "places", Related "related", Figures "figures", Themes "themes",
    DistinctFrom "distinct_from", Evidence "evidence", Retired "retired", PartOf "part_of", Members "members",
    Offices "offices", Seat "seat", Claims "claims", Convenors "convenors", Parties "parties", Text "text",
    Lead "lead", Participants "participants", Speaker "speaker", For "for", About "about", Issuer "issuer",
    DerivedFrom "derived_from", Broader "broader", Subjects "subjects",
}

/// The target of a reference: the entry; or the fingerprint of a name that no entry has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LinkEnd(u64);

const FOUND: u64 = 1 << 55;
const NAME: u64 = FOUND - 1;

impl LinkEnd {
    pub(crate) fn of(target: Target<'_>) -> Self {
        Self(fingerprint((target.kind as u8, target.id)) & NAME)
    }

    /// The entry, once it was looked up.
    pub(crate) fn entry(self) -> Option<EntryId> {
        let entry = u32::try_from(self.0 & NAME).ok().map(EntryId);
        entry.filter(|_| self.0 & FOUND != 0)
    }

    /// Looks up the entry with the name.
    pub(super) fn resolve(&mut self, entry: impl FnOnce(u64) -> Option<EntryId>) {
        if let Some(entry) = entry(self.0) {
            self.0 = FOUND | u64::from(entry.0);
        }
    }

    /// What a table of names has in the place of a name.
    pub(super) fn name(self) -> u64 {
        self.0
    }
}

/// One reference of a record.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Link {
    bits: u64,
}

const REPORTS: u64 = 1 << 62;

impl Link {
    pub(crate) fn new(field: Field, reports: bool, to: Target<'_>) -> Self {
        let reports = if reports { REPORTS } else { 0 };
        Self { bits: reports | (field as u64) << 56 | LinkEnd::of(to).0 }
    }

    /// The field that holds the reference.
    pub(crate) fn field(self) -> Field {
        Field::ALL[self.index()]
    }

    /// The index of the field.
    fn index(self) -> usize {
        (self.bits >> 56 & 0x3f) as usize
    }

    /// Whether the reference is to a source that reports what happened.
    pub(crate) fn reports(self) -> bool {
        self.bits & REPORTS != 0
    }

    /// The target.
    pub(crate) fn end(self) -> LinkEnd {
        LinkEnd(self.bits & (FOUND | NAME))
    }

    pub(super) fn set_end(&mut self, end: LinkEnd) {
        self.bits = self.bits & !(FOUND | NAME) | end.0;
    }
}

/// In which way an actor acts in a record, or belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Way {
    Participant,
    Missed,
    /// The actor for which the participant before it takes part.
    Behind,
    Party,
    Speaker,
    BehindSpeaker,
    /// The organisation of an office, with the time of the office.
    Office,
    /// A member, with the time of its membership.
    Member,
    /// A member, with the earliest of the last days and the latest of the first days of its steps.
    Steps,
}

/// An actor that acts, or is a member, and when.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Acted {
    pub(crate) way: Way,
    /// The index among the links.
    pub(crate) link: u32,
    pub(crate) days: Days,
}
