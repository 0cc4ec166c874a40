//! What is to be done to one record.

use std::collections::BTreeSet;

use super::RejectedFix;
use super::measure::is_preserving;
use crate::dataset::File;
use crate::format;
use crate::report::{Diagnostic, Edit, Edits, Report, apply};

/// The fixes and the layout of one record.
#[derive(Debug, Default)]
pub(super) struct Task<'a> {
    /// The fixes, safe ones first.
    fixes: Vec<(&'a Diagnostic, &'a Edits)>,
    /// How many of the fixes are tried.
    tried: usize,
    /// How many were applied.
    applied: usize,
    /// Whether the record is to be laid out.
    layout: bool,
    /// Whether the record, or another one, got worse by what was tried before.
    is_doubtful: bool,
    /// The text as it was checked, where a finding quotes it.
    text: Option<&'a str>,
}

impl<'a> Task<'a> {
    /// Adds a fix, or the layout, and the text that the finding quotes.
    pub(super) fn add(&mut self, fix: Option<(&'a Diagnostic, &'a Edits)>, layout: bool, text: Option<&'a str>) {
        self.fixes.extend(fix);
        self.layout |= layout;
        self.text = self.text.or(text);
    }

    /// Tries all fixes that were added.
    pub(super) fn try_all(&mut self) {
        self.fixes.sort_by_key(|(_, fix)| !fix.safe);
        self.tried = self.fixes.len();
    }

    /// The fixes that are tried.
    pub(super) fn tried(&self) -> &[(&'a Diagnostic, &'a Edits)] {
        &self.fixes[..self.tried]
    }

    /// Whether anything is done to the record.
    pub(super) fn is_active(&self) -> bool {
        self.tried > 0 || self.layout
    }

    /// Whether all fixes that are tried preserve what the record says. Layout does.
    pub(super) fn is_preserving(&self) -> bool {
        self.tried().iter().all(|(found, _)| is_preserving(found))
    }

    /// How many findings were fixed.
    pub(super) fn applied(&self) -> usize {
        self.applied + usize::from(self.layout)
    }

    /// Tries half of the fixes; the one that is left in the end is the culprit, and rejected.
    pub(super) fn take_back(&mut self, report: &Report, rejected: &mut BTreeSet<RejectedFix>) {
        if self.tried == 1 {
            self.reject(report, rejected);
        } else if self.tried == 0 {
            self.layout = false;
        }
        self.is_doubtful = true;
        // Safe fixes stand first, and are hardly ever the culprit.
        let safe = self.tried().iter().filter(|(_, fix)| fix.safe).count();
        self.tried = if (1..self.tried).contains(&safe) { safe } else { self.tried / 2 };
    }

    /// Rejects the fixes that are tried.
    pub(super) fn reject(&self, report: &Report, rejected: &mut BTreeSet<RejectedFix>) {
        rejected.extend(self.tried().iter().map(|(found, fix)| RejectedFix::of(found, fix, report)));
    }

    /// Leaves the fixes for a later round.
    pub(super) fn postpone(&mut self) {
        self.tried = 0;
    }

    /// Marks the record as one that may be left as it was.
    pub(super) fn doubt(&mut self) {
        self.is_doubtful = true;
    }

    /// Leaves the record as it was if it is in doubt, whatever was tried.
    pub(super) fn give_up_in_doubt(&mut self) {
        if self.is_doubtful {
            (self.tried, self.layout) = (0, false);
        }
    }

    /// The record's text with the fixes applied, and laid out. `None` where nothing is to be done, or the text is not
    /// the one that was checked.
    pub(super) fn fixed(&mut self, file: &File, text: &str, offset: u64, lays_out: bool) -> Option<String> {
        self.applied = 0;
        if !self.is_active() || self.text.is_some_and(|checked| checked != text) {
            return None;
        }
        let here = |edit: &Edit| Edit { start: edit.start - offset, end: edit.end - offset, text: edit.text.clone() };
        let fixes = self.tried().iter().map(|(_, fix)| Edits {
            what: String::new(),
            edits: fix.edits.iter().map(here).collect(),
            ..**fix
        });
        let fixes: Vec<Edits> = fixes.collect();
        let (edited, applied) = apply(text, &fixes.iter().collect::<Vec<_>>());
        self.applied = applied;
        let laid_out = |text: &str| {
            let canonical = format::laid_out(file, text).ok()?;
            Some(if file.is_lines() { canonical.trim_end().to_owned() } else { canonical })
        };
        if lays_out || laid_out(text).is_some_and(|canonical| canonical == text) {
            return Some(laid_out(&edited).unwrap_or(edited));
        }
        Some(edited)
    }
}
