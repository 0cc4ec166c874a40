//! What the author of a rule imports: the facts of a rule, what a rule sees, and what a rule says.

mod context;
mod places;
mod text;

pub use context::{DocumentContext, RecordContext};
pub(crate) use places::PointerSet;
pub use places::TreeIndex;
pub use text::{CharClasses, TextContext, TextRule};

use crate::dataset::Dataset;
pub use crate::finding::{
    Change, FINDING_LIMIT, Finding, Findings, Fix, Fixable, POINTER, Place, RELATED, REPORT_LIMIT, Related, Rule,
    Severity,
};

/// What a rule sees. Only the runner looks inside.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Said while files are read; the module holds only the facts.
    Reading,
    /// Said by the schema; the module holds only the facts.
    Schema,
    /// Said by `apply_policy`, once it is known what was found; the module holds only the facts.
    Policy,
    /// Sees every string of a record that has one of these traits.
    Text(CharClasses, TextRule),
    /// Sees one record with its tree and its text.
    Document(fn(&DocumentContext<'_>, &mut Findings<'_>)),
    /// Sees one record and, beside it, all others.
    Record(fn(&RecordContext<'_>, &mut Findings<'_>)),
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
