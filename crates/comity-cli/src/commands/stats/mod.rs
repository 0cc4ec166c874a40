//! `comity stats`: counts, with bars in a terminal.

mod page;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use comity::dataset::Coverage;
use comity::export;
use comity::query::frame::FrameCell;
use comity::query::grounds::Grounds;
use comity::query::stats::Stats;
use comity::render::visible;

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::folder::open::Trusted;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::{Output, is_terminal};
use crate::write;

const STATUS: &str = "Exit status:
  0  done
  1  with --check: the counts in the page are not those of the records
  2  the command could not run";

const EXAMPLES: &str = "Examples:
  comity stats
  comity stats --into data/README.md           the counts in a page, between its two marks
  comity stats --into data/README.md --check   whether they are those of the records";

/// What `comity stats` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    dataset: DatasetArgs,
    /// Output format [default: table; with --into: markdown]
    #[arg(long, value_name = "FORMAT")]
    format: Option<StatsFormat>,
    /// Put the counts into a Markdown page, between the lines `<!-- stats -->` and `<!-- /stats -->`
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Change nothing; exit with 1 where the counts in the page are not those of the records
    #[arg(long, requires = "into")]
    check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatsFormat {
    /// For a terminal
    Table,
    /// For a page, with a table a section
    Markdown,
    /// For programs: version 1 of schema/stats.schema.json
    Json,
}

impl StatsFormat {
    /// What would stand in a page that is not Markdown.
    fn no_page(self) -> Option<&'static str> {
        match self {
            Self::Table => Some("a table for a terminal"),
            Self::Json => Some("JSON"),
            Self::Markdown => None,
        }
    }
}

/// The name of the count of withdrawn records.
const WITHDRAWN: &str = "withdrawn, in no other count";

