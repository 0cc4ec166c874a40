//! What the author of a rule imports: the facts of a rule, the contexts that a rule sees, and the findings it reports.

mod context;
mod places;
mod text;

pub use context::{AloneContext, DocumentContext, Note, Notes, RecordContext, Screen, SummaryContext};
pub(crate) use places::PointerSet;
pub use places::TreeIndex;
pub use text::{CharClasses, TextCheck, TextContext, TextFilter};

use crate::dataset::Dataset;
pub use crate::finding::{
    Change, FINDING_LIMIT, Finding, Findings, Fix, Fixable, POINTER, Place, RELATED, REPORT_LIMIT, Related, Rule,
    RuleRole, Severity, Wanted, WantedForm,
};

/// What a rule sees, with its check. Only the runner calls the check.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Check {
    /// Reported while files are read; the module holds only the facts.
    Reading,
    /// Reported by the schema check; the module holds only the facts.
    Schema,
    /// Reported by [`apply_policy`](crate::policy::apply_policy), which knows all findings; the module holds only the
    /// facts.
    Policy,
    /// Sees every string of a record that the filter of the rule lets through.
    Text(&'static TextFilter, TextCheck),
    /// Sees one record with its tree and its text.
    Document(fn(&DocumentContext<'_>, &mut Findings<'_>)),
    /// Sees one record and nothing else, while the record is read.
    Alone(fn(&AloneContext<'_>, &mut Findings<'_>)),
    /// Sees one record and those that it leads to. The screen says on summaries whether the record must be looked at.
    Linked(&'static Screen, fn(&RecordContext<'_>, &mut Findings<'_>)),
    /// Sees the summaries of all records, with what the rule keeps of each, and the records of which it has something
    /// to say.
    Overview(Note, fn(&Dataset, &mut Findings<'_>)),
    /// Sees one record and the dataset around it. A dataset in which such a rule runs keeps its records.
    Record(fn(&RecordContext<'_>, &mut Findings<'_>)),
    /// Sees all records at once. A dataset in which such a rule runs keeps its records.
    Dataset(fn(&Dataset, &mut Findings<'_>)),
    /// Sees the earlier and the present state of the dataset.
    History(fn(&Dataset, &Dataset, &mut Findings<'_>)),
}

impl Check {
    /// Whether the rule looks at more than one record.
    pub fn reads_other_records(self) -> bool {
        match self {
            Self::Linked(..) | Self::Overview(..) | Self::Record(_) | Self::Dataset(_) | Self::History(_) => true,
            Self::Reading | Self::Schema | Self::Policy | Self::Text(..) | Self::Document(_) | Self::Alone(_) => false,
        }
    }

    /// The stage of work, for `comity rules`.
    pub fn stage(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Schema => "schema",
            Self::Text(..) | Self::Document(_) => "document",
            Self::Alone(_) | Self::Linked(..) | Self::Record(_) => "record",
            Self::Overview(..) | Self::Dataset(_) => "dataset",
            Self::History(_) => "history",
            Self::Policy => "policy",
        }
    }
}
