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
        let path = visible(&diagnostic.location.path);
        let (severity, code) = (diagnostic.severity, diagnostic.rule.code);
        let _ = write!(out, "{path}:{line}:{column}: {severity}[{code}]: {}", visible(&diagnostic.message));
        if let Some(help) = &diagnostic.help {
            let _ = write!(out, "; {}", visible(help));
        }
        out.push('\n');
    }
    out
}
