//! How a report is shown: the format, the file, and the closing line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use comity::render::{Display, Format, counted};
use comity::report::{Report, Summary};
use comity::rules;

use crate::folder::open::Trusted;
use crate::output::{self, Output, eprint_line};
use crate::write::Writer;

/// The format of findings, and where they go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ReportArgs {
    /// Output format [default: human; in GitHub Actions: github]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<Format>,
    /// Write the report to a file in this format; standard output then has the human format
    #[arg(long, value_name = "FILE", requires = "format")]
    output: Option<PathBuf>,
    /// Show at most N findings; the closing line still counts all of them
    #[arg(long, value_name = "N", value_parser = limit, allow_negative_numbers = true)]
    max_findings: Option<usize>,
    /// Count the findings by rule
    #[arg(long)]
    statistics: bool,
}

fn limit(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "it is a number from 0 on, such as 20".to_owned())
}

impl ReportArgs {
    fn format(&self) -> Format {
        self.format.unwrap_or_else(usual_format)
    }

    /// The format on standard output: with `--output`, a person reads standard output.
    fn shown(&self) -> Format {
        if self.output.is_some() { Format::Human } else { self.format() }
    }

    /// Whether an annotation on standard output would stand among lines, not inside a document.
    pub(crate) fn takes_annotations(&self) -> bool {
        let format = self.shown();
        format == Format::Github || format.is_for_people()
    }

    /// Opens the file of `--output` before the check, whose work would be lost if the file could not be written. The file
    /// keeps its content until the report is written.
    pub(crate) fn open(&self, trusted: &Trusted) -> anyhow::Result<Option<Target>> {
        let Some(path) = self.output.clone() else { return Ok(None) };
        let writer = Writer::file_or_stream(trusted, &path);
        let writer = writer.with_context(|| format!("{} could not be opened for writing", path.display()))?;
        Ok(Some(Target { writer, path }))
    }

    /// Writes the report and the closing line.
    pub(crate) fn write(
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
            statistics.lines().chain([closing]).for_each(eprint_line);
        }
        Ok(())
    }
}

/// A file to write a report into.
#[derive(Debug)]
pub(crate) struct Target {
    writer: Writer,
    path: PathBuf,
}

impl Target {
    fn write(mut self, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let written = render(&mut self.writer).and_then(|()| self.writer.finish());
        written.with_context(|| format!("{} could not be written", self.path.display()))
    }
}

/// A writer that keeps the first bytes, up to a limit.
struct TruncatingWriter {
    bytes: Vec<u8>,
    limit: usize,
    is_all: bool,
}

impl TruncatingWriter {
    fn of(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit, is_all: true }
    }

    /// The kept bytes. Where some were dropped, the last partial line is dropped too and a hint is added.
    fn cut(mut self) -> Vec<u8> {
        if !self.is_all {
            let end = self.bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
            self.bytes.truncate(end);
            self.bytes.extend_from_slice(b"\n\n`comity check` shows the rest.\n");
        }
        self.bytes
    }
}

impl Write for TruncatingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.limit - self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..taken]);
        self.is_all &= taken == bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Appends the whole report to the step summary of GitHub Actions, which takes at most one MiB.
fn step_summary(report: &Report, in_actions: bool) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let mut writer = TruncatingWriter::of(1_000_000);
    let display = Display { colour: false, width: 120, in_actions };
    Format::Markdown.render(report, display, &mut writer)?;
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|mut file| file.write_all(&writer.cut()));
    written.with_context(|| format!("the step summary {} could not be written", PathBuf::from(path).display()))
}

/// A line a rule with its number of findings, the most frequent rule first.
fn statistics(report: &Report) -> String {
    let mut counts: BTreeMap<&str, usize> = report.summary.unreported.by_rule.clone();
    for diagnostic in &report.diagnostics {
        *counts.entry(diagnostic.rule.code).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let rows: Vec<String> = rows.into_iter().map(|(code, count)| format!("{count:7}  {code}\n")).collect();
    rows.concat()
}

/// Parses the name of a format; the help lists all names with their summaries.
fn formats() -> impl TypedValueParser<Value = Format> {
    let named = |format: Format| PossibleValue::new(format.name()).help(format.summary());
    let find = |name: String| Format::ALL.into_iter().find(|format| format.name() == name);
    PossibleValuesParser::new(Format::ALL.map(named)).try_map(move |name| find(name).ok_or("no such format"))
}

fn usual_format() -> Format {
    if output::in_actions() { Format::Github } else { Format::Human }
}

/// The closing line of every run: what was checked, what was found, and what was not checked.
pub(crate) fn closing(report: &Report, seconds: f64) -> String {
    let summary = &report.summary;
    let found = match (summary.errors, summary.warnings, summary.notes) {
        (0, 0, 0) if summary.is_clean() => "nothing to fix".to_owned(),
        (0, 0, 0) => "no finding to show".to_owned(),
        (errors, warnings, notes) => {
            let levels = [(errors, "error"), (warnings, "warning"), (notes, "note")];
            let levels: Vec<String> =
                levels.into_iter().filter(|(n, _)| *n > 0).map(|(n, level)| counted(n, level)).collect();
            let fixable = if summary.fixable > 0 { format!(", {} fixable", summary.fixable) } else { String::new() };
            format!("{}{fixable}", levels.join(", "))
        }
    };
    let not_shown = match summary.unreported.total() {
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
        n => format!("; {} not run", counted(n, "rule")),
    };
    let exceptions = match summary.new_exceptions {
        0 => String::new(),
        n => format!("; {} that the base does not have", counted(n, "exception")),
    };
    format!(
        "checked {} of {} against {} in {seconds:.2} s: {found}{not_shown}; {skipped}{exceptions}{off}{}",
        counted(summary.records, "record"),
        counted(summary.kinds, "kind"),
        counted(summary.rules, "rule"),
        failure(summary),
    )
}

/// Why a run without an error fails, and what to do.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_after_a_line_and_between_characters() {
        let cut = |limit: usize, pieces: &[&str]| {
            let mut writer = TruncatingWriter::of(limit);
            pieces.iter().for_each(|piece| writer.write_all(piece.as_bytes()).expect("memory takes it"));
            String::from_utf8(writer.cut()).expect("UTF-8")
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
