//! One line a finding, for editors and for grep: `path:line:column: severity[rule]: message; help`.

use std::fmt::Write as _;

use super::visible;
use crate::report::Report;

/// All findings, a line each.
pub fn concise(report: &Report) -> String {
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let (line, column) =
            diagnostic.location.quoted.map_or((1, 1), |quoted| (quoted.start.line, quoted.start.column));
        let path = one_line(&diagnostic.location.path);
        let (severity, code) = (diagnostic.severity, diagnostic.rule.code);
        let _ = write!(out, "{path}:{line}:{column}: {severity}[{code}]: {}", one_line(&diagnostic.message));
        if let Some(help) = &diagnostic.help {
            let _ = write!(out, "; {}", one_line(help));
        }
        out.push('\n');
    }
    out
}

fn one_line(text: &str) -> String {
    visible(text).replace('\n', "\\n")
}
