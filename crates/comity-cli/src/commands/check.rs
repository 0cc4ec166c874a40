//! `comity check`: the main job.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use comity::check::ProseRetention;
use comity::dataset::Dataset;
use comity::fix::{FixOutcome, Reason, RejectedFix};
use comity::lint::Check;
use comity::policy::Policy;
use comity::render;
use comity::report::Report;
use comity::rules::{self, RULES};
use comity::value::{Bounds, Day, Edtf, StringFormat};

use super::{Done, End};
use crate::clock::today;
use crate::fixes::Fixer;
use crate::load::{Loaded, Overlay, Roots, manifest, records, revision};
use crate::output::{Output, eprint_line};
use crate::report_args::{ReportArgs, closing, counted};
use crate::watch::Saves;

/// What `comity check` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status:\n  0  no error, and every file was checked to the end\n  1  an error, or a file that was not checked to the end, or no record to check\n  2  the check could not run\n\nExamples:\n  comity check                                   the whole dataset\n  comity check data/event/rabat-seminar-2019.json   one record\n  comity check --unsafe-fixes --diff              show what would be mended, and change nothing\n  comity explain missing-field                    what a rule is about"
)]
pub(crate) struct CheckArgs {
    /// Files or folders to report on; `-` reads records from standard input [default: the whole dataset above or below
    /// the current folder]
    paths: Vec<PathBuf>,
    /// The day that counts as today, for rules that ask whether something lies in the future
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Day>,
    /// Check again at each save, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    watch: bool,
    #[command(flatten)]
    fixes: FixArgs,
    #[command(flatten)]
    report: ReportArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    history: HistoryArgs,
}

/// What is compared with an earlier state.
#[derive(Debug, Args)]
#[command(next_help_heading = "What has changed")]
struct HistoryArgs {
    /// Also run the rules that compare with an earlier revision: a branch, a tag or a commit. The levels of rules are
    /// then those of that revision
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Report only what the change brings: findings that the earlier revision did not have, and all findings in records
    /// that cannot be read and have changed
    #[arg(long, requires = "base")]
    changed_only: bool,
}

/// What is mended.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is mended")]
struct FixArgs {
    /// Mend what can be mended without changing what a record says
    #[arg(long)]
    fix: bool,
    /// Also apply suggestions, which a person should look at
    #[arg(long)]
    unsafe_fixes: bool,
    /// Change nothing; show what would be changed
    #[arg(long)]
    diff: bool,
}

/// Which rules speak, and how loud.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which rules speak")]
struct RuleArgs {
    /// Run only these rules, audit rules and rules that are off among them (may be given more than once)
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these rules (may be given more than once)
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Also run the audit rules, which say how good a record is rather than whether it is right
    #[arg(long)]
    audit: bool,
    /// Also tell what is only possibly wrong, as notes: where a `?` or a `~` leaves it open
    #[arg(long)]
    possible: bool,
    /// Let warnings block a merge too
    #[arg(long)]
    warnings_as_errors: bool,
}

impl RuleArgs {
    /// The dataset's policy with what the command line says on top.
    fn policy(&self, dataset: &Dataset) -> Policy {
        Policy {
            select: self.select.iter().cloned().collect(),
            ignore: self.ignore.iter().cloned().collect(),
            audit: self.audit,
            possible: self.possible,
            warnings_as_errors: self.warnings_as_errors,
            ..Policy::of(dataset)
        }
    }

    /// Refuses what would silently check nothing: a rule that does not exist, or that needs an earlier revision.
    fn verify(&self, has_base: bool) -> anyhow::Result<()> {
        if let Some(code) = self.select.iter().chain(&self.ignore).find(|code| rules::find(code).is_none()) {
            anyhow::bail!(manifest::unknown_rule(code));
        }
        let over_history = |code: &&String| {
            let mut rules = RULES.iter().filter(|(rule, _)| rule.code == **code);
            rules.any(|(_, check)| matches!(check, Check::History(_)))
        };
        if let Some(code) = self.select.iter().find(over_history).filter(|_| !has_base) {
            anyhow::bail!("`{code}` compares with an earlier revision; say which with --base REV");
        }
        Ok(())
    }
}

pub(crate) fn run(args: &CheckArgs, output: &mut Output) -> Done {
    let begun = Instant::now();
    args.rules.verify(args.history.base.is_some())?;
    let roots = Roots::find(&args.paths)?;
    if args.watch {
        return watch(args, roots, output);
    }
    let run = CheckRun { args, roots, today: args.today()? };
    args.fixes.verify(&run)?;
    let target = args.report.open(&run.roots.trusted)?;
    let mended = args.fixes.apply(&run, output)?;
    let (loaded, mut report) = run.check(&Overlay::new(), Limit::Report)?;
    loaded.note_left_over();
    // The process is about to end; to free a million records one by one takes longer than that.
    std::mem::forget(loaded);
    let clean = report.summary.is_clean() && !(args.fixes.diff && mended > 0);
    let closing = closing(&report, begun.elapsed().as_secs_f64());
    if args.fixes.diff {
        eprint_line(&closing);
    } else {
        args.report.tell(&mut report, &closing, target, output)?;
    }
    Ok(if clean { End::Clean } else { End::Findings })
}

