//! How a report is told: in which format, to whom, and what the last line says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::open::Trusted;
use super::output::{self, Output, complain};
use super::write::Writer;
use crate::render::{Display, Format};
use crate::report::{Report, Summary};
use crate::rules;

/// How findings are told.
#[derive(Debug, Args)]
#[command(next_help_heading = "How findings are told")]
pub(super) struct Telling {
    /// The format [default: human; in GitHub Actions: github]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write the format into a file, and show a person the human one
    #[arg(long, value_name = "FILE", requires = "format")]
    output: Option<PathBuf>,
    /// Show at most so many findings; the closing line still counts them all
    #[arg(long, value_name = "N", value_parser = most, allow_negative_numbers = true)]
    max_findings: Option<usize>,
    /// Count the findings by rule
    #[arg(long)]
    statistics: bool,
}

fn most(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "it is a number from 0 on, such as 20".to_owned())
}

impl Telling {
    fn format(&self) -> Format {
        self.format.unwrap_or_else(usual_format)
    }

    /// The format on standard output: what goes into a file leaves it to a person.
    fn shown(&self) -> Format {
        if self.output.is_some() { Format::Human } else { self.format() }
    }

    /// Opens the file to write into, before the work is done that would be lost if it could not be. What is in it stays
    /// until there is something else to write.
    pub(super) fn open(&self, trusted: &Trusted) -> anyhow::Result<Option<Target>> {
        let Some(path) = self.output.clone() else { return Ok(None) };
        let writer = Writer::file_or_stream(trusted, &path);
        let writer = writer.with_context(|| format!("{} could not be opened for writing", path.display()))?;
        Ok(Some(Target { writer, path }))
    }

    /// Writes the report, and the closing line where a person reads it.
    pub(super) fn tell(
        &self,
        report: &mut Report,
        closing: &str,
        target: Option<Target>,
        output: &mut Output,
    ) -> anyhow::Result<()> {
        if let Some(target) = target {
            let display = Display { colour: false, width: 120, in_actions: output.in_actions };
            target.write(|out| self.format().render(report, display, out))?;
        }
        step_summary(report, output.in_actions)?;
        let statistics = if self.statistics { statistics(report) } else { String::new() };
        let more = self.max_findings.map_or(0, |most| report.diagnostics.len().saturating_sub(most));
        report.diagnostics.truncate(report.diagnostics.len() - more);
        let format = self.shown();
        output.report(report, format)?;
        if more > 0 && format.is_for_people() {
            output.write(&format!("and {} not shown\n", counted(more, "more finding")))?;
        }
        if format.is_for_people() {
            output.write(&format!("{statistics}{closing}\n"))?;
        } else {
            statistics.lines().chain([closing]).for_each(complain);
        }
        Ok(())
    }
}

/// A file to write a report into.
#[derive(Debug)]
pub(super) struct Target {
    writer: Writer,
    path: PathBuf,
}

impl Target {
    fn write(mut self, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let written = render(&mut self.writer).and_then(|()| self.writer.finish());
        written.with_context(|| format!("{} could not be written", self.path.display()))
    }
}

/// The beginning of what is written, up to a number of bytes.
struct Beginning {
    bytes: Vec<u8>,
    room: usize,
    is_all: bool,
}

impl Beginning {
    fn of(room: usize) -> Self {
        Self { bytes: Vec::new(), room, is_all: true }
    }

    /// What was kept: where that is not all, up to the end of a line, and what a reader does for the rest.
    fn cut(mut self) -> Vec<u8> {
        if !self.is_all {
            let end = self.bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
            self.bytes.truncate(end);
            self.bytes.extend_from_slice(b"\n\n`comity check` shows the rest.\n");
        }
        self.bytes
    }
}

impl Write for Beginning {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.room - self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..taken]);
        self.is_all &= taken == bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// In GitHub Actions, the page of the run gets the whole report, as far as GitHub takes it: at most one MiB.
