//! GitLab: the code quality report, a JSON list of issues in the format of Code Climate.

use std::io;

use serde::Serializer as _;
use serde_json::{Value, json};

use super::Identities;
use super::escape::JsonWriter;
use crate::lint::Severity;
use crate::report::{Diagnostic, Report};

/// Writes one issue a finding. A finding about a whole file is at line 1.
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
