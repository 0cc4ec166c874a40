//! GitHub Actions: annotations, as workflow commands. GitHub shows at most ten annotations of one level for a step: findings
//! in changed files come first, and the tenth annotation says how many more there are.

use std::io;

use comity_document::input::Position;

use super::{RunnerWriter, Syntax, counted, visible};
use crate::lint::Severity;
use crate::report::{Diagnostic, Report};

/// How many annotations of one level GitHub shows for a step.
const SHOWN: usize = 10;

/// Writes one workflow command a finding, a line each, and one for a run that fails without an error. GitHub's runner may read
/// the output wherever it is written, so no other command may stand inside a command.
pub fn github(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let out: &mut dyn io::Write = &mut RunnerWriter::new(out, Syntax::Commands);
    for (severity, command) in [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "notice")]
    {
        let mut all: Vec<&Diagnostic> =
            report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).collect();
        all.sort_by_key(|diagnostic| !diagnostic.changed);
        let is_all = all.len() <= SHOWN && !report.summary.unreported.by_severity.contains_key(&severity);
        let shown = if is_all { all.len() } else { all.len().min(SHOWN - 1) };
        all[..shown].iter().try_for_each(|diagnostic| annotate(command, diagnostic, out))?;
        let more = all.len() - shown + report.summary.unreported.of(severity);
        if more > 0 {
            let more = format!("and {} of this level; `comity check` shows them", counted(more, "more finding"));
            writeln!(out, "::{command}::{}", data(&more))?;
        }
    }
    report.summary.failure().map_or(Ok(()), |why| writeln!(out, "::error::{}", data(why)))
}

fn annotate(command: &str, diagnostic: &Diagnostic, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "::{command} file={}", property(&visible(&diagnostic.location.path)))?;
    if let Some(quoted) = diagnostic.location.quoted {
        write!(out, ",line={},endLine={},col={}", quoted.start.line, quoted.end.line, quoted.start.column)?;
        // GitHub takes a last column only on one line.
        if quoted.start.line == quoted.end.line {
            write!(out, ",endColumn={}", quoted.end.column)?;
        }
    }
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\n{}", visible(help)));
    let message = format!("{}{help}\n{}", visible(&diagnostic.message), diagnostic.rule.why);
    writeln!(out, ",title={}::{}", property(diagnostic.rule.code), data(&message))
}

/// Writes an error annotation for a place that no report speaks of, such as a fault in `dataset.json`.
pub fn annotation(path: &str, at: Position, message: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let (path, message) = (property(&visible(path)), data(&visible(message)));
    let out: &mut dyn io::Write = &mut RunnerWriter::new(out, Syntax::Commands);
    writeln!(out, "::error file={path},line={},col={}::{message}", at.line, at.column)
}

/// Escapes the text of a command: a line break would end the command and begin another.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
