//! GitLab's code quality report: a list of issues as Code Climate writes them.

use std::io;

use serde::Serializer as _;
use serde_json::{Value, json};

use super::Identities;
use super::escape::JsonWriter;
use crate::report::{Diagnostic, Report};
use crate::rule::Severity;

/// The report as GitLab's code quality JSON.
pub fn gitlab(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut identities = Identities::default();
    let issues = report.diagnostics.iter().map(|diagnostic| issue(diagnostic, &identities.next(diagnostic)));
    serde_json::Serializer::new(JsonWriter(out)).collect_seq(issues)?;
    writeln!(out)
}

fn issue(diagnostic: &Diagnostic, identity: &str) -> Value {
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
        "fingerprint": identity,
        "location": { "path": diagnostic.location.path, "lines": { "begin": line } }
    })
}
