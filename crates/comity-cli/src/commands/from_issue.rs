//! `comity from-issue`: the body of an issue form becomes the files of one pull request. The body is a stranger's.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use comity::issue::{self, Form, FormTopic, TOPICS};
use comity::lint::Severity;

use super::{Done, End};
use crate::clock::today;
use crate::composing::Destination;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::Output;

const STATUS: &str = "Exit status:
  0  the files are written
  1  the files are written, and the check finds errors in them; or nothing came of the issue
  2  the command could not run, or the text is not the body of an issue form";

const NOTES: &str = "The output says in Markdown what a reviewer must look at: the files, what is doubtful, what was
inferred, and what the check finds.";

const EXAMPLES: &str = "Examples:
  comity from-issue body.md --to data
  comity from-issue --form event";

/// What `comity from-issue` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, NOTES, EXAMPLES]))]
pub(crate) struct FromIssueArgs {
    /// The file with the body of the issue
    #[arg(required_unless_present = "form")]
    file: Option<PathBuf>,
    /// The folder of the dataset, which gets the files
    #[arg(long, value_name = "DIR", required_unless_present = "form")]
    to: Option<PathBuf>,
    /// Write a form for GitHub instead; without a name, list the forms
    #[arg(long, value_name = "NAME", value_parser = help::choices(&TOPICS, |form| form.name, |form| form.about), conflicts_with_all = ["file", "to"])]
    #[expect(clippy::option_option, reason = "clap reads an option whose value may be left out into this type")]
    form: Option<Option<FormTopic>>,
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;

pub(crate) fn run(args: &FromIssueArgs, output: &mut Output) -> Done {
    if let Some(None) = &args.form {
        TOPICS.iter().try_for_each(|form| output.line(form.name))?;
        return Ok(End::Clean);
    }
    if let Some(Some(form)) = &args.form {
        output.write(&Form::of(*form).yaml())?;
        return Ok(End::Clean);
    }
    let (Some(file), Some(to)) = (&args.file, &args.to) else { bail!("name the file, and the folder of the dataset") };
    let roots = Roots::find(std::slice::from_ref(to))?;
    let loaded = Loaded::read(&roots, today()?)?;
    let target = Destination::of(&roots)?;
    let path = roots.trusted.absolute(file);
    let text = roots.trusted.text(&path, LARGEST).with_context(|| format!("{} cannot be read", file.display()))?;
    let reading = issue::read(&loaded.dataset, &text, &target.shown).with_context(|| file.display().to_string())?;
    target.put(&reading.files)?;
    output.markdown(&reading.markdown())?;
    let has_errors = reading.report.diagnostics.iter().any(|found| found.severity == Severity::Error);
    Ok(if has_errors || reading.files.is_empty() { End::Findings } else { End::Clean })
}
