//! One mistake in a record, before its finding is made.

use comity_document::pointer::Pointer;

use crate::dataset::EntryId;
use crate::lint::{Change, Finding, Findings, Fix, Place, Rule, Wanted};

/// One mistake. Of several at one place, the most informative one is reported: a wrong type before a wrong code, and a
/// wrong code before a wrong shape. Only absent fields are all reported at one place.
pub(super) struct Complaint {
    pub(super) rank: u8,
    pub(super) rule: &'static Rule,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) fix: Option<Fix>,
    pub(super) related: Option<(Pointer, &'static str)>,
    pub(super) wanted: Option<Wanted>,
}

impl Complaint {
    pub(super) fn new(rank: u8, rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rank, rule, message: message.into(), help: None, fix: None, related: None, wanted: None }
    }

    pub(super) fn help(self, help: impl Into<Option<String>>) -> Self {
        Self { help: help.into(), ..self }
    }

    pub(super) fn want(self, wanted: Wanted) -> Self {
        Self { wanted: Some(wanted), ..self }
    }

    pub(super) fn fix(self, what: String, change: Change, safe: bool) -> Self {
        Self { fix: Some(Fix { what, changes: vec![change], safe }), ..self }
    }

    /// Replaces a wrong value.
    pub(super) fn replace(self, at: &Pointer, with: &str, safe: bool) -> Self {
        self.fix(format!("write `{with}`"), Change::Replace { at: at.clone(), with: with.into() }, safe)
    }

    pub(super) fn report(self, entry: EntryId, place: Place, out: &mut Vec<Finding>) {
        let mut findings = Findings::new(self.rule, out);
        let finding = findings.at(entry, place, self.message);
        self.help.into_iter().for_each(|help| {
            finding.help(help);
        });
        finding.offer(self.fix);
        if let Some((at, message)) = self.related {
            finding.related(entry, at, message);
        }
        self.wanted.into_iter().for_each(|wanted| {
            finding.want(wanted);
        });
    }
}
