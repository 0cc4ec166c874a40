//! `comity fmt`: canonical form, written so that nothing is ever lost.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use comity_document::document::{self, Node, Value};

use super::check::today;
use super::output::{Output, complain};
use super::tell::counted;
use super::{Done, End, Loaded, Roots};
use crate::dataset::{Entry, File};
use crate::format::{self, Layout, nfc};

/// What `comity fmt` takes.
#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    /// Files or folders to format [default: the whole dataset above or below the current folder]
    paths: Vec<PathBuf>,
    /// Change nothing; only say what would be changed, and end with 1 if there is something
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &FmtArgs, output: &mut Output) -> Done {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        bail!("fmt writes files in place; it does not read standard input");
    }
    let loaded = Loaded::read(&Roots::find(&args.paths)?, today()?)?;
    let (mut changed, mut same, mut unread) = (0, 0, 0);
    let entries: Vec<&Entry> = loaded.dataset.entries().iter().filter(|entry| loaded.is_named(entry)).collect();
    for records in entries.chunk_by(|a, b| a.origin.file == b.origin.file) {
        let file = loaded.dataset.file(records[0]);
        let Some(path) = loaded.path(records[0]) else { continue };
        match formatted(path, file, records) {
            Ok(Formatted::Same) => same += 1,
            Ok(Formatted::Changed { before, after }) => {
                changed += 1;
                if !args.check {
                    replace(path, &before, &after).with_context(|| format!("{} could not be written", file.path))?;
                }
                output.write(&format!("{} {}\n", if args.check { "would change" } else { "changed" }, file.path))?;
            }
            Err(why) => {
                unread += 1;
                complain(&format!("left as it is: {}: {why:#}", file.path));
            }
        }
    }
    let verb = if args.check { "would be changed" } else { "changed" };
    let left = if unread > 0 { format!(", {unread} left as they are") } else { String::new() };
    output.write(&format!("{} {verb}, {same} unchanged{left}\n", counted(changed, "file")))?;
    Ok(if unread > 0 || args.check && changed > 0 { End::Findings } else { End::Clean })
}

enum Formatted {
    Same,
    Changed { before: String, after: String },
}

/// The canonical text of a file.
fn formatted(path: &Path, file: &File, records: &[&Entry]) -> anyhow::Result<Formatted> {
    if let Some(why) = records.iter().find_map(|entry| entry.skipped) {
        bail!("{why}; `comity check` says more");
    }
    let before = fs::read_to_string(path)?;
    let after = if file.is_lines() {
        let lines = before.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| canonical(line, file)).collect::<anyhow::Result<Vec<_>>>()?.concat()
    } else {
        canonical(&before, file)?
    };
    Ok(if before == after { Formatted::Same } else { Formatted::Changed { before, after } })
}

fn canonical(text: &str, file: &File) -> anyhow::Result<String> {
    let document = document::parse(text);
    let root =
        document.root.as_ref().filter(|_| document.faults.is_empty()).context("not JSON; `comity check` says more")?;
    let own = root.get("kind").and_then(Node::as_str).and_then(crate::kind::Kind::parse);
    let kind = file.kind.or(own).context("of no known kind; `comity check` says more")?;
    let canonical = format::canonical(kind, root, Layout::of(file));
    let again = document::parse(&canonical);
    let kept = again.root.as_ref().is_some_and(|again| keeps(root, again, true));
    if !kept {
        bail!("formatting would change a value; nothing was written");
    }
    Ok(canonical)
}

/// Whether a value is the same after formatting: texts up to composition, numbers up to their writing, and at the root
/// the fields that formatting adds.
fn keeps(before: &Node<'_>, after: &Node<'_>, root: bool) -> bool {
    match (&before.value, &after.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b || a.parse::<f64>().ok() == b.parse::<f64>().ok(),
        (Value::String(a), Value::String(b)) => nfc(a) == b.as_ref(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| keeps(a, b, false)),
        (Value::Object(a), Value::Object(b)) => {
            let added = b
                .iter()
                .filter(|m| root && matches!(m.key.as_ref(), "$schema" | "kind" | "id") && before.get(&m.key).is_none())
                .count();
            a.len() + added == b.len()
                && a.iter().all(|m| after.get(&nfc(&m.key)).is_some_and(|value| keeps(&m.value, value, false)))
        }
        _ => false,
    }
}

/// Replaces a file whole or not at all, with its permissions, unless it has changed since it was read.
pub(super) fn replace(path: &Path, before: &str, after: &str) -> anyhow::Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(after.as_bytes())?;
    temporary.as_file().set_permissions(fs::metadata(path)?.permissions())?;
    temporary.as_file().sync_all()?;
    if fs::read(path)? != before.as_bytes() {
        bail!("it has changed in the meantime; run the command again");
    }
    temporary.persist(path)?;
    Ok(())
}