/// A heading and its rows, each a name with a count.
type Section = (&'static str, Vec<(String, usize)>);

pub(crate) fn run(args: &StatsArgs, output: &mut Output) -> Done {
    let format = args.format.unwrap_or(if args.into.is_some() { StatsFormat::Markdown } else { StatsFormat::Table });
    if let (Some(_), Some(refused)) = (&args.into, format.no_page()) {
        bail!("--into writes into a Markdown page, which {refused} would break; leave out --format");
    }
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    let loaded = Loaded::read(&roots, today()?)?;
    let stats = Stats::of(&loaded.dataset);
    let unread = loaded.note_unread(&roots);
    let text = match format {
        StatsFormat::Table => table(&stats, is_terminal()),
        StatsFormat::Markdown => markdown(&stats),
        StatsFormat::Json => {
            output.json(|out| export::counts(&stats, unread, out))?;
            return Ok(End::Clean);
        }
    };
    if let Some(page) = &args.into {
        return into_page(page, &text, args.check, &roots.trusted, output);
    }
    output.write(&text)?;
    Ok(End::Clean)
}

/// Puts the counts into a page, or says whether they stand there.
fn into_page(file: &Path, text: &str, only_check: bool, trusted: &Trusted, output: &mut Output) -> Done {
    let path = trusted.absolute(file);
    let before = trusted.text(&path, u64::MAX).with_context(|| format!("{} cannot be read", file.display()))?;
    let after = page::with_counts(&before, text).with_context(|| file.display().to_string())?;
    if before == after {
        return Ok(End::Clean);
    }
    if only_check {
        let page = visible(&file.display().to_string());
        output.write(&format!(
            "the counts in {page} are not those of the records; `comity stats --into {page}` writes them\n"
        ))?;
        return Ok(End::Findings);
    }
    write::replace(trusted, &path, &before, &after)
        .with_context(|| format!("{} could not be written", file.display()))?;
    Ok(End::Clean)
}

fn sections(stats: &Stats) -> Vec<Section> {
    let by_count = |counts: &std::collections::BTreeMap<String, usize>| {
        let mut rows: Vec<_> = counts.iter().map(|(name, count)| (name.clone(), *count)).collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        rows
    };
    vec![
        ("Country", by_count(&stats.partners)),
        ("Theme", by_count(&stats.themes)),
        ("Events", grounds(stats)),
        ("First year", years(stats)),
    ]
}

/// The years in which records begin, and how many of them are only possible.
fn years(stats: &Stats) -> Vec<(String, usize)> {
    let year = |year: &Option<i32>| year.map_or_else(|| "year not known".to_owned(), |year| year.to_string());
    let mut rows: Vec<_> = stats.years.iter().map(|(key, count)| (year(key), *count)).collect();
    if stats.doubtful_years > 0 {
        rows.push(("of all years, only possible".to_owned(), stats.doubtful_years));
    }
    rows
}

/// How well events are known, a row a statement.
fn grounds(stats: &Stats) -> Vec<(String, usize)> {
    let events = &stats.events;
    let mut rows: Vec<_> =
        Grounds::ALL.into_iter().map(|class| (class.definition().to_owned(), events.of(class))).collect();
    rows.retain(|(_, count)| *count > 0);
    rows.extend(events.status.iter().map(|(status, count)| (format!("status `{status}`"), *count)));
    rows.push(("first day known exactly".to_owned(), events.exact));
    rows.push(("archived copy of a source".to_owned(), events.archived));
    rows
}

/// How much evidence supports. That a fact has evidence says little; the rows of [`grounds`] say how good it is.
fn evidence(stats: &Stats) -> String {
    let Coverage { facts, evidenced, .. } = stats.coverage;
    format!("{} of {facts} facts have no evidence.", facts - evidenced)
}

/// A cell of the frame: the events found, or that nobody searched.
fn cell(cell: FrameCell) -> String {
    match cell {
        FrameCell { surveys: 0, events: 0, .. } => "not searched".to_owned(),
        FrameCell { surveys: 0, events, .. } => format!("{events}, not searched"),
        FrameCell { surveys, events, .. } => format!("{events} ({surveys})"),
    }
}

/// The frame as a table: a row a subject, a column a period. Empty where the dataset has no survey.
fn frame(stats: &Stats) -> String {
    let mut out = String::new();
    if stats.frame.subjects.is_empty() {
        return out;
    }
    let years: Vec<String> = stats.frame.years.iter().map(|(from, until)| format!("{from}–{until}")).collect();
    let _ = writeln!(out, "\n| Searched for | {} |", years.join(" | "));
    let _ = writeln!(out, "| --- |{}", " ---: |".repeat(years.len()));
    for (subject, cells) in &stats.frame.subjects {
        let cells: Vec<String> = cells.iter().map(|one| cell(*one)).collect();
        let _ = writeln!(out, "| {subject} | {} |", cells.join(" | "));
    }
    let _ = writeln!(out, "\nEvents held, and in brackets the surveys that cover a year of the period.");
    out
}

fn table(stats: &Stats, bars: bool) -> String {
    let mut out = String::new();
    let total: usize = stats.kinds.values().map(|(count, _)| count).sum();
    let _ = writeln!(out, "{total} records");
    for (kind, (count, coverage)) in &stats.kinds {
        let _ = writeln!(out, "  {:28} {count:6}   facts {}", kind.name(), coverage.facts);
    }
    if stats.withdrawn > 0 {
        let _ = writeln!(out, "  {WITHDRAWN:28} {:6}", stats.withdrawn);
    }
    for (heading, rows) in sections(stats) {
        let highest = rows.iter().map(|(_, count)| *count).max().unwrap_or(1);
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default().max(28);
        let _ = writeln!(out, "{heading}");
        for (name, count) in rows {
            let bar = if bars { "█".repeat((count * 40).div_ceil(highest)) } else { String::new() };
            let _ = writeln!(out, "{}", format!("  {name:width$} {count:6} {bar}").trim_end());
        }
    }
    out.push_str(&frame(stats));
    let _ = writeln!(out, "{}", evidence(stats));
    out
}

fn markdown(stats: &Stats) -> String {
    let mut out = String::from("| Kind | Records | Facts |\n| --- | ---: | ---: |\n");
    for (kind, (count, coverage)) in &stats.kinds {
        let _ = writeln!(out, "| {kind} | {count} | {} |", coverage.facts);
    }
    if stats.withdrawn > 0 {
        let _ = writeln!(out, "| {WITHDRAWN} | {} | |", stats.withdrawn);
    }
    for (heading, rows) in sections(stats) {
        let _ = writeln!(out, "\n| {heading} | Records |\n| --- | ---: |");
        for (name, count) in rows {
            let _ = writeln!(out, "| {name} | {count} |");
        }
    }
    out.push_str(&frame(stats));
    let _ = writeln!(out, "\n{}", evidence(stats));
    out
}
