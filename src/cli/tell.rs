//! How a report is told: in which format, to whom, and what the last line says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
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
    #[arg(long, value_name = "N")]
    max_findings: Option<usize>,
    /// Count the findings by rule
    #[arg(long)]
    statistics: bool,
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
    /// The report in this format. `colour` and `width` are for people only.
    fn render(self, report: &Report, colour: bool, width: usize) -> String {
        match self {
            Self::Human => render::human(report, colour, width),
            Self::Concise => render::concise(report),
            Self::Json => render::json(report),
            Self::Github => render::github(report),
            Self::Gitlab => render::gitlab(report),
            Self::Sarif => render::sarif(report),
            Self::Junit => render::junit(report),
            Self::Markdown => render::markdown(report),
        }
    }

    /// Whether a person reads it, so that the closing line may follow it.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Concise)
    }
}

impl Telling {
    fn format(&self) -> Format {
        self.format.unwrap_or_else(usual_format)
    }

    /// The format on standard output: what goes into a file leaves it to a person.
    pub(super) fn shown(&self) -> Format {
        if self.output.is_some() { Format::Human } else { self.format() }
    }

    /// Writes the report.
    pub(super) fn tell(&self, report: &mut Report, output: &mut Output) -> anyhow::Result<()> {
        if let Some(path) = &self.output {
            let text = self.format().render(report, false, 120);
            fs::write(path, text).with_context(|| format!("{} could not be written", path.display()))?;
        }
        step_summary(report)?;
        let statistics = if self.statistics { statistics(report) } else { String::new() };
        let more = self.max_findings.map_or(0, |most| report.diagnostics.len().saturating_sub(most));
        report.diagnostics.truncate(report.diagnostics.len() - more);
        let format = self.shown();
        output.write(&format.render(report, output.colour, output.width))?;
        if more > 0 && format.is_for_people() {
            output.write(&format!("and {} not shown\n", counted(more, "more finding")))?;
        }
        if format.is_for_people() {
            output.write(&statistics)?;
        } else if !statistics.is_empty() {
            complain(statistics.trim_end());
        }
        Ok(())
    }
}

/// In GitHub Actions, the page of the run gets the whole report.
fn step_summary(report: &Report) -> anyhow::Result<()> {
    /// GitHub refuses a summary over one MiB.
    const LIMIT: usize = 1_000_000;
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    let text = cut(render::markdown(report), LIMIT);
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    written.with_context(|| format!("the step summary {} could not be written", PathBuf::from(path).display()))
}

/// A text of at most so many bytes, and what a reader does for the rest.
fn cut(mut text: String, limit: usize) -> String {
    if text.len() > limit {
        let end = text[..text.floor_char_boundary(limit)].rfind('\n').unwrap_or(0);
        text.truncate(end);
        text.push_str("\n\n`comity check` shows the rest.\n");
    }
    text
}

/// Findings by rule, most first.
fn statistics(report: &Report) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        *counts.entry(diagnostic.rule.code).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let mut out = String::new();
    for (code, count) in rows {
        let _ = writeln!(out, "{count:7}  {code}");
    }
    out
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
        "checked {} of {} against {} in {seconds:.2} s: {found}; {skipped}{off}",
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
    use super::cut;

    #[test]
    fn a_text_is_cut_behind_a_line_and_between_characters() {
        let text = "é𝒳\nعع\n".to_owned();
        for (limit, left) in [(0, ""), (5, ""), (6, ""), (7, "é𝒳"), (9, "é𝒳"), (11, "é𝒳")] {
            assert_eq!(cut(text.clone(), limit), format!("{left}\n\n`comity check` shows the rest.\n"), "{limit}");
        }
        assert_eq!(cut(text.clone(), text.len()), text);
    }
}
