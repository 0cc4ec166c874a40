//! What a check reports: a place, a message, perhaps a fix. A finding has neither a severity nor an offset.

mod rule;
mod wanted;

use comity_document::pointer::{Path, Pointer, Span};

use crate::value::{Truth, shortened};
pub use rule::{Fixable, Rule, RuleRole, Severity};
pub use wanted::{Wanted, WantedForm};

/// The most findings of one record that are reported one by one.
pub const FINDING_LIMIT: usize = 1_000;
/// The most findings of a whole dataset that are reported one by one.
pub const REPORT_LIMIT: usize = 10_000;

/// The most related places of a finding.
pub const RELATED: usize = 20;
/// The greatest length of the pointer of a place, in bytes.
pub const POINTER: usize = 1_000;

/// An entry of the dataset, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

impl EntryId {
    /// No entry: the record of the finding is no longer there.
    pub const GONE: Self = Self(u32::MAX);

    /// The index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place in a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A file that is no longer there, by its path.
    Gone(Box<str>),
    /// Bytes of the text, where there is no tree, or where no pointer leads (the second of two equal keys).
    Bytes(Span),
    /// A key.
    Key(Pointer),
    /// A value. Of an object or a list, the opening bracket is shown.
    Value(Pointer),
    /// Characters of a string, as byte offsets into its decoded value.
    Within(Pointer, Span),
}

impl Place {
    /// A key or a value at a path.
    pub fn of(at: &Path<'_>, on_key: bool) -> Self {
        if on_key { Self::Key(at.pointer()) } else { Self::Value(at.pointer()) }
    }

    /// The pointer, where the place has one.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Key(pointer) | Self::Value(pointer) | Self::Within(pointer, _) => Some(pointer),
            Self::File | Self::Gone(_) | Self::Bytes(_) => None,
        }
    }

    /// The place, or the nearest enclosing value whose pointer is not too long: a key may be as long as a record, and
    /// have thousands of faults below it.
    fn shortened(self) -> Self {
        match self.pointer().filter(|pointer| pointer.as_str().len() > POINTER) {
            Some(pointer) => Self::Value(pointer.enclosing(POINTER)),
            None => self,
        }
    }
}

impl From<Pointer> for Place {
    fn from(pointer: Pointer) -> Self {
        Self::Value(pointer)
    }
}

/// A change to a record, by pointer. The report turns changes into edits of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Renames a key.
    Rename {
        /// The key.
        at: Pointer,
        /// Its new name.
        to: String,
    },
    /// Replaces a value.
    Replace {
        /// The value.
        at: Pointer,
        /// Its new value.
        with: serde_json::Value,
    },
    /// Removes an entry. The last entry of a collection takes the field with it.
    Remove {
        /// The entry.
        at: Pointer,
    },
    /// Replaces bytes, where there is no tree.
    Bytes {
        /// The bytes to replace.
        at: Span,
        /// Their replacement.
        with: String,
    },
}

impl Change {
    /// Whether the pointer is longer than that of any place.
    fn is_far(&self) -> bool {
        match self {
            Self::Rename { at, .. } | Self::Replace { at, .. } | Self::Remove { at } => at.as_str().len() > POINTER,
            Self::Bytes { .. } => false,
        }
    }
}

/// How a fault can be fixed.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What the fix does, as an instruction: `rename the key`.
    pub what: String,
    /// The changes, to be applied all or none.
    pub changes: Vec<Change>,
    /// Whether the fix preserves what the record says; otherwise it is a suggestion.
    pub safe: bool,
}

/// A related place that explains a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The record.
    pub entry: EntryId,
    /// The place.
    pub place: Place,
    /// What is at the place.
    pub message: String,
}

/// One thing a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The record.
    pub entry: EntryId,
    /// The place.
    pub place: Place,
    /// Whether the finding is true on every reading of the dates, or on some.
    pub truth: Truth,
    /// What is wrong, in lower case and without a full stop, with the value in backticks.
    pub message: String,
    /// What was expected or meant, shown at the place.
    pub help: Option<String>,
    /// Related places that explain the finding.
    pub related: Vec<Related>,
    /// How to fix the fault.
    pub fix: Option<Fix>,
    /// The record that was to be named here. Whoever reports the finding looks it up, and completes help and fix.
    pub wanted: Option<Box<Wanted>>,
}

