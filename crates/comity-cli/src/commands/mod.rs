//! The commands of the program, one file each. A command uses no other command; what commands share stands in files of its
//! own beside this folder.

mod check;
mod cite;
mod completions;
mod diff;
mod export;
mod fmt;
mod from_issue;
mod list;
mod man;
mod new;
mod rules;
mod schema;
mod search;
mod show;
mod stats;
#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{Args, CommandFactory, Parser, Subcommand};
use comity::render::visible;

use crate::help;
use crate::output::{self, Color, Output, Verbosity};
use crate::{complete, refused};

/// Runs the program. Returns its exit status: 0 clean, 1 an error was found or not everything was checked, 2 could not run.
pub(crate) fn run() -> ExitCode {
    if let Some(shell) = complete::asking_shell() {
        let written =
            complete::candidates(&shell, Cli::command()).map(|candidates| output::write_candidates(&candidates));
        return if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(error),
    };
    output::set_verbosity(cli.global.verbosity());
    let mut output = Output::new(cli.global.color);
    let done = match cli.command {
        Command::Check(args) => check::run(&args, &mut output),
        Command::Diff(args) => diff::run(&args, &mut output),
        Command::Fmt(args) => fmt::run(&args, &mut output),
        Command::New(args) => new::run(&args, &mut output),
        Command::Cite(args) => cite::run(&args, &mut output),
        Command::FromIssue(args) => from_issue::run(&args, &mut output),
        Command::Show(args) => show::run(&args, &mut output),
        Command::Search(args) => search::run(&args, &mut output),
        Command::List(args) => list::run(&args, &mut output),
        Command::Stats(args) => stats::run(&args, &mut output),
        Command::Export(args) => export::run(&args, &mut output),
        Command::Schema(args) => schema::run(&args, &mut output),
        Command::Rules(args) => rules::list(&args, &mut output),
        Command::Explain(args) => rules::explain(&args, &mut output),
        Command::Completions(args) => completions::run(&args, &mut output),
        Command::Man(args) => man::run(&args, Cli::command(), &mut output),
    };
    let ended = done.and_then(|end| output.flush().map(|()| end).map_err(anyhow::Error::from));
    match ended {
        Ok(End::Clean) => ExitCode::SUCCESS,
        Ok(End::Findings) => ExitCode::from(1),
        Err(error) => {
            output::eprint_line(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Reports a wrong command line. The message is clap's, except for a missing argument, where ours says what it is for, and
/// for an unknown command, where ours says which command is meant.
fn refuse(error: clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return match error.print() {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                output::eprint_line(&format!("error: standard output cannot be written: {error}"));
                ExitCode::from(2)
            }
            _ => ExitCode::SUCCESS,
        };
    }
    match refused::message(&error, &Cli::command()) {
        Some(message) => output::eprint_line(&format!("error: {message}")),
        None => escaped(error).render().to_string().lines().for_each(output::eprint_line),
    }
    ExitCode::from(2)
}

/// The error with its quoted arguments escaped: a workflow may pass untrusted file names.
fn escaped(mut error: clap::Error) -> clap::Error {
    let context: Vec<_> = error.context().map(|(kind, value)| (kind, value.clone())).collect();
    for (kind, value) in context {
        let value = match value {
            ContextValue::String(text) => ContextValue::String(visible(&text)),
            ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(|text| visible(text)).collect()),
            ContextValue::StyledStrs(texts) if kind == ContextKind::Suggested => {
                ContextValue::StyledStrs(texts.iter().map(|text| visible(&text.to_string()).into()).collect())
            }
            other => other,
        };
        error.insert(kind, value);
    }
    error
}

/// How a command ended, when it could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing that blocks a merge.
    Clean,
    /// Something that blocks a merge: a finding at level error, or a file that was not checked to the end.
    Findings,
}

pub(crate) type Done = anyhow::Result<End>;

#[derive(Debug, Parser)]
#[command(name = "comity", version, about, long_about = None, max_term_width = 100, after_help = help::sections(&[STATUS, help::ENVIRONMENT, EXAMPLES]))]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Global {
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, display_order = 100)]
    color: Color,
    /// Print findings, results and errors only: no closing line, no notes
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 101)]
    quiet: bool,
    /// Also say, on standard error, what is read and which rules do not run
    #[arg(short, long, global = true, display_order = 102)]
    verbose: bool,
}

impl Global {
    fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Usual,
        }
    }
}

const STATUS: &str = "Exit status:
  0  nothing is wrong
  1  something blocks a merge, or a file would change
  2  the command could not run";

const EXAMPLES: &str = "Examples:
  comity check               what is wrong in the dataset above or below the current folder
  comity help check          the options of a command
  comity man --to man/man1   the manual pages of all commands";

#[derive(Debug, Subcommand)]
enum Command {
    /// Check records: what is wrong, where, and how to fix it
    Check(check::CheckArgs),
    /// Compare two states of the dataset: each value before and after, with the evidence behind it
    Diff(diff::DiffArgs),
    /// Write records in canonical form: order of fields, indentation, $schema, kind and id
    Fmt(fmt::FmtArgs),
    /// Write a new record, and every new record that it needs; asks in a terminal
    New(new::NewArgs),
    /// Add a source to the evidence of a record
    Cite(cite::CiteArgs),
    /// Make the records of one pull request from the body of an issue form
    FromIssue(from_issue::FromIssueArgs),
    /// Show a record with everything it refers to, everything that refers to it, and its evidence
    Show(show::ShowArgs),
    /// Find records by any of their names, in any language, or by words of their summaries
    Search(search::SearchArgs),
    /// List the records of a kind: all, or by partner, framework, theme, time and status
    List(list::ListArgs),
    /// Count records by kind, year, theme and partner, and how many facts have evidence
    Stats(stats::StatsArgs),
    /// Export the records in the formats that researchers load
    Export(export::ExportArgs),
    /// Write the JSON Schemas, or check that they are up to date
    Schema(schema::SchemaArgs),
    /// List the rules
    Rules(rules::RulesArgs),
    /// Show the documentation of a rule
    Explain(rules::ExplainArgs),
    /// Write the script that makes a shell complete commands, options, ids, rules and revisions
    Completions(completions::CompletionsArgs),
    /// Write the manual pages
    Man(man::ManArgs),
}

/// Where the dataset is.
#[derive(Debug, Args)]
struct DatasetArgs {
    /// The folder that holds dataset.json [default: the dataset above or below the current folder]
    #[arg(long, value_name = "DIR")]
    data: Option<std::path::PathBuf>,
}

/// A field, or a place, and its value, of an argument `field=value`.
fn assignment(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(field, _)| !field.is_empty());
    parts
        .map(|(field, value)| (field.to_owned(), value.to_owned()))
        .ok_or_else(|| "expected a field, `=` and a value, such as `when=2019-01-22`".to_owned())
}
