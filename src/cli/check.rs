//! `comity check`: the main job.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::output::{Output, complain};
use super::{Done, End, Loaded, Roots, history};
use crate::dataset::Dataset;
use crate::finding::Place;
use crate::policy::{Judged, Policy, judge};
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
    /// The day that counts as today, for rules that ask whether something lies in the future
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Day>,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    history: History,
}

/// What is compared with an earlier state.
#[derive(Debug, Args)]
#[command(next_help_heading = "What has changed")]
struct History {
    /// Also run the rules that compare with an earlier revision: a branch, a tag or a commit. The levels of rules are
    /// then those of that revision
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Report only what the change brings: findings that the earlier revision did not have
    #[arg(long, requires = "base")]
    changed_only: bool,
}

/// How findings are told.
#[derive(Debug, Args)]
#[command(next_help_heading = "How findings are told")]
struct Telling {
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

/// Which rules speak, and how loud.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which rules speak")]
struct Choice {
    /// Run only this rule (may be given more than once)
    #[arg(long, value_name = "RULE")]
    select: Vec<String>,
    /// Do not run this rule (may be given more than once)
    #[arg(long, value_name = "RULE")]
    ignore: Vec<String>,
    /// Also run the audit rules, which say how good a record is rather than whether it is right
    #[arg(long)]
    audit: bool,
    /// Let warnings block a merge too
    #[arg(long)]
    warnings_as_errors: bool,
}

impl Choice {
    /// The dataset's policy with what the command line says on top.
    fn policy(&self, dataset: &Dataset) -> anyhow::Result<Policy> {
        let mut policy = Policy::of(dataset);
        policy.select.extend(self.select.iter().cloned());
        policy.ignore.extend(self.ignore.iter().cloned());
        policy.audit = self.audit;
        policy.warnings_as_errors = self.warnings_as_errors;
        if let Some(code) = policy.unknown_codes().next() {
            let near = rules::nearest(code, rules::RULES.iter().map(|(rule, _)| rule.code));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            anyhow::bail!("there is no rule `{code}`{hint}");
        }
        Ok(policy)
    }
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
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
    /// JUnit XML, for CI servers
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
    fn is_for_people(self) -> bool {
        matches!(self, Self::Human | Self::Concise)
    }
}

pub(super) fn run(args: &CheckArgs, output: &mut Output) -> Done {
    let begun = Instant::now();
    let (roots, today) = (Roots::find(&args.paths)?, args.today.map_or_else(today, Ok)?);
    let mut loaded = Loaded::read(&roots, today)?;
    let mut report = match &args.history.base {
        None => {
            let policy = args.choice.policy(&loaded.dataset)?;
            let judged = judged(&mut loaded, None, &policy);
            located(&loaded, judged, &policy)
        }
        Some(revision) => {
            let (root, shown) = roots.root.as_ref().context("--base compares a dataset, and there is none here")?;
            let mut base = history::read(root, shown, revision, today)?;
            // A change must not switch off the rule it breaks.
            let policy = Policy { history: true, ..args.choice.policy(&base.dataset)? };
            let mut judged = judged(&mut loaded, Some(&base.dataset), &policy);
            if args.history.changed_only {
                let before = self::judged(&mut base, None, &policy);
                let before: HashSet<_> = before.iter().map(|judged| identity(judged, &base.dataset)).collect();
                judged.retain(|judged| !before.contains(&identity(judged, &loaded.dataset)));
            }
            located(&loaded, judged, &policy)
        }
    };
    let clean = report.summary.is_clean();
    let closing = closing(&report, begun.elapsed().as_secs_f64());
    args.telling.tell(&mut report, output)?;
    if args.telling.shown().is_for_people() {
        output.write(&(closing + "\n"))?;
    } else {
        complain(&closing);
    }
    Ok(if clean { End::Clean } else { End::Findings })
}

impl Telling {
    fn format(&self) -> Format {
        self.format.unwrap_or_else(usual_format)
    }

    /// The format on standard output: what goes into a file leaves it to a person.
    fn shown(&self) -> Format {
        if self.output.is_some() { Format::Human } else { self.format() }
    }

    fn tell(&self, report: &mut Report, output: &mut Output) -> anyhow::Result<()> {
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
    let mut text = render::markdown(report);
    if text.len() > LIMIT {
        let end = text[..LIMIT].rfind('\n').unwrap_or(0);
        text.truncate(end);
        text.push_str("\n\nThe rest is in the log of the step.\n");
    }
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    written.with_context(|| format!("the step summary {} could not be written", PathBuf::from(path).display()))
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

/// Checks a dataset that was read, by its own policy.
pub(super) fn report(mut loaded: Loaded) -> Report {
    let policy = Policy::of(&loaded.dataset);
    let judged = judged(&mut loaded, None, &policy);
    located(&loaded, judged, &policy)
}

/// Every record beside all others, in parallel, then all at once, then beside what was before.
fn judged(loaded: &mut Loaded, base: Option<&Dataset>, policy: &Policy) -> Vec<Judged> {
    let mut findings = std::mem::take(&mut loaded.findings);
    let dataset = &loaded.dataset;
    findings.par_extend(dataset.entries().par_iter().flat_map_iter(|entry| rules::over_record(entry, dataset)));
    findings.extend(rules::over_dataset(dataset));
    findings.extend(base.into_iter().flat_map(|base| rules::over_history(base, dataset)));
    judge(findings, dataset, policy)
}

fn located(loaded: &Loaded, judged: Vec<Judged>, policy: &Policy) -> Report {
    report::locate(judged, &loaded.dataset, policy, &|entry| loaded.is_named(entry), &|entry| loaded.text(entry))
}

/// What makes a finding the same in two states of a dataset: not its line.
fn identity(judged: &Judged, dataset: &Dataset) -> (&'static str, String, Place, String) {
    let finding = &judged.finding;
    let entry = dataset.get_entry(finding.entry);
    let name = entry.map_or_else(String::new, |entry| match &entry.key {
        Some(key) => key.to_string(),
        None => dataset.file(entry).path.to_string(),
    });
    (finding.rule.code, name, finding.place.clone(), finding.message.clone())
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
    let switched_off: Vec<&str> =
        summary.not_checked.iter().copied().filter(|code| !rules::find(code).is_some_and(|rule| rule.audit)).collect();
    let off = match switched_off.len() {
        0 => String::new(),
        1..=8 => format!("; switched off: {}", switched_off.join(", ")),
        n => format!("; {n} rules switched off"),
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
