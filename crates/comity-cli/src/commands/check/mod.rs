//! `comity check`: checks the dataset, reports the findings, and applies fixes.

mod fix_args;
mod rule_args;
mod watch;

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use clap_complete::ArgValueCompleter;
use comity::check::{Checking, Retention};
use comity::dataset::Manifest;
use comity::fix::withdraw;
use comity::policy::Policy;
use comity::render;
use comity::report::Report;
use comity::value::{Bounds, Day, Edtf, StringFormat};

use super::{Done, End};
use crate::clock::today;
use crate::closing::{closing, explain_not_run};
use crate::complete;
use crate::help;
use crate::load::manifest::ManifestFault;
use crate::load::{Kept, Loaded, Overlay, Roots, revision};
use crate::output::{Output, note};
use crate::report_args::{ReportArgs, Target};
use fix_args::FixArgs;
use rule_args::RuleArgs;

const STATUS: &str = "Exit status:
  0  no error, and every file was checked to the end; with --exit-zero, also with errors
  1  an error, or a file that was not checked to the end, or no record to check
  2  the check could not run";

const EXAMPLES: &str = "Examples:
  comity check                                      the whole dataset
  comity check data/event/rabat-seminar-2019.json   one record
  comity check --staged                             what the next commit will hold
  comity check --unsafe-fixes --diff                show all fixes, and change nothing
  comity check --output report.sarif                also a report for code scanning
  comity explain missing-field                      the documentation of a rule";

/// What `comity check` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct CheckArgs {
    /// Files or folders to report on; `-` reads records from standard input [default: the whole dataset above or below
    /// the current folder]
    paths: Vec<PathBuf>,
    /// Take standard input for this file, which need not exist: the text of an editor that is not saved yet
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// Check what the next commit will hold: the records of git's index, not those of the work tree
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "watch", "stdin_filename"])]
    staged: bool,
    /// End with 0 even where something blocks a merge
    #[arg(long)]
    exit_zero: bool,
    /// The day that counts as today, for rules that ask whether something lies in the future
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Day>,
    /// Read every file. Without this, a check of some files of a large dataset keeps summaries of the others between runs, in
    /// your cache folder, and reads those that have changed; where `CI` is set, every file is read
    #[arg(long)]
    no_cache: bool,
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

/// The comparison with an earlier revision.
#[derive(Debug, Args)]
#[command(next_help_heading = "History")]
struct HistoryArgs {
    /// Also run the rules that compare with an earlier state, and take the levels of rules from it: the commit at which
    /// the work here left a branch, a tag or a commit, as `git diff REV...` finds it
    #[arg(long, value_name = "REV", add = ArgValueCompleter::new(complete::revisions))]
    base: Option<String>,
    /// Report only findings that the earlier revision does not have, and all findings in changed records that cannot be
    /// read
    #[arg(long, requires = "base")]
    changed_only: bool,
}

pub(crate) fn run(args: &CheckArgs, output: &mut Output) -> Done {
    let done = check(args, output);
    if let Err(error) = &done
        && output.in_actions
        && args.report.takes_annotations()
        && let Some(fault) = error.downcast_ref::<ManifestFault>()
    {
        output.annotate(&fault.path, fault.at, &fault.message)?;
        output.flush()?;
    }
    done
}

fn check(args: &CheckArgs, output: &mut Output) -> Done {
    let begun = Instant::now();
    args.rules.verify(args.history.base.is_some())?;
    let roots = args.roots()?;
    if args.watch {
        return watch::watch(args, roots, output);
    }
    let run = CheckRun { args, roots, today: args.today()? };
    args.fixes.verify(&run)?;
    let target = args.report.open(&run.roots.trusted)?;
    let checked =
        args.fixes.apply(&run, output).and_then(|fixed| Ok((fixed, run.check(&Overlay::new(), Limit::Report)?)));
    let ((fixed, refused), (loaded, mut report)) = match checked {
        Ok(checked) => checked,
        Err(error) => {
            target.into_iter().for_each(Target::remove_earlier);
            return Err(error);
        }
    };
    withdraw(&refused, &mut report);
    loaded.note_left_over();
    // The process is about to end, and to free a million records one by one takes long.
    std::mem::forget(loaded);
    explain_not_run(&report.summary);
    let clean = report.summary.is_clean() && !(args.fixes.diff && fixed > 0);
    let closing = closing(&report, begun.elapsed().as_secs_f64());
    if args.fixes.diff {
        note(&closing);
    } else {
        args.report.write(&mut report, &closing, target, output)?;
    }
    Ok(if clean || args.exit_zero { End::Clean } else { End::Findings })
}

