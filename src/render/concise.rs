//! Concise, for editors and for grep: one line a finding, `path:line:column: severity[rule]: message; help`.

use std::io;

use super::visible;
use crate::report::Report;

/// Writes one line a finding. A finding about a whole file is at line 1, column 1.
pub fn concise(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        let (line, column) =
            diagnostic.location.quoted.map_or((1, 1), |quoted| (quoted.start.line, quoted.start.column));
        let path = visible(&diagnostic.location.path);
        let (severity, code) = (diagnostic.severity, diagnostic.rule.code);
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("; {}", visible(help)));
        writeln!(out, "{path}:{line}:{column}: {severity}[{code}]: {}{help}", visible(&diagnostic.message))?;
    }
    Ok(())
}
