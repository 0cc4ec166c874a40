//! Reads every record and counts the records that their schemas admit: the least work of any checker.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a program of its own reads and writes")]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, bail};
use jsonschema::Validator;
use rayon::prelude::*;
use serde_json::Value;

/// The number of bytes of an `.ndjson` file that are read at once, as in `comity`.
const CHUNK: usize = 8 * 1024 * 1024;

/// The validator of each kind, compiled once, with the defaults of the crate: `format` is not asserted.
static VALIDATORS: [(&str, LazyLock<Validator>); 10] = [
    ("actor", LazyLock::new(|| compile(include_str!("../../schema/actor.schema.json")))),
    ("place", LazyLock::new(|| compile(include_str!("../../schema/place.schema.json")))),
    ("framework", LazyLock::new(|| compile(include_str!("../../schema/framework.schema.json")))),
    ("agreement", LazyLock::new(|| compile(include_str!("../../schema/agreement.schema.json")))),
    ("operation", LazyLock::new(|| compile(include_str!("../../schema/operation.schema.json")))),
    ("activity", LazyLock::new(|| compile(include_str!("../../schema/activity.schema.json")))),
    ("event", LazyLock::new(|| compile(include_str!("../../schema/event.schema.json")))),
    ("statement", LazyLock::new(|| compile(include_str!("../../schema/statement.schema.json")))),
    ("source", LazyLock::new(|| compile(include_str!("../../schema/source.schema.json")))),
    ("theme", LazyLock::new(|| compile(include_str!("../../schema/theme.schema.json")))),
];

fn compile(schema: &str) -> Validator {
    let schema = serde_json::from_str(schema).expect("the committed schema is JSON");
    jsonschema::validator_for(&schema).expect("the committed schema is a schema")
}

/// Counts the valid records of the folder or of the `.ndjson` file that the command line names.
///
/// # Errors
/// When a file or the folder cannot be read.
pub(crate) fn run() -> anyhow::Result<()> {
    let Some(path) = std::env::args_os().nth(1).map(PathBuf::from) else {
        bail!("name a folder of records, or an .ndjson file");
    };
    let (valid, all) = if path.is_dir() { folder(&path)? } else { lines(&path)? };
    writeln!(std::io::stdout(), "{valid} of {all} records are valid")?;
    Ok(())
}

fn is_valid(kind: Option<&str>, record: &[u8]) -> bool {
    let Ok(record) = serde_json::from_slice::<Value>(record) else { return false };
    let kind = kind.or_else(|| record["kind"].as_str());
    let validator = VALIDATORS.iter().find(|(name, _)| Some(*name) == kind);
    validator.is_some_and(|(_, validator)| validator.is_valid(&record))
}

fn folder(root: &Path) -> anyhow::Result<(usize, usize)> {
    let mut files = Vec::new();
    for (kind, _) in &VALIDATORS {
        let folder = root.join(kind);
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            files.push((*kind, entry?.path()));
        }
    }
    let valid = files.par_iter().filter(|(kind, path)| fs::read(path).is_ok_and(|text| is_valid(Some(kind), &text)));
    Ok((valid.count(), files.len()))
}

fn lines(path: &Path) -> anyhow::Result<(usize, usize)> {
    let mut file = fs::File::open(path).with_context(|| path.display().to_string())?;
    let (mut valid, mut all) = (0, 0);
    let mut pending = Vec::with_capacity(2 * CHUNK);
    loop {
        let got = (&mut file).take(CHUNK as u64).read_to_end(&mut pending)?;
        let end = match pending.iter().rposition(|byte| *byte == b'\n') {
            _ if got == 0 => pending.len(),
            Some(newline) => newline + 1,
            None => continue,
        };
        let lines: Vec<&[u8]> = pending[..end].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        valid += lines.par_iter().filter(|line| is_valid(None, line)).count();
        all += lines.len();
        pending.drain(..end);
        if got == 0 {
            return Ok((valid, all));
        }
    }
}
