//! Prose: the texts of a record that only people read. A check drops the prose once the rules over one record have read it,
//! so that a million records take less memory.

use super::{Body, Record};
use crate::value::{Names, NonEmptyMap};

impl Record {
    /// Drops the texts that only people and the rules over one record read: summaries, locators, quotations, authors, and
    /// names by which no rule compares records. The rules over several records need none of them.
    pub fn drop_prose(&mut self) {
        self.envelope.schema = None;
        self.envelope.summary = None;
        for evidence in self.envelope.evidence.iter_mut().flat_map(NonEmptyMap::values_mut) {
            evidence.locator = None;
            evidence.quote = None;
        }
        match &mut self.body {
            Body::Source(source) => source.authors = None,
            // Rules compare actors by all their names.
            Body::Actor(_) => {}
            _ => self.envelope.names.iter_mut().for_each(Names::keep_english),
        }
    }
}
