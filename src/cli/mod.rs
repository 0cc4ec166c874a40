//! The command line: the only part that reads files, knows a terminal, a clock or an environment.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "what the core must not do is done here")]

mod about;
mod changed;
mod check;
mod export;
mod files;
mod fix;
mod fmt;
mod folder;
mod git;
mod history;
mod lines;
mod load;
mod open;
mod output;
mod records;
mod roots;
mod rules;
mod schema;
mod shell;
mod show;
mod stats;
mod tell;
mod temporary;
mod watch;
mod write;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

pub use load::Loaded;
use output::Output;
pub use roots::Roots;

use crate::render::visible;

/// Runs the program and says how it ended: 0 clean, 1 findings at level error or not all checked, 2 could not run.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(error),
    };
    let mut output = Output::new(cli.global.color);
    let done = match cli.command {
        Command::Check(args) => check::run(&args, &mut output),
        Command::Fmt(args) => fmt::run(&args, &mut output),
        Command::Show(args) => show::run(&args, &mut output),
        Command::Stats(args) => stats::run(&args, &mut output),
        Command::Export(args) => export::run(&args, &mut output),
        Command::Schema(args) => schema::run(&args, &mut output),
        Command::Rules(args) => rules::list(&args, &mut output),
        Command::Explain(args) => rules::explain(&args, &mut output),
        Command::Completions(args) => shell::completions(&args, Cli::command(), &mut output),
        Command::Man => shell::man(Cli::command(), &mut output),
    };
    let ended = done.and_then(|end| output.flush().map(|()| end).map_err(anyhow::Error::from));
    match ended {
        Ok(End::Clean) => ExitCode::SUCCESS,
        Ok(End::Findings) => ExitCode::from(1),
        // Whoever reads has seen enough: that is no error.
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// A command line that cannot be read, in clap's words; of what is left out we know what it is for.
fn refuse(error: clap::Error) -> ExitCode {
    if !error.use_stderr() {
        error.exit();
    }
    match wanted(&error) {
        Some(wanted) => output::complain(&format!("error: {wanted}")),
        None => escaped(error).render().to_string().lines().for_each(output::complain),
    }
    ExitCode::from(2)
}

/// What an argument is for that was left out.
fn wanted(error: &clap::Error) -> Option<&'static str> {
    let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg) else { return None };
    match missing.first()?.as_str() {
        _ if error.kind() != ErrorKind::MissingRequiredArgument => None,
        "--to <DIR>" => Some("say into which folder to write, as in `comity export --to release`"),
        "<RECORD>" => Some("say which record to show, as in `comity show rabat-seminar-2019`"),
        "<RULE>" => Some("say which rule to explain, as in `comity explain missing-field`"),
        "<SHELL>" => Some("say for which shell to write, as in `comity completions bash`"),
        _ => None,
    }
}

/// The error with its arguments in one line each: a workflow may pass the names of a stranger's files.
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
enum End {
    /// Nothing that blocks a merge.
    Clean,
    /// Something that does: a finding at level error, or records that were not checked.
    Findings,
}

type Done = anyhow::Result<End>;

#[derive(Debug, Parser)]
#[command(name = "comity", version, about, long_about = None, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Global {
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    color: Color,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check records: what is wrong, where, and how to mend it
    Check(check::CheckArgs),
    /// Write records in canonical form: order of fields, indentation, $schema, kind and id
    Fmt(fmt::FmtArgs),
    /// Show a record with everything it refers to, everything that refers to it, and its evidence
    Show(show::ShowArgs),
    /// Count records by kind, year, theme and partner, and how many facts have evidence
    Stats(stats::StatsArgs),
    /// Write the data in the forms that researchers load
    Export(export::ExportArgs),
    /// Write the JSON Schemas, or check that they are up to date
    Schema(schema::SchemaArgs),
    /// List the rules
    Rules(rules::RulesArgs),
    /// Show the page of a rule
    Explain(rules::ExplainArgs),
    /// Write a completion script for a shell
    Completions(shell::CompletionsArgs),
    /// Write the manual page
    Man,
}

/// Where the dataset is.
#[derive(Debug, Args)]
struct DatasetArgs {
    /// The folder that holds dataset.json [default: the dataset above or below the current folder]
    #[arg(long, value_name = "DIR")]
    data: Option<std::path::PathBuf>,
}
