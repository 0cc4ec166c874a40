//! `comity fmt`: rewrites records in canonical form. A file that cannot be formatted stays as it is.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use comity::dataset::{Entry, File};
use comity::format;
use comity::render::counted;

use super::{Done, End};
use crate::clock::today;
use crate::folder::open::Trusted;
use crate::load::{Loaded, Roots, records};
use crate::output::{Output, eprint_line};
use crate::write::Batch;

/// What `comity fmt` takes.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  comity fmt                                    the whole dataset\n  comity fmt data/event/rabat-seminar-2019.json   one record"
)]
pub(crate) struct FmtArgs {
    /// Files or folders to format [default: the whole dataset above or below the current folder]
    paths: Vec<PathBuf>,
    /// Change nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &FmtArgs, output: &mut Output) -> Done {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        bail!("fmt writes files in place; it does not read standard input");
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
                if !args.check {
                    batch.replace(trusted, (&file.path, path), &before, &after)?;
                }
                output.line(&format!("{} {}", if args.check { "would change" } else { "changed" }, file.path))?;
            }
            Err(why) => {
                failed += 1;
                eprint_line(&format!("not formatted: {}: {why:#}", file.path));
            }
        }
    }
    let verb = if args.check { "would be changed" } else { "changed" };
    let left = if failed > 0 { format!(", {failed} not formatted") } else { String::new() };
    output.write(&format!("{} {verb}, {unchanged} unchanged{left}\n", counted(changed, "file")))?;
    Ok(if failed > 0 || args.check && changed > 0 { End::Findings } else { End::Clean })
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
    let after = if file.is_lines() {
        let lines = before.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| format::laid_out(file, line)).collect::<Result<Vec<_>, _>>().map(|lines| lines.concat())
    } else {
        format::laid_out(file, &before)
    };
    let after = after?;
    Ok(if before == after { Formatted::Same } else { Formatted::Changed { before, after } })
}
