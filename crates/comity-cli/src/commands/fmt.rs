//! `comity fmt`: rewrites records in canonical form. A file that cannot be formatted stays as it is.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use comity::dataset::{Entry, File};
use comity::format::{self, FormatError};
use comity::render::counted;

use super::{Done, End};
use crate::clock::today;
use crate::folder::open::{Trusted, explained};
use crate::help;
use crate::load::{Found, Loaded, Roots, placed, records, stdin};
use crate::output::{Output, eprint_line, is_quiet, note};
use crate::text_diff;
use crate::write::{Batch, FileChange};

const STATUS: &str = "Exit status:
  0  every record is in canonical form, or was put into it
  1  a file was not formatted; with --check and --diff: a file would change
  2  the command could not run";

const EXAMPLES: &str = "Examples:
  comity fmt                                             the whole dataset
  comity fmt data/event/rabat-seminar-2019.json          one record
  comity fmt --diff                                      what would change
  comity fmt --stdin-filename data/event/new.json -      from standard input to standard output";

/// What `comity fmt` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
pub(crate) struct FmtArgs {
    /// Files or folders to format; `-` formats standard input to standard output [default: the whole dataset above or
    /// below the current folder]
    paths: Vec<PathBuf>,
    /// Change nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Change nothing; show what would change, and exit with 1 if there is anything
    #[arg(long)]
    diff: bool,
    /// The file that standard input stands for: its folder gives the kind, its name the id
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
}

pub(crate) fn run(args: &FmtArgs, output: &mut Output) -> Done {
    if args.stdin_filename.is_some() || args.paths.iter().any(|path| path.as_os_str() == "-") {
        return stdin(args, output);
    }
    let roots = Roots::find(&args.paths)?;
    records::only(&roots)?;
    let (trusted, mut batch) = (&roots.trusted, Batch::default());
    let loaded = Loaded::read(&roots, today()?)?;
    loaded.note_left_over();
    let (mut changed, mut unchanged, mut failed) = (0, 0, 0);
    let entries: Vec<&Entry> =
        loaded.dataset.entries().iter().filter(|entry| loaded.dataset.is_reported(entry)).collect();
    for records in entries.chunk_by(|a, b| a.origin.file == b.origin.file) {
        let file = loaded.dataset.file(records[0]);
        let Some(path) = loaded.path(records[0]) else { continue };
        match formatted(trusted, path, file, records) {
            Ok(Formatted::Same) => unchanged += 1,
            Ok(Formatted::Changed { before, after }) => {
                changed += 1;
                if !args.changes_nothing() {
                    let shown = (&*file.path).into();
                    let change = FileChange { shown, path: path.into(), before: Some(&before), after: &after };
                    batch.write(trusted, &change)?;
                }
                args.tell(&file.path, &before, &after, output)?;
            }
            Err(why) => {
                failed += 1;
                eprint_line(&format!("not formatted: {}: {why:#}", file.path));
            }
        }
    }
    let verb = if args.changes_nothing() { "would be changed" } else { "changed" };
    let left = if failed > 0 { format!(", {failed} not formatted") } else { String::new() };
    let closing = format!("{} {verb}, {unchanged} unchanged{left}", counted(changed, "file"));
    if args.diff {
        note(&closing);
    } else if !is_quiet() {
        output.line(&closing)?;
    }
    Ok(if failed > 0 || args.changes_nothing() && changed > 0 { End::Findings } else { End::Clean })
}

impl FmtArgs {
    fn changes_nothing(&self) -> bool {
        self.check || self.diff
    }

    /// Says that a file changes.
    fn tell(&self, path: &str, before: &str, after: &str, output: &mut Output) -> anyhow::Result<()> {
        if self.diff {
            output.write(&text_diff::unified(path, before, after))?;
        } else {
            output.line(&format!("{} {path}", if self.check { "would change" } else { "changed" }))?;
        }
        Ok(())
    }
}

/// Formats standard input. Without `--check` and `--diff`, the result goes to standard output.
fn stdin(args: &FmtArgs, output: &mut Output) -> Done {
    if let Some(path) = args.paths.iter().find(|path| path.as_os_str() != "-") {
        bail!(
            "`-` formats standard input, and `{}` is another file; format the two in runs of their own",
            path.display()
        );
    }
    let named = args.stdin_filename.as_ref().map(file_at).transpose()?;
    let before = stdin::text()?;
    let file = named.unwrap_or_else(|| stdin::file_of(&before));
    let after = match text(&file, &before) {
        Ok(after) => after,
        Err(why) => {
            let help = match why {
                FormatError::UnknownKind => "; name the file that the record is for with --stdin-filename",
                _ => "",
            };
            eprint_line(&format!("not formatted: {}: {why}{help}", file.path));
            return Ok(End::Findings);
        }
    };
    match (args.changes_nothing(), before == after) {
        (false, _) => output.data(&after)?,
        (true, true) => return Ok(End::Clean),
        (true, false) => {
            args.tell(&file.path, &before, &after, output)?;
            return Ok(End::Findings);
        }
    }
    Ok(End::Clean)
}

/// The file at a path at which there may be nothing yet.
fn file_at(path: &PathBuf) -> anyhow::Result<File> {
    let roots = Roots::of_stdin(&[], path)?;
    let Found { file, error, .. } = placed(&roots, &roots.trusted.absolute(path));
    match error {
        Some(error) => Err(explained(&error).context(format!("`{}` is not a record", path.display()))),
        None => Ok(file),
    }
}

/// The outcome of formatting one file.
enum Formatted {
    Same,
    Changed { before: String, after: String },
}

/// The canonical text of a file.
fn formatted(trusted: &Trusted, path: &Path, file: &File, records: &[&Entry]) -> anyhow::Result<Formatted> {
    if let Some(why) = records.iter().find_map(|entry| entry.skipped) {
        bail!("{why}; `comity check` shows more");
    }
    let before = trusted.text(path, u64::MAX)?;
    let after = text(file, &before)?;
    Ok(if before == after { Formatted::Same } else { Formatted::Changed { before, after } })
}

/// The canonical form of the text of a file.
fn text(file: &File, before: &str) -> Result<String, FormatError> {
    if !file.is_lines() {
        return format::laid_out(file, before);
    }
    before.lines().filter(|line| !line.trim().is_empty()).map(|line| format::laid_out(file, line)).collect()
}
