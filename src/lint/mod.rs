//! What the author of a rule imports: the facts of a rule, what a rule sees, and what a rule says.

mod context;
mod finding;
mod places;
mod rule;
mod text;

pub use context::{Draft, Site};
pub use finding::{Change, Finding, Findings, Fix, POINTER, Place, RELATED, Related};
pub use places::Fields;
pub(crate) use places::Places;
pub use rule::{Fixable, Rule, Severity};
pub use text::{TextAt, TextCheck, Traits};

use crate::dataset::Dataset;

/// What a rule sees. Only the runner looks inside.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Said while files are read; the module holds only the facts.
    Reading,
    /// Said by the schema; the module holds only the facts.
    Schema,
    /// Said by `judge`, once it is known what was found; the module holds only the facts.
    Policy,
    /// Sees every string of a record that has one of these traits.
    Text(Traits, TextCheck),
    /// Sees one record with its tree and its text.
    Document(fn(&Draft<'_>, &mut Findings<'_>)),
    /// Sees one record and, beside it, all others.
    Record(fn(&Site<'_>, &mut Findings<'_>)),
    /// Sees all records at once.
    Dataset(fn(&Dataset, &mut Findings<'_>)),
    /// Sees all records as they were, and as they are.
    History(fn(&Dataset, &Dataset, &mut Findings<'_>)),
}

impl Check {
    /// The stage of work, for `comity rules`.
    pub fn stage(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Schema => "schema",
            Self::Text(..) | Self::Document(_) => "document",
            Self::Record(_) => "record",
            Self::Dataset(_) => "dataset",
            Self::History(_) => "history",
            Self::Policy => "policy",
        }
    }
}
