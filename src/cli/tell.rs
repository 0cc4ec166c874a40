//! How a report is told: in which format, to whom, and what the last line says.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::output::{Output, complain};
use crate::render;
use crate::report::Report;
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

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the text each finding stands in
    Human,
    /// A line each
    Concise,
    /// The report as JSON, version 1
    Json,
    /// Annotations for GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// `JUnit` XML, for CI servers
    Junit,
    /// Markdown, for a pull request
    Markdown,
}

impl Format {
    /// Writes the report in this format. `colour` and `width` are for people only.
    fn render(self, report: &Report, colour: bool, width: usize, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Human => render::human(report, colour, width, out),
            Self::Concise => render::concise(report, out),
            Self::Json => render::json(report, out),
            Self::Github => render::github(report, out),
            Self::Gitlab => render::gitlab(report, out),
            Self::Sarif => render::sarif(report, out),
            Self::Junit => render::junit(report, out),
            Self::Markdown => render::markdown(report, out),
        }
    }

    /// Whether a person reads it, so that the closing line may follow it.
    fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Concise)
    }
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
    pub(super) fn open(&self) -> anyhow::Result<Option<Target>> {
        let Some(path) = self.output.clone() else { return Ok(None) };
        let file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = file.with_context(|| format!("{} could not be opened for writing", path.display()))?;
        Ok(Some(Target { file, path }))
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
            target.write(|out| self.format().render(report, false, 120, out))?;
        }
        step_summary(report)?;
        let statistics = if self.statistics { statistics(report) } else { String::new() };
        let more = self.max_findings.map_or(0, |most| report.diagnostics.len().saturating_sub(most));
        report.diagnostics.truncate(report.diagnostics.len() - more);
        let format = self.shown();
        format.render(report, output.colour, output.width, &mut output.stream)?;
        if more > 0 && format.is_for_people() {
            output.write(&format!("and {} not shown\n", counted(more, "more finding")))?;
        }
        if format.is_for_people() {
            output.write(&format!("{statistics}{closing}\n"))?;
        } else {
            complain(&format!("{statistics}{closing}"));
        }
        Ok(())
    }
}

/// A file to write a report into.
#[derive(Debug)]
pub(super) struct Target {
    file: fs::File,
    path: PathBuf,
}

impl Target {
    fn write(self, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let write = || {
            // A pipe or a terminal has no length.
            if self.file.metadata()?.is_file() {
                self.file.set_len(0)?;
            }
            let mut out = io::BufWriter::new(&self.file);
            render(&mut out)?;
            out.flush()
        };
        write().with_context(|| format!("{} could not be written", self.path.display()))
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
fn step_summary(report: &Report) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let mut beginning = Beginning::of(1_000_000);
    render::markdown(report, &mut beginning)?;
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
    if std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") { Format::Github } else { Format::Human }
}

/// The last line of every run: what was checked, and what was not.
pub(super) fn closing(report: &Report, seconds: f64) -> String {
    let summary = &report.summary;
    let found = match (summary.errors, summary.warnings, summary.notes) {
        (0, 0, 0) => "nothing to mend".to_owned(),
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
    let skipped = match summary.skipped.len() {
        0 => "nothing skipped".to_owned(),
        n => format!("{} not checked to the end", counted(n, "file")),
    };
    let switched_off: Vec<&str> =
        summary.not_checked.iter().copied().filter(|code| !rules::find(code).is_some_and(|rule| rule.audit)).collect();
    let off = match switched_off.len() {
        0 => String::new(),
        1..=8 => format!("; not run: {}", switched_off.join(", ")),
        n => format!("; {n} rules not run"),
    };
    format!(
        "checked {} of {} against {} in {seconds:.2} s: {found}{not_shown}; {skipped}{off}",
        counted(summary.records, "record"),
        counted(summary.kinds, "kind"),
        counted(summary.rules, "rule"),
    )
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