impl CheckArgs {
    /// Whether summaries may come from the cache. Fixes are chosen by checks that keep records, and make no summaries.
    fn may_use_cache(&self) -> bool {
        !self.no_cache && !self.fixes.is_asked_for()
    }

    /// The files to read.
    fn roots(&self) -> anyhow::Result<Roots> {
        let roots = match &self.stdin_filename {
            Some(file) => Roots::of_stdin(&self.paths, file)?,
            None => Roots::find(&self.paths)?,
        };
        if self.staged && roots.reads_stdin() {
            anyhow::bail!("--staged reads the index of git, and `-` reads standard input; leave out one of the two");
        }
        let roots = if self.history.base.is_some() { roots.of_change() } else { roots };
        Ok(if self.staged { roots.of_index() } else { roots })
    }

    /// The day that counts as today.
    fn today(&self) -> anyhow::Result<Day> {
        self.today.map_or_else(today, Ok)
    }
}

/// One check: the arguments, the files to read, and the day that counts as today.
struct CheckRun<'a> {
    args: &'a CheckArgs,
    roots: Roots,
    today: Day,
}

/// How many findings a check reports.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// As many as a person reads; the others are counted.
    Report,
    /// All, to choose fixes by.
    None,
}

impl CheckRun<'_> {
    /// Reads and checks the dataset. The texts of `overlay` replace those of their files.
    fn check(&self, overlay: &Overlay, limit: Limit) -> anyhow::Result<(Loaded, Report)> {
        let revision = self.args.history.base.as_deref();
        // Whether the place in a source or its words have changed is a question to both states. Fixes are tried in many
        // checks, each over other texts.
        let for_check = |today: Day, manifest: &Manifest| {
            let policy = self.args.rules.policy(Policy::stated_by(manifest));
            Checking::of(today, manifest, &policy).filter(|_| limit == Limit::Report)
        };
        let kept = if revision.is_some() {
            Kept::Everything
        } else {
            Kept::ForCheck { checking: &for_check, cached: self.args.may_use_cache() }
        };
        let mut loaded = Loaded::read_over(&self.roots, self.today, overlay, kept)?;
        let base = |revision| revision::base(&self.roots, revision, self.today, Retention::Whole);
        let base = revision.map(base).transpose()?;
        // A change must not switch off the rule that it breaks, so the base says what `dataset.json` says.
        if let (Some(base), Some(revision)) = (&base, revision) {
            let own = std::mem::replace(&mut loaded.dataset.manifest, base.manifest.clone());
            revision::verify_order(&self.roots, revision, &base.manifest, &own)?;
            if limit == Limit::Report && own.rules != base.manifest.rules {
                note(&format!(
                    "note: this change sets other levels of rules in dataset.json; this check takes those of `{revision}`"
                ));
            }
        }
        let mut policy = self.args.rules.policy(Policy::of(&loaded.dataset));
        policy.unlimited = limit == Limit::None;
        policy.changed_only = self.args.history.changed_only;
        let report = comity::check(&loaded.dataset, base.as_ref(), &policy);
        Ok((loaded, report))
    }
}

fn day(text: &str) -> Result<Day, String> {
    // clap prints the message in several lines, so that a line break in the text would begin a line.
    let date = Edtf::parse(text).map_err(|error| render::visible(&error.to_string()))?;
    match date.bounds() {
        Bounds { earliest, latest, sure: true } if earliest == latest => Ok(earliest),
        _ => Err(format!("`{}` is not one day; write it as 2019-01-22", render::visible(text))),
    }
}
