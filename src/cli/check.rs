//! `comity check`: the main job.

use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::output::{Output, complain};
use super::{Done, End, Loaded, Roots};
use crate::policy::{Policy, judge};
use crate::render;
use crate::report::{self, Report};
use crate::rules;
use crate::value::{Bounds, Day, Edtf, Shaped};

/// What `comity check` takes.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files or folders to report on; `-` reads records from standard input [default: the whole dataset above or below
    /// the current folder]
    paths: Vec<PathBuf>,
    /// How to tell what was found [default: human; in GitHub Actions: github]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// The day that counts as today, for rules that ask whether something lies in the future
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Day>,
}

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the text each stands in
    Human,
    /// A line each
    Concise,
    /// The report as JSON, version 1
    Json,
    /// Annotations for GitHub Actions
    Github,
}

pub(super) fn run(args: &CheckArgs, output: &mut Output) -> Done {
    let begun = Instant::now();
    let loaded = Loaded::read(&Roots::find(&args.paths)?, args.today.map_or_else(today, Ok)?)?;
    let report = report(loaded)?;
    let format = args.format.unwrap_or_else(usual_format);
    output.write(&match format {
        Format::Human => render::human(&report, output.colour, output.width),
        Format::Concise => render::concise(&report),
        Format::Json => render::json(&report),
        Format::Github => render::github(&report),
    })?;
    let closing = closing(&report, begun.elapsed().as_secs_f64());
    match format {
        Format::Human | Format::Concise => output.write(&(closing + "\n"))?,
        Format::Json | Format::Github => complain(&closing),
    }
    Ok(if report.summary.is_clean() { End::Clean } else { End::Findings })
}

/// Checks a dataset that was read: every record beside all others, in parallel, then all at once.
pub(super) fn report(mut loaded: Loaded) -> anyhow::Result<Report> {
    let policy = Policy::of(&loaded.dataset);
    if let Some(code) = policy.unknown_codes().next() {
        anyhow::bail!("dataset.json sets the level of `{code}`, and there is no such rule");
    }
    let mut findings = std::mem::take(&mut loaded.findings);
    let dataset = &loaded.dataset;
    findings.par_extend(dataset.entries().par_iter().flat_map_iter(|entry| rules::over_record(entry, dataset)));
    findings.extend(rules::over_dataset(dataset));
    let judged = judge(findings, dataset, &policy);
    Ok(report::locate(judged, dataset, &policy, &|entry| loaded.is_named(entry), &|entry| loaded.text(entry)))
}

fn usual_format() -> Format {
    if std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true") { Format::Github } else { Format::Human }
}

/// The last line of every run: what was checked, and what was not.
fn closing(report: &Report, seconds: f64) -> String {
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
    let off = if summary.not_checked.is_empty() {
        String::new()
    } else {
        format!("; switched off: {}", summary.not_checked.join(", "))
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

/// Today, by the machine's clock, in UTC.
pub(super) fn today() -> anyhow::Result<Day> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?.as_secs();
    Ok(Day::from_count(i32::try_from(seconds / 86_400).context("the clock stands beyond all calendars")?))
}

fn day(text: &str) -> Result<Day, String> {
    match Edtf::parse(text)?.bounds() {
        Bounds { earliest, latest, sure: true } if earliest == latest => Ok(earliest),
        _ => Err(format!("`{text}` is not one day; write it as 2019-01-22")),
    }
}
