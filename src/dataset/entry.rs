//! One record of a dataset, and what is known of it besides its fields.

use comity_document::input::Origin;

use crate::finding::{EntryId, Wanted};
use crate::record::Record;
use crate::value::Key;

/// One record of the dataset, decoded or not.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its index.
    pub id: EntryId,
    /// Where its text is.
    pub origin: Origin,
    /// Its name: from its path, or from its own fields where the path has none.
    pub key: Option<Key>,
    /// The record; `None` when it was read but not decoded. Checks say nothing about what could not be read.
    pub record: Option<Box<Record>>,
    /// How many facts it states, and how many of them evidence points at.
    pub coverage: Coverage,
    /// Why its text was not checked to the end.
    pub skipped: Option<&'static str>,
    /// What the record refers to, where it could not be decoded.
    pub(crate) references: Box<[Wanted]>,
}

impl Entry {
    /// What a record that could not be decoded refers to, as far as its tree shows it.
    pub fn undecoded_references(&self) -> &[Wanted] {
        &self.references
    }

    /// Why the record was not checked to the end: no rule over several records sees what could not be decoded.
    pub fn unfinished(&self) -> Option<&'static str> {
        self.skipped.or_else(|| self.record.is_none().then_some("not a valid record"))
    }
}

/// Facts, and facts with evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Facts stated.
    pub facts: u32,
    /// Facts that evidence points at.
    pub evidenced: u32,
}

impl std::ops::AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.facts += other.facts;
        self.evidenced += other.evidenced;
    }
}

impl Coverage {
    /// The share of facts with evidence, 0 to 1; `None` where no fact is stated.
    pub fn share(self) -> Option<f64> {
        (self.facts > 0).then(|| f64::from(self.evidenced) / f64::from(self.facts))
    }
}