/// Checks again at each save. What cannot run at first ends as it does without `--watch`; later, a `dataset.json` that is
/// only half written is waited for.
fn watch(args: &CheckArgs, roots: Roots, output: &mut Output) -> Done {
    let mut saves = Saves::of(&roots)?;
    let mut run = CheckRun { args, roots, today: args.today()? };
    let (mut seen, mut trouble) = (None, String::new());
    loop {
        let begun = Instant::now();
        run.today = args.today()?;
        match run.check(&Overlay::new(), Limit::Report) {
            Ok((loaded, mut report)) => {
                // A file that was only touched is no news.
                let mut told = Vec::new();
                render::concise(&report, &mut told)?;
                let now = (loaded.fingerprints(), told, closing(&report, 0.0));
                if seen.as_ref() != Some(&now) {
                    output.clear()?;
                    let closing = closing(&report, begun.elapsed().as_secs_f64());
                    let target = args.report.open(&run.roots.trusted)?;
                    args.report.tell(&mut report, &closing, target, output)?;
                    output.flush()?;
                    loaded.note_left_over();
                    eprint_line("waiting for the next save; Ctrl-C ends");
                }
                seen = Some(now);
                trouble.clear();
            }
            Err(error) if seen.is_none() && trouble.is_empty() => return Err(error),
            Err(error) => {
                let now = format!("error: {error:#}");
                if now != trouble {
                    output.clear()?;
                    output.flush()?;
                    eprint_line(&now);
                    eprint_line("waiting until that is mended; Ctrl-C ends");
                }
                (seen, trouble) = (None, now);
            }
        }
        saves.wait()?;
    }
}

impl CheckArgs {
    /// The day that counts as today.
    fn today(&self) -> anyhow::Result<Day> {
        self.today.map_or_else(today, Ok)
    }
}

/// One run: what to read, and as of which day.
struct CheckRun<'a> {
    args: &'a CheckArgs,
    roots: Roots,
    today: Day,
}

/// How many findings a check tells one by one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// As many as a report holds.
    Report,
    /// All, to choose fixes by.
    None,
}

impl CheckRun<'_> {
    /// Reads and checks the dataset, with other texts in the place of some files'.
    fn check(&self, overlay: &Overlay, limit: Limit) -> anyhow::Result<(Loaded, Report)> {
        let loaded = Loaded::read_over(&self.roots, self.today, overlay, ProseRetention::Dropped)?;
        let base = self.args.history.base.as_deref().map(|revision| self.base(revision)).transpose()?;
        // A change must not switch off the rule it breaks: with a base, the base sets the levels of rules.
        let policy = Policy {
            unlimited: limit == Limit::None,
            changed_only: self.args.history.changed_only,
            ..self.args.rules.policy(base.as_ref().unwrap_or(&loaded.dataset))
        };
        let report = comity::check(&loaded.dataset, base.as_ref(), &policy);
        Ok((loaded, report))
    }

    /// The dataset as it was at a revision.
    fn base(&self, revision: &str) -> anyhow::Result<Dataset> {
        let (root, shown) = self.roots.root.as_ref().context("--base compares a dataset, and there is none here")?;
        revision::read(root, shown, revision, self.today)
    }
}

impl FixArgs {
    fn is_asked_for(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    /// Refuses to mend what is no record, before anything is read.
    fn verify(&self, run: &CheckRun<'_>) -> anyhow::Result<()> {
        if !self.is_asked_for() {
            return Ok(());
        }
        if run.roots.reads_stdin() {
            anyhow::bail!("files are mended in place; standard input cannot be");
        }
        records::only(&run.roots)
    }

    /// Mends what can be mended, and says so. Returns how many findings are, or would be, mended.
    fn apply(&self, run: &CheckRun<'_>, output: &mut Output) -> anyhow::Result<usize> {
        if !self.is_asked_for() {
            return Ok(0);
        }
        let trusted = &run.roots.trusted;
        let mending = Fixer::of(trusted, self.unsafe_fixes, &|overlay| run.check(overlay, Limit::None))?;
        let FixOutcome { after, fixed, refused, .. } = &mending.outcome;
        refused.iter().take(REFUSED).for_each(|fix| eprint_line(&left_out(fix)));
        if refused.len() > REFUSED {
            eprint_line(&format!("and {} not applied", counted(refused.len() - REFUSED, "more suggestion")));
        }
        let (findings, files) = (counted(*fixed, "finding"), counted(after.len(), "file"));
        if self.diff {
            output.write(&mending.diff())?;
            eprint_line(&format!("{findings} would be mended in {files}"));
        } else {
            mending.write(trusted)?;
            eprint_line(&format!("mended {findings} in {files}"));
        }
        Ok(*fixed)
    }
}

/// How many fixes that were not applied are shown one by one.
const REFUSED: usize = 100;

/// Why a fix was not applied.
fn left_out(fix: &RejectedFix) -> String {
    let (path, what, line) = (render::visible(&fix.path), render::visible(&fix.what), fix.line);
    let at = if line > 1 { format!("{path}:{line}") } else { path };
    match fix.reason {
        Reason::Harmful => format!("left as it is: {at}: to {what} would lead to another fault ({})", fix.rule),
        Reason::Untried => {
            format!("not tried: {at}: to {what}; too many other fixes lead to other faults ({})", fix.rule)
        }
    }
}

fn day(text: &str) -> Result<Day, String> {
    // clap shows the reason as it is, with what it quotes.
    let date = Edtf::parse(text).map_err(|error| render::visible(&error.to_string()))?;
    match date.bounds() {
        Bounds { earliest, latest, sure: true } if earliest == latest => Ok(earliest),
        _ => Err(format!("`{}` is not one day; write it as 2019-01-22", render::visible(text))),
    }
}
