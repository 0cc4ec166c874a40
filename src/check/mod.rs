//! The whole check: [`read_each`] reads texts, and [`check`](check()) checks everything that was read.

mod batch;
mod builder;
mod cached;
mod changed;
mod lines;
mod read;
mod read_list;

pub use crate::rules::BATCH;
pub use batch::{BATCH_BYTES, FileInput, read, read_each};
pub use builder::DatasetBuilder;
pub use cached::fingerprint_seed;
pub use lines::{Lines, keep_first, share};
pub use read::{Checking, Detail, Read, Retention, refuse};
pub use read_list::ReadList;

use crate::dataset::Dataset;
use crate::lint::{Finding, Severity};
use crate::policy::{Policy, RatedFinding, apply_policy};
use crate::report::{self, Report};
use crate::rules;

/// Checks a dataset with every rule that the policy lets run, and reports the findings.
///
/// With `base`, an earlier state of the dataset, the rules over history run too, and `policy.changed_only` keeps only
/// findings that the change brings. All files are checked; the report covers those that are
/// [`reported`](crate::dataset::File::reported).
///
/// ```
/// use comity::dataset::Dataset;
/// use comity::policy::Policy;
/// use comity::value::Day;
///
/// let today = Day::new(2026, 1, 1).ok_or("a day")?;
/// let dataset = Dataset::builder(today)
///     .file("event/a-visit.json", r#"{ "names": { "en": "A visit" }, "type": "vist" }"#)
///     .build();
/// let report = comity::check(&dataset, None, &Policy::of(&dataset));
/// assert!(report.diagnostics.iter().any(|found| found.rule.code == "unknown-code"));
/// # Ok::<(), &str>(())
/// ```
pub fn check(dataset: &Dataset, base: Option<&Dataset>, policy: &Policy) -> Report {
    let mut rated = rate(dataset, base, policy);
    let mut unfinished = None;
    if let Some(base) = base.filter(|_| policy.changed_only) {
        let before = rate(base, None, policy);
        let new = changed::unfinished(base, dataset);
        changed::retain_new(&mut rated, dataset, (&before, base), &new);
        unfinished = Some(new.into_iter().any(|entry| dataset.is_reported(dataset.entry(entry))));
    }
    let mut report = report::locate(rated, dataset, policy, base);
    report.summary.unfinished = unfinished.unwrap_or(report.summary.unfinished);
    if let Some(base) = base {
        report.compare(base, dataset);
        report.summary.new_exceptions = changed::new_exceptions(base, dataset);
    }
    report
}

/// Every error of a dataset, however many there are. A report has a limit, and so does not name every record with an error.
pub fn errors(dataset: &Dataset, policy: &Policy) -> Vec<Finding> {
    let errors = rate(dataset, None, policy).into_iter().filter(|rated| rated.severity == Severity::Error);
    errors.map(|rated| rated.finding).collect()
}

/// The findings of reading, and those of the rules over several records, with severities.
fn rate(dataset: &Dataset, base: Option<&Dataset>, policy: &Policy) -> Vec<RatedFinding> {
    let scope = policy.scope();
    if scope.needs_records() {
        dataset.recall_all(|_| true);
    }
    let mut findings = dataset.findings().to_vec();
    let new = base.map(|base| changed::new_entries(base, dataset)).unwrap_or_default();
    findings.extend(rules::over_all(dataset, &new, scope));
    findings.extend(base.into_iter().flat_map(|base| rules::over_history(base, dataset, scope)));
    rules::drop_consequences(dataset, &mut findings);
    apply_policy(findings, dataset, policy)
}
