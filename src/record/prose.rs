//! What a record says to people alone. Once the rules that read every text have spoken, a check of a million records
//! need not keep it.

use super::{Body, Record};
use crate::value::{Names, NonEmptyMap};

impl Record {
    /// Drops the wording that only people and the rules over one document read: summaries, locators, quotations, authors,
    /// names of what happened in other languages than English. What is left answers every question that a rule over several records asks.
    pub fn drop_prose(&mut self) {
        self.envelope.schema = None;
        self.envelope.summary = None;
        for evidence in self.envelope.evidence.iter_mut().flat_map(NonEmptyMap::values_mut) {
            evidence.locator = None;
            evidence.quote = None;
        }
        match &mut self.body {
            Body::Source(source) => source.authors = None,
            // These are called by their names in every language, and there are few of them beside what happened.
            Body::Actor(_) | Body::Place(_) | Body::Framework(_) | Body::Operation(_) | Body::Theme(_) => {}
            _ => self.envelope.names.iter_mut().for_each(Names::keep_english),
        }
    }
}
