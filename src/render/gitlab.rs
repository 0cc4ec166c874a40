//! GitLab: the code quality report, a JSON list of issues in the format of Code Climate.

use std::io;

use comity_document::input::fingerprint;
use serde::Serializer as _;
use serde_json::{Value, json};

use super::Identities;
use super::escape::JsonWriter;
use super::of_run::{OfRun, of_run};
use crate::lint::Severity;
use crate::report::Report;

/// Writes one issue a finding, then what there is to say of the whole run. What is about no line is at line 1.
pub fn gitlab(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut identities = Identities::default();
    let found = report.diagnostics.iter().map(|diagnostic| {
        let line = diagnostic.location.quoted.map_or(1, |quoted| quoted.start.line);
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
        Issue {
            code: diagnostic.rule.code,
            description: format!("{}{help}", diagnostic.message),
            severity: match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            identity: identities.next(diagnostic),
            path: &diagnostic.location.path,
            line,
        }
    });
    let of_run = of_run(report).into_iter().map(|OfRun { code, fails, text, .. }| Issue {
        identity: format!("{:032x}", fingerprint(code)),
        code,
        description: text,
        severity: if fails { "major" } else { "info" },
        // GitLab takes no issue without a path.
        path: ".",
        line: 1,
    });
    serde_json::Serializer::new(JsonWriter(out)).collect_seq(found.chain(of_run).map(Issue::json))?;
    writeln!(out)
}

struct Issue<'a> {
    code: &'static str,
    description: String,
    severity: &'static str,
    identity: String,
    path: &'a str,
    line: u32,
}

impl Issue<'_> {
    fn json(self) -> Value {
        json!({
            "type": "issue",
            "check_name": self.code,
            "description": self.description,
            "categories": ["Bug Risk"],
            "severity": self.severity,
            "fingerprint": self.identity,
            "location": { "path": self.path, "lines": { "begin": self.line } }
        })
    }
}
