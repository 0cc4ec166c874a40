//! Records as types with serde and schemars, without spans. Each kind has a file; [`Envelope`] has the fields that kinds share.
//!
//! From plain JSON, the types ignore unknown fields, so that records of a later minor version can be read. From a [`Node`],
//! the types refuse unknown fields: a node decodes exactly when the [structure](crate::schema::structure) of its kind admits
//! the node.

mod activity;
mod actor;
mod agreement;
mod body;
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
/// serde reads and writes the form of a bundle: `{ "kind": …, "id": …, fields }`. Reading ignores unknown fields;
/// [`bundle::read`](crate::export::bundle::read) keeps them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// The fields that kinds share.
    pub envelope: Envelope,
    /// The fields of the record's kind.
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

        /// The fields of one kind, taken from the fields of any kind.
        pub trait FromBody: Sized + 'static {
            /// The fields; `None` where they belong to another kind.
            fn from_body(body: &Body) -> Option<&Self>;
        }

        $(impl FromBody for $kind {
            fn from_body(body: &Body) -> Option<&Self> {
                if let Body::$kind(fields) = body { Some(fields) } else { None }
            }
        })+

        /// The JSON Schema of a kind's own fields, generated from the types.
        pub(crate) fn body_schema(kind: Kind, generator: schemars::SchemaGenerator) -> schemars::Schema {
            match kind { $(Kind::$kind => generator.into_root_schema_for::<$kind>(),)+ }
        }
    };
}

// Large bodies are boxed, so that not every record takes as much memory as a source.
bodies!(
    Actor in Box<Actor>, Place in Place, Framework in Framework, Agreement in Agreement, Operation in Operation,
    Activity in Activity, Event in Event, Statement in Box<Statement>, Source in Box<Source>, Theme in Theme,
    Survey in Box<Survey>
);

impl Record {
    /// Decodes a record of a kind, and refuses what the [structure](crate::schema::structure) of the kind refuses.
    ///
    /// # Errors
    /// When the structure refuses the node. The error says only where decoding stopped;
    /// [`violations`](crate::schema::violations) says what is wrong.
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

    /// The kind of the record.
    pub fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// The English name; for a source, the title in any language or else the publisher; `None` for a statement without a name.
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

    /// Each source of the record, with the evidence that the source gives.
    pub fn evidence(&self) -> impl Iterator<Item = (&crate::value::Ref<Source>, &Evidence)> {
        self.envelope.evidence.iter().flat_map(crate::value::NonEmptyMap::iter)
    }

    /// The first record of a kind under which this record stands.
    pub fn above(&self, kind: Kind) -> Option<&crate::value::AnyRef> {
        self.envelope.under.iter().flat_map(|under| under.iter()).find(|above| above.kind() == kind)
    }

    /// The exceptions from rules.
    pub fn allow(&self) -> &[Allow] {
        self.envelope.allow.as_deref().unwrap_or_default()
    }
}