impl Finding {
    /// Sets how certain the finding is; by default it is definite.
    pub fn truth(&mut self, truth: Truth) -> &mut Self {
        self.truth = truth;
        self
    }

    /// Sets what was expected or meant.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(shortened(text.into()));
        self
    }

    /// Adds a related place; of many, the first [`RELATED`] are kept.
    pub fn related(&mut self, entry: EntryId, place: impl Into<Place>, message: impl Into<String>) -> &mut Self {
        if self.related.len() < RELATED {
            let (place, message) = (place.into().shortened(), shortened(message.into()));
            self.related.push(Related { entry, place, message });
        }
        self
    }

    /// Offers a safe fix: one that preserves what the record says.
    pub fn fix(&mut self, what: impl Into<String>, change: Change) -> &mut Self {
        self.offer(Fix { what: what.into(), changes: vec![change], safe: true })
    }

    /// Offers a suggestion: a fix for a person to review.
    pub fn suggest(&mut self, what: impl Into<String>, change: Change) -> &mut Self {
        self.offer(Fix { what: what.into(), changes: vec![change], safe: false })
    }

    /// Says which record was to be named here.
    pub fn want(&mut self, wanted: Wanted) -> &mut Self {
        self.wanted = Some(Box::new(wanted));
        self
    }

    /// Offers a fix, unless it changes a place that no finding can name.
    pub(crate) fn offer(&mut self, fix: impl Into<Option<Fix>>) -> &mut Self {
        let near = fix.into().filter(|fix| !fix.changes.iter().any(Change::is_far));
        self.fix = near.map(|fix| Fix { what: shortened(fix.what), ..fix });
        self
    }
}

/// The findings of one rule. The runner makes it, so that a check can name neither another rule nor a severity.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    out: &'a mut Vec<Finding>,
    least: Truth,
    /// The entries that the earlier state of the dataset does not have, sorted.
    new: &'a [EntryId],
}

impl<'a> Findings<'a> {
    /// For the findings of one rule.
    pub(crate) fn new(rule: &'static Rule, out: &'a mut Vec<Finding>) -> Self {
        Self { rule, out, least: Truth::Definitely, new: &[] }
    }

    /// Also accepts findings that are only possibly so, if `wanted`.
    pub(crate) fn with_possible(self, wanted: bool) -> Self {
        Self { least: if wanted { Truth::Possibly } else { Truth::Definitely }, ..self }
    }

    /// Says which entries, in ascending order, the earlier state of the dataset does not have.
    pub(crate) fn with_new(self, new: &'a [EntryId]) -> Self {
        Self { new, ..self }
    }

    /// Whether a record is new: the check compares with an earlier state, which does not have the record.
    pub fn is_new(&self, entry: EntryId) -> bool {
        self.new.binary_search(&entry).is_ok()
    }

    /// The least certainty that is reported.
    pub fn least(&self) -> Truth {
        self.least
    }

    /// Whether a finding of this certainty is reported.
    pub fn wants(&self, truth: Truth) -> bool {
        truth >= self.least
    }

    /// Whether there are so many findings that the next ones need no suggestion: the search for the nearest word takes
    /// time in proportion to the number of words, and a record may be wrong in thousands of places.
    pub fn are_many(&self) -> bool {
        self.out.len() >= 100
    }

    /// Whether the nearest of so many words may be looked for: a record gets about 2,000 comparisons of words in all, so
    /// that a record with thousands of entries and a hundred mistakes costs no more than its size.
    pub fn may_compare(&self, words: usize) -> bool {
        (self.out.len() + 1).saturating_mul(words) <= 2_000
    }

    /// Reports a finding at a place of a record.
    #[expect(clippy::missing_panics_doc, reason = "the vector was pushed to a line above")]
    pub fn at(&mut self, entry: EntryId, place: impl Into<Place>, message: impl Into<String>) -> &mut Finding {
        let (rule, place, message) = (self.rule, place.into().shortened(), shortened(message.into()));
        let truth = Truth::Definitely;
        let (help, related, fix, wanted) = (None, Vec::new(), None, None);
        self.out.push(Finding { rule, entry, place, truth, message, help, related, fix, wanted });
        self.out.last_mut().expect("just pushed")
    }
}
