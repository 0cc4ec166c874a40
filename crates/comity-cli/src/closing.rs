//! The closing line of a check: what was checked, what was found and can be fixed, and what was not checked and why.

use std::collections::BTreeSet;

use comity::policy::NotRun;
use comity::render::counted;
use comity::report::{Report, Summary};

use crate::output::detail;

/// The closing line of every run: what was checked, what was found, and what was not checked.
pub(crate) fn closing(report: &Report, seconds: f64) -> String {
    let summary = &report.summary;
    let found = match (summary.errors, summary.warnings, summary.notes) {
        (0, 0, 0) if summary.is_clean() => "nothing to fix".to_owned(),
        (0, 0, 0) => "no finding to show".to_owned(),
        (errors, warnings, notes) => {
            let levels = [(errors, "error"), (warnings, "warning"), (notes, "note")];
            let levels: Vec<String> =
                levels.into_iter().filter(|(n, _)| *n > 0).map(|(n, level)| counted(n, level)).collect();
            format!("{}{}", levels.join(", "), fixable(summary))
        }
    };
    let not_shown = match summary.unreported.total() {
        0 => String::new(),
        n => format!(", {n} of them not shown"),
    };
    let skipped: BTreeSet<&str> = summary.skipped.iter().map(|(path, _)| path.as_str()).collect();
    let skipped = match skipped.len() {
        0 => "nothing skipped".to_owned(),
        n if summary.unfinished => format!("{} not checked to the end", counted(n, "file")),
        n => format!("{} not checked to the end, as before the change", counted(n, "file")),
    };
    let exceptions = match summary.new_exceptions {
        0 => String::new(),
        n => format!("; {} that the base does not have", counted(n, "exception")),
    };
    format!(
        "checked {} of {} against {} in {seconds:.2} s: {found}{not_shown}; {skipped}{exceptions}{}{}",
        counted(summary.records, "record"),
        counted(summary.kinds, "kind"),
        counted(summary.rules, "rule"),
        not_run(summary),
        summary.failure().map(|why| format!("; {why}")).unwrap_or_default(),
    )
}

/// How many findings have a fix, and which flag applies it.
fn fixable(summary: &Summary) -> String {
    let safe = summary.safely_fixable;
    match (safe, summary.fixable - safe) {
        (0, 0) => String::new(),
        (safe, 0) => format!(", {safe} fixable with --fix"),
        (0, unsafe_) => format!(", {unsafe_} fixable with --unsafe-fixes"),
        (safe, unsafe_) => format!(", {safe} fixable with --fix, {unsafe_} more with --unsafe-fixes"),
    }
}

/// The most rules that are named for one reason.
const NAMED: usize = 8;

/// The rules that did not run, by the reason. Audit rules run only when they are asked for, and are not named.
fn not_run(summary: &Summary) -> String {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for (rule, why) in &summary.not_checked {
        let Some(why) = reason(*why).filter(|_| !rule.audit) else { continue };
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, codes)) => codes.push(rule.code),
            None => reasons.push((why, vec![rule.code])),
        }
    }
    let group = |(why, codes): (&str, Vec<&str>)| match codes.len() {
        0..=NAMED => format!("{} ({why})", codes.join(", ")),
        n => format!("{} ({why})", counted(n, "rule")),
    };
    if reasons.is_empty() {
        return String::new();
    }
    format!("; not run: {}", reasons.into_iter().map(group).collect::<Vec<_>>().join(", "))
}

/// Why a rule did not run, for a rule that is expected to run.
fn reason(why: NotRun) -> Option<&'static str> {
    match why {
        NotRun::NotSelected => Some("not in --select"),
        NotRun::Ignored => Some("in --ignore"),
        NotRun::Off => Some("off in dataset.json"),
        NotRun::NoBase => Some("without --base"),
        NotRun::Audit => None,
    }
}

/// Says of every rule that did not run why, where details are asked for.
pub(crate) fn explain_not_run(summary: &Summary) {
    for (rule, why) in &summary.not_checked {
        detail(|| format!("not run: {} ({})", rule.code, reason(*why).unwrap_or("without --audit")));
    }
}
