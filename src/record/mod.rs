//! Records as types: plain serde and schemars, without spans. One file a kind, and what they share.
//!
//! The types read from plain JSON are tolerant of fields they do not know, for readers of a newer minor version. From a
//! [`Node`] they are closed: a node decodes exactly when the [structure](crate::schema::cached) of its kind admits it.

mod activity;
mod actor;
mod agreement;
mod envelope;
mod event;
mod evidence;
mod framework;
mod json;
mod operation;
mod participant;
mod place;
mod prose;
mod reference;
mod source;
mod statement;
mod steps;
mod survey;
mod theme;

pub use activity::{Activity, ActivityType};
pub use actor::{Actor, ActorType, Level, Office};
pub use agreement::{Access, Agreement, AgreementText, AgreementType};
pub use envelope::{
    Alias, AliasType, Allow, Envelope, Figure, KindName, Presence, Relation, Retired, Scheme, TAIL, Themes, presence,
};
pub use event::{Event, EventStatus, EventType};
pub use evidence::{Contested, Evidence, Outcome, Stance, Unknown};
pub use framework::{Framework, FrameworkType};
pub use operation::{Operation, OperationType};
pub use participant::{ActivityRole, Attendance, EventRole, Participant};
pub use place::{Claim, ClaimKind, Place, PlaceType, Point};
pub use reference::{Reference, Target};
pub use source::{Archived, Source, SourceType};
pub use statement::Statement;
pub use survey::{Extent, Survey};
pub use theme::Theme;

use comity_document::document::{DecodeError, FieldReader, Node};
use serde::{Deserialize, Serialize};

use crate::kind::Kind;

/// A record of any kind.
///
/// serde reads and writes the form that readers get: `{ "kind": …, "id": …, fields }`. Unknown fields are ignored when a
/// record is read; [`bundle::read`](crate::export::bundle::read) keeps them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// What every record has.
    pub envelope: Envelope,
    /// What its kind has.
    pub body: Body,
}

macro_rules! bodies {
    ($($kind:ident in $held:ty),+) => {
        /// The fields of one kind.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Body {
            $(#[doc = concat!("The fields of `", stringify!($kind), "`.")] $kind($held),)+
        }

        impl Body {
            /// The kind whose fields these are.
            pub fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)+ }
            }

            fn deserialize<'de, D: serde::Deserializer<'de>>(kind: Kind, deserializer: D) -> Result<Self, D::Error> {
                match kind { $(Kind::$kind => <$held>::deserialize(deserializer).map(Self::$kind),)+ }
            }
        }

        /// A kind's fields out of the fields of any kind.
        pub trait FromBody: Sized + 'static {
            /// The fields, if they are of this kind.
            fn from_body(body: &Body) -> Option<&Self>;
        }

        $(impl FromBody for $kind {
            fn from_body(body: &Body) -> Option<&Self> {
                if let Body::$kind(fields) = body { Some(fields) } else { None }
            }
        })+

        /// The JSON Schema of a kind's own fields, as the types give it.
        pub(crate) fn body_schema(kind: Kind, generator: schemars::SchemaGenerator) -> schemars::Schema {
            match kind { $(Kind::$kind => generator.into_root_schema_for::<$kind>(),)+ }
        }
    };
}

// The large ones stand apart, or every record would take as much room as a source.
bodies!(
    Actor in Box<Actor>, Place in Place, Framework in Framework, Agreement in Agreement, Operation in Operation,
    Activity in Activity, Event in Event, Statement in Box<Statement>, Source in Box<Source>, Theme in Theme,
    Survey in Box<Survey>
);

impl Record {
    /// Decodes a record of a kind, as closed as the [structure](crate::schema::cached) of the kind.
    ///
    /// # Errors
    /// When the structure refuses the node. The schema says why in a contributor's words; this error says only
    /// that, and where decoding stopped.
    pub fn decode(kind: Kind, node: &Node<'_>) -> Result<Self, DecodeError> {
        let refuse = |message: &str| <DecodeError as serde::de::Error>::custom(message);
        let fields = FieldReader::of(node).ok_or_else(|| refuse("expected an object"))?;
        let envelope = Envelope::deserialize(&fields)?;
        let body = Body::deserialize(kind, &fields)?;
        if fields.are_left_over() {
            return Err(refuse("unknown field"));
        }
        match envelope.misfit(kind) {
            Some(field) => Err(refuse(field)),
            None => Ok(Self { envelope, body }),
        }
    }

    /// The record's kind.
    pub fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// The English name; for a source its title, in any language, or its publisher; for a statement without a name, none.
    pub fn title(&self) -> Option<&str> {
        match (&self.envelope.names, &self.body) {
            (Some(names), _) => Some(names.english()),
            (None, Body::Source(source)) => {
                let title = source.title.as_ref().and_then(|title| title.values().next());
                Some(title.unwrap_or(&source.publisher).as_ref())
            }
            _ => None,
        }
    }

    /// The evidence, by the id of the source.
    pub fn evidence(&self) -> impl Iterator<Item = (&crate::value::Ref<Source>, &Evidence)> {
        self.envelope.evidence.iter().flat_map(crate::value::NonEmptyMap::iter)
    }

    /// The exceptions to rules.
    pub fn allow(&self) -> &[Allow] {
        self.envelope.allow.as_deref().unwrap_or_default()
    }
}
