//! One record of a dataset, with its name, its origin and its coverage.

use comity_document::input::Origin;

use super::Summary;
use crate::finding::{EntryId, Wanted};
use crate::record::Record;
use crate::value::Key;

/// One record of a dataset, decoded or not.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry {
    /// The index of the entry.
    pub id: EntryId,
    /// The origin of the text.
    pub origin: Origin,
    /// The kind and the id: from the path of the file, or from the fields where the path does not say them.
    pub key: Option<Key>,
    /// The record; `None` where the text could not be decoded, or where only a summary of the record is kept.
    pub record: Option<Box<Record>>,
    /// What is kept of a record that was let go.
    pub(crate) summary: Option<Box<Summary>>,
    /// The number of facts that the record states, and the number of facts with evidence.
    pub coverage: Coverage,
    /// The reason why the text was not checked to the end.
    pub skipped: Option<&'static str>,
    /// What the record refers to, where it could not be decoded.
    pub(crate) references: Box<[Wanted]>,
}

impl Entry {
    /// The references of a record that could not be decoded, as its tree shows them.
    pub fn undecoded_references(&self) -> &[Wanted] {
        &self.references
    }

    /// Whether the text was decoded.
    pub fn is_decoded(&self) -> bool {
        self.record.is_some() || self.summary.is_some()
    }

    /// The reason why the record was not checked to the end. A record that was not decoded is not checked by the rules
    /// over several records.
    pub fn unfinished(&self) -> Option<&'static str> {
        self.skipped.or_else(|| (!self.is_decoded()).then_some("not a valid record"))
    }
}

/// The number of facts, and the number of facts with evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The number of facts.
    pub facts: u32,
    /// The number of facts that evidence shows.
    pub evidenced: u32,
}

impl std::ops::AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.facts += other.facts;
        self.evidenced += other.evidenced;
    }
}

impl Coverage {
    /// The share of facts with evidence, 0 to 1; `None` where there are no facts.
    pub fn share(self) -> Option<f64> {
        (self.facts > 0).then(|| f64::from(self.evidenced) / f64::from(self.facts))
    }
}
