//! What is said of a run as a whole, in the formats that have only a list of findings.

use super::counted;
use crate::lint::Severity;
use crate::report::Report;

/// Something about the run.
pub(super) struct OfRun {
    /// The name of what is said.
    pub(super) name: &'static str,
    /// A code, in the place of the code of a rule.
    pub(super) code: &'static str,
    /// Whether the run fails because of this.
    pub(super) fails: bool,
    /// What is said.
    pub(super) text: String,
}

/// Why a run without an error fails, and how many findings are not shown.
pub(super) fn of_run(report: &Report) -> Vec<OfRun> {
    let failure = report.summary.failure().map(|why| OfRun {
        name: "this run",
        code: "failed-run",
        fails: true,
        text: why.to_owned(),
    });
    let unreported = &report.summary.unreported;
    // Of findings beyond the limit of a report, a diagnostic tells.
    let is_silent = unreported.total() > 0 && unreported.reported_as.is_none();
    let not_shown = is_silent.then(|| OfRun {
        name: "findings not shown",
        code: "not-shown",
        fails: unreported.of(Severity::Error) > 0,
        text: format!("{} not shown", counted(unreported.total(), "finding")),
    });
    failure.into_iter().chain(not_shown).collect()
}
