//! `--fix` and its like: which fixes are applied, and what is printed about them.

use clap::Args;
use comity::fix::{FixOutcome, Reason, RejectedFix};
use comity::render::counted;

use super::{CheckRun, Limit};
use crate::fixes::Fixer;
use crate::load::records;
use crate::output::{Output, note};

/// Which fixes to apply.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fixes")]
pub(super) struct FixArgs {
    /// Apply safe fixes, which keep the meaning of a record
    #[arg(long)]
    fix: bool,
    /// Also apply suggested fixes, which a person should review
    #[arg(long)]
    unsafe_fixes: bool,
    /// Change nothing; show the fixes as a diff
    #[arg(long)]
    pub(super) diff: bool,
}

impl FixArgs {
    pub(super) fn is_asked_for(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    /// Refuses to fix files that hold no records, before anything is read.
    pub(super) fn verify(&self, run: &CheckRun<'_>) -> anyhow::Result<()> {
        if !self.is_asked_for() {
            return Ok(());
        }
        if self.diff
            && let Some(flag) = run.args.report.asked_for()
        {
            anyhow::bail!("`--diff` shows the fixes and writes no report; leave out `--diff` or `{flag}`");
        }
        if run.roots.reads_stdin() {
            anyhow::bail!("fixes are written to files in place; standard input cannot be fixed");
        }
        records::only(&run.roots)
    }

    /// Applies the fixes, or shows them with `--diff`. Returns the number of findings that were, or would be, fixed, and the
    /// fixes that were not applied.
    pub(super) fn apply(&self, run: &CheckRun<'_>, output: &mut Output) -> anyhow::Result<(usize, Vec<RejectedFix>)> {
        if !self.is_asked_for() {
            return Ok((0, Vec::new()));
        }
        let trusted = &run.roots.trusted;
        let fixer = Fixer::of(trusted, self.unsafe_fixes, &|overlay| run.check(overlay, Limit::None))?;
        let FixOutcome { after, fixed, refused, .. } = &fixer.outcome;
        refused.iter().take(SHOWN).for_each(|fix| note(&not_applied(fix)));
        if refused.len() > SHOWN {
            note(&format!("and {} not applied", counted(refused.len() - SHOWN, "more suggestion")));
        }
        let (findings, files) = (counted(*fixed, "finding"), counted(after.len(), "file"));
        if self.diff {
            output.write(&fixer.diff())?;
            note(&format!("{findings} would be fixed in {files}"));
        } else {
            fixer.write(trusted)?;
            note(&format!("fixed {findings} in {files}"));
        }
        Ok((*fixed, refused.clone()))
    }
}

/// The most fixes that are shown as not applied.
const SHOWN: usize = 100;

/// Why a fix was not applied.
fn not_applied(fix: &RejectedFix) -> String {
    let (path, what, line) = (&fix.path, &fix.what, fix.line);
    let at = if line > 1 { format!("{path}:{line}") } else { path.clone() };
    match fix.reason {
        Reason::Harmful => format!("not fixed: {at} ({}): to {what} would lead to another fault", fix.rule),
        Reason::Untried => {
            format!("not tried: {at} ({}): to {what}; too many other fixes led to other faults", fix.rule)
        }
    }
}
