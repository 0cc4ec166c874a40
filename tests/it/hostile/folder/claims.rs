//! The promises of every run, whatever the folder contains.

use std::path::Path;

use serde_json::Value;

use super::command::{Call, Ending, Setting, Task};
use super::snapshot::{Item, Snapshot};
use super::tree::{Fact, Tree};

/// Checks every promise, and says the first that is broken.
pub(super) fn check(
    call: &Call,
    tree: &Tree,
    ending: &Ending,
    before: &Snapshot,
    after: &Snapshot,
) -> Result<(), String> {
    ends(ending)?;
    changes(call, before, after)?;
    ending.streams.iter().try_for_each(|stream| prints(stream, call))?;
    refuses(call, tree, ending)?;
    passes(call, tree, ending)
}

/// The run ends within limits of time and memory, with a documented exit code.
fn ends(ending: &Ending) -> Result<(), String> {
    let said = String::from_utf8_lossy(&ending.streams[1]);
    if ["out of memory", "memory allocation", "annot allocate memory"].iter().any(|words| said.contains(words)) {
        return Err("reads without end".to_owned());
    }
    match ending.code {
        _ if !ending.in_time => Err("does not end".to_owned()),
        Some(0..=2) => Ok(()),
        Some(code) => Err(format!("ends with {code}")),
        None => Err("is ended by a signal".to_owned()),
    }
}

/// Only records change, and the files that the command line names.
fn changes(call: &Call, before: &Snapshot, after: &Snapshot) -> Result<(), String> {
    let writes = call.has(Setting::Writes);
    for path in before.changes(after) {
        let allowed = match call.task {
            Task::Check | Task::Fmt if is_left_over(path) => after.get(path).is_none() && writes,
            Task::Check if path == Path::new("repository/out/report") => true,
            Task::Check | Task::Fmt => writes && is_edited_record(path, before, after),
            Task::Schema => writes && is_schema(path, before, after),
            Task::Export => is_exported(path),
            Task::Look => false,
        };
        if !allowed {
            let (was, is) = (before.get(path).map(shown), after.get(path).map(shown));
            return Err(format!("changes {}: {was:?} to {is:?}", path.display().to_string().escape_debug()));
        }
    }
    Ok(())
}

fn shown(item: &Item) -> String {
    match item {
        Item::File { size, content, .. } => {
            format!("{size} bytes, {:?}", String::from_utf8_lossy(&content[..content.len().min(120)]))
        }
        other => format!("{other:?}"),
    }
}

/// A temporary file of a run that was killed, which may be removed.
fn is_left_over(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.strip_prefix(".comity-").is_some_and(|rest| rest.strip_suffix(".tmp").is_some())
}

/// A record of a dataset that still has its permissions, is not emptied, and parses where it did.
fn is_edited_record(path: &Path, before: &Snapshot, after: &Snapshot) -> bool {
    let (Some(Item::File { mode: was, content: old, .. }), Some(Item::File { mode: is, content: new, .. })) =
        (before.get(path), after.get(path))
    else {
        return false;
    };
    let parses = |text: &[u8]| serde_json::from_slice::<Value>(text).is_ok();
    let kept = was == is && !new.is_empty() && (!parses(old) || parses(new));
    kept && path.starts_with("repository") && path.ancestors().skip(1).any(|root| is_record_of(root, path, before))
}

/// Whether a folder is the root of a dataset and a path is one of its records: in the folder of a kind, or a file of
/// records beside those folders.
fn is_record_of(root: &Path, path: &Path, before: &Snapshot) -> bool {
    let about = match before.get(&root.join("dataset.json")) {
        Some(Item::File { content, .. }) => serde_json::from_slice::<Value>(content).unwrap_or_default(),
        _ => Value::Null,
    };
    // The rules that the folders name are those that there are, or have a line break in their name.
    let describes = |(field, value): (&String, &Value)| field == "rules" && !value.to_string().contains("\\n");
    let below = path.strip_prefix(root).unwrap_or(path);
    let extension = below.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let place = match below.components().count() {
        1 => extension == "ndjson",
        2 | 3 => below.starts_with("theme") || below.starts_with("source"),
        _ => false,
    };
    let is_record = matches!(extension, "json" | "ndjson") && below.file_name() != Some("dataset.json".as_ref());
    place && is_record && about.as_object().is_some_and(|fields| fields.iter().all(describes))
}

/// A schema of ours in one of the two folders that schemas are written to; a foreign one stays.
fn is_schema(path: &Path, before: &Snapshot, after: &Snapshot) -> bool {
    let Some(below) = ["repository/out", "repository/schema"].iter().find_map(|to| path.strip_prefix(to).ok()) else {
        return false;
    };
    let is_new_folder = before.get(path).is_none() && after.get(path) == Some(&Item::Folder);
    let name = below.to_str().unwrap_or_default();
    is_new_folder && matches!(name, "" | "reader") || name.ends_with(".schema.json") && !name.contains("foreign")
}

fn is_exported(path: &Path) -> bool {
    path == Path::new("repository/out") || path.starts_with("repository/out/release")
}

/// The output moves no cursor, hides nothing, and has no command for a runner.
fn prints(stream: &[u8], call: &Call) -> Result<(), String> {
    let actions = call.has(Setting::Actions);
    let text = std::str::from_utf8(stream).map_err(|error| format!("prints what is not UTF-8: {error}"))?;
    let harm = |c: &char| {
        c.is_control() && *c != '\n'
            || matches!(*c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(*c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    let is_meant = |c: &char| *c == '\u{200b}' && call.is_markdown();
    if let Some(c) = text.chars().find(|c| harm(c) && !is_meant(c)) {
        return Err(format!("prints {c:?}"));
    }
    for line in text.lines() {
        // A runner passes over the white space before `::`, and finds `##[` anywhere.
        let read = if actions { line.trim_start() } else { line };
        if read.starts_with("::forged") || actions && line.contains("##[forged") {
            return Err(format!("prints a forged command: {line:?}"));
        }
    }
    Ok(())
}

/// A dataset with an error, or with a file that cannot be checked, never counts as clean.
fn refuses(call: &Call, tree: &Tree, ending: &Ending) -> Result<(), String> {
    if ending.code != Some(0) || !call.is_whole() {
        return Ok(());
    }
    let checks = matches!(call.task, Task::Check | Task::Export);
    if tree.has(Fact::Damaged) && (checks || call.task == Task::Fmt) {
        return Err("passes a record that is no JSON".to_owned());
    }
    if tree.has(Fact::Unread) && checks {
        return Err("passes a dataset of which a file was not read".to_owned());
    }
    // With a committed state, that one's levels hold.
    let strict = if call.has(Setting::Base) { tree.has(Fact::Committed) } else { !tree.has(Fact::Lenient) };
    if tree.has(Fact::Incomplete) && checks && strict {
        return Err("passes a record that lacks a field".to_owned());
    }
    Ok(())
}

/// A clean dataset passes, so that the other claims are not kept by refusing everything.
fn passes(call: &Call, tree: &Tree, ending: &Ending) -> Result<(), String> {
    let is_asked = matches!(call.task, Task::Check | Task::Fmt | Task::Export);
    let is_possible = tree.has(Fact::Committed) || !call.has(Setting::Base);
    if is_asked && is_possible && call.is_whole() && tree.is_clean() && ending.code != Some(0) {
        return Err("refuses a clean dataset".to_owned());
    }
    Ok(())
}
