//! What stands around a record and is no part of the record: the marks of a code block, and prose, as they come with a record
//! that is copied from a page or a conversation.

use super::super::layout::Gap;
use super::Parser;
use crate::document::{FaultKind, guess};

impl Parser<'_> {
    /// Steps over what stands before the record, if the record begins further below.
    #[cold]
    pub(super) fn before_record(&mut self) {
        let Some(length) = guess::before_record(&self.text[self.at..]) else { return };
        self.note_other_text(length);
        self.gap(Gap::None);
    }

    /// Steps over what stands behind the record, unless it may be another record, or a part of this one.
    #[cold]
    pub(super) fn behind_record(&mut self) {
        let rest = self.text[self.at..].trim_end();
        if guess::is_no_record(rest) {
            self.note_other_text(rest.len());
            self.gap(Gap::Line(0));
        }
    }

    fn note_other_text(&mut self, length: usize) {
        let start = self.at;
        let text = self.text[start..start + length].trim_end();
        self.at += text.len();
        self.note(if guess::is_fence(text) { FaultKind::CodeFence } else { FaultKind::OtherText }, start);
    }
}
