//! How a report is shown: the format, the file, and how much of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use comity::render::{Display, Format, counted};
use comity::report::Report;

use crate::folder::open::Trusted;
use crate::help;
use crate::output::{self, Output, eprint_line, is_quiet, note};
use crate::write::Writer;

/// The format of findings, and where they go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct ReportArgs {
    /// Output format [default: human; in GitHub Actions: github]
    #[arg(long, value_name = "FORMAT", value_parser = help::choices(&Format::ALL, Format::name, Format::summary))]
    format: Option<Format>,
    /// Write the report to a file, in the format of `--format` or else in that of its name: .json, .sarif, .xml
    /// or .md; standard output then has the human format
    #[arg(long, value_name = "FILE")]
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
    /// The format on standard output: with `--output`, a person reads standard output.
    fn shown(&self) -> Format {
        if self.output.is_some() { Format::Human } else { self.format.unwrap_or_else(usual_format) }
    }

    /// The flag that asks for a report, where one does.
    pub(crate) fn asked_for(&self) -> Option<&'static str> {
        let for_machines = self.format.is_some_and(|format| !format.is_for_people());
        self.output.as_ref().map(|_| "--output").or(for_machines.then_some("--format"))
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
        if is_of_dataset(&path) {
            bail!(
                "{} lies in the folder of a dataset, where only records belong; name a file elsewhere",
                path.display()
            );
        }
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let format = self.format.or_else(|| Format::of_file(name)).with_context(|| {
            format!(
                "the name `{}` does not say in which format to write; add --format, such as --format sarif",
                path.display()
            )
        })?;
        let writer = Writer::file_or_stream(trusted, &path);
        let writer = writer.with_context(|| format!("{} could not be opened for writing", path.display()))?;
        Ok(Some(Target { writer, path, format }))
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
            let format = target.format;
            target.write(|out| format.render(report, display, out))?;
        }
        step_summary(report, output.in_actions)?;
        let statistics = if self.statistics { statistics(report) } else { String::new() };
        let more = self.max_findings.map_or(0, |most| report.keep_first(most));
        let format = self.shown();
        output.report(report, format)?;
        if more > 0 && format.is_for_people() {
            output.write(&format!("and {} not shown\n", counted(more, "more finding")))?;
        }
        if is_quiet() {
            // Nobody sees the closing line, which says why a run without an error fails.
            report.summary.failure().into_iter().for_each(eprint_line);
        }
        if format.is_for_people() {
            let closing = if is_quiet() { String::new() } else { format!("{closing}\n") };
            output.write(&format!("{statistics}{closing}"))?;
        } else {
            statistics.lines().for_each(eprint_line);
            note(closing);
        }
        Ok(())
    }
}

/// Whether a path lies in the folder of a dataset, where only records belong: at most two folders below its `dataset.json`.
fn is_of_dataset(path: &Path) -> bool {
    let Ok(path) = std::path::absolute(path) else { return false };
    let folder = path.parent().unwrap_or(&path);
    // Without links and `..`.
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    folder.ancestors().take(3).any(|folder| folder.join("dataset.json").is_file())
}

/// A file to write a report into.
#[derive(Debug)]
pub(crate) struct Target {
    writer: Writer,
    path: PathBuf,
    format: Format,
}

impl Target {
    /// Removes the report of an earlier run. A run that ends without a report must leave none behind that a later step would
    /// take for its own.
    pub(crate) fn remove_earlier(self) {
        // The run fails in any case, and says why.
        let _ = self.writer.abandon();
    }

    fn write(mut self, render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        let written = render(&mut self.writer).and_then(|()| self.writer.finish());
        written.with_context(|| format!("{} could not be written", self.path.display()))
    }
}

/// Appends the report to the step summary of GitHub Actions.
fn step_summary(report: &Report, in_actions: bool) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let mut summary = Vec::new();
    let display = Display { colour: false, width: 120, in_actions };
    Format::Markdown.render(report, display, &mut summary)?;
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|mut file| file.write_all(&summary));
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

fn usual_format() -> Format {
    if output::in_actions() { Format::Github } else { Format::Human }
}
