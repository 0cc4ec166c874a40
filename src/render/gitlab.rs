//! GitLab's code quality report: a list of issues as Code Climate writes them.

use comity_document::input::fingerprint;
use serde_json::{Value, json};

use super::escaped;
use crate::report::{Diagnostic, Report};
use crate::rule::Severity;

/// The report as GitLab's code quality JSON.
pub fn gitlab(report: &Report) -> String {
    let issues: Vec<Value> = report.diagnostics.iter().map(issue).collect();
    escaped(&format!("{:#}", Value::from(issues))) + "\n"
}

fn issue(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let line = diagnostic.location.quoted.map_or(1, |quoted| quoted.start.line);
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    json!({
        "type": "issue",
        "check_name": diagnostic.rule.code,
        "description": format!("{}{help}", diagnostic.message),
        "categories": ["Bug Risk"],
        "severity": severity,
        "fingerprint": identity(diagnostic),
        "location": { "path": diagnostic.location.path, "lines": { "begin": line } }
    })
}

/// The same for the same finding in two versions of a file, so that GitLab can tell what is new: no line is in it.
fn identity(diagnostic: &Diagnostic) -> String {
    let pointer = diagnostic.location.pointer.as_ref().map_or("", AsRef::as_ref);
    let parts = [diagnostic.rule.code, &diagnostic.location.path, pointer, &diagnostic.message];
    let forth = fingerprint(&parts.join("\u{0}"));
    let back = fingerprint(&parts.into_iter().rev().collect::<Vec<_>>().join("\u{0}"));
    format!("{forth:016x}{back:016x}")
}