fn step_summary(report: &Report, in_actions: bool) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let mut beginning = Beginning::of(1_000_000);
    let display = Display { colour: false, width: 120, in_actions };
    Format::Markdown.render(report, display, &mut beginning)?;
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|mut file| file.write_all(&beginning.cut()));
    written.with_context(|| format!("the step summary {} could not be written", PathBuf::from(path).display()))
}

/// Findings by rule, most first.
fn statistics(report: &Report) -> String {
    let mut counts: BTreeMap<&str, usize> = report.summary.untold.by_rule.clone();
    for diagnostic in &report.diagnostics {
        *counts.entry(diagnostic.rule.code).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let rows: Vec<String> = rows.into_iter().map(|(code, count)| format!("{count:7}  {code}\n")).collect();
    rows.concat()
}

fn usual_format() -> Format {
    if output::in_actions() { Format::Github } else { Format::Human }
}

/// The last line of every run: what was checked, and what was not.
pub(super) fn closing(report: &Report, seconds: f64) -> String {
    let summary = &report.summary;
    let found = match (summary.errors, summary.warnings, summary.notes) {
        (0, 0, 0) if summary.is_clean() => "nothing to mend".to_owned(),
        (0, 0, 0) => "no finding to show".to_owned(),
        (errors, warnings, notes) => {
            let told = [(errors, "error"), (warnings, "warning"), (notes, "note")];
            let told: Vec<String> =
                told.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(n, what)).collect();
            let fixable = if summary.fixable > 0 { format!(", {} fixable", summary.fixable) } else { String::new() };
            format!("{}{fixable}", told.join(", "))
        }
    };
    let not_shown = match summary.untold.total() {
        0 => String::new(),
        n => format!(", {n} of them not shown"),
    };
    let skipped: BTreeSet<&str> = summary.skipped.iter().map(|(path, _)| path.as_str()).collect();
    let skipped = match skipped.len() {
        0 => "nothing skipped".to_owned(),
        n if summary.unfinished => format!("{} not checked to the end", counted(n, "file")),
        n => format!("{} not checked to the end, as before the change", counted(n, "file")),
    };
    let switched_off: Vec<&str> =
        summary.not_checked.iter().copied().filter(|code| !rules::find(code).is_some_and(|rule| rule.audit)).collect();
    let off = match switched_off.len() {
        0 => String::new(),
        1..=8 => format!("; not run: {}", switched_off.join(", ")),
        n => format!("; {n} rules not run"),
    };
    format!(
        "checked {} of {} against {} in {seconds:.2} s: {found}{not_shown}; {skipped}{off}{}",
        counted(summary.records, "record"),
        counted(summary.kinds, "kind"),
        counted(summary.rules, "rule"),
        failure(summary),
    )
}

/// Why a run fails that shows no error, and what to do.
fn failure(summary: &Summary) -> &'static str {
    match summary {
        Summary { errors: 1.., .. } => "",
        Summary { records: 0, .. } => {
            "; this run fails because no record was checked: add a record, or name a file or folder with records"
        }
        Summary { unfinished: true, .. } => {
            "; this run fails because not every file was checked to the end: run it without --select and --ignore to see why"
        }
        _ => "",
    }
}

/// `1 record`, `2 records`.
pub(super) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("{n} {what}") } else { format!("{n} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_behind_a_line_and_between_characters() {
        let cut = |limit: usize, pieces: &[&str]| {
            let mut beginning = Beginning::of(limit);
            pieces.iter().for_each(|piece| beginning.write_all(piece.as_bytes()).expect("memory takes it"));
            String::from_utf8(beginning.cut()).expect("UTF-8")
        };
        let text = "é𝒳\nعع\n";
        for pieces in [&[text][..], &["é", "𝒳\nع", "ع\n"]] {
            for (limit, left) in [(0, ""), (5, ""), (6, ""), (7, "é𝒳"), (9, "é𝒳"), (11, "é𝒳")] {
                assert_eq!(cut(limit, pieces), format!("{left}\n\n`comity check` shows the rest.\n"), "{limit}");
            }
            assert_eq!(cut(text.len(), pieces), text);
        }
    }
}
