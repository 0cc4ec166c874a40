//! Writes invented records in canonical form, similar to real records in size and structure, and without findings.
//!
//! `cargo run --release -p comity-benches --bin generate -- --records 10000 --seed 1 --to DIR` writes a dataset of
//! files; `--ndjson FILE` writes one record a line. The same seed gives the same bytes.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a program of its own reads and writes")]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Parser;
use comity::dataset;
use comity::format::{self, RecordForm};
use comity::kind::Kind;
use comity_benches::records;
use comity_document::document::{self, Arena, Node};
use rayon::prelude::*;
use serde_json::{Value, json};

/// The number of records that are generated before they are written.
const AT_ONCE: u64 = 8_192;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Write invented records: valid, and without a finding.
#[derive(Debug, Parser)]
struct Args {
    /// The least number of records; the last town is always complete
    #[arg(long, value_name = "N")]
    records: u64,
    /// The seed; the same seed gives the same records
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Write a dataset of one file a record into this folder, which must be empty or absent
    #[arg(long, value_name = "DIR", required_unless_present = "ndjson")]
    to: Option<PathBuf>,
    /// Write one record a line into this file
    #[arg(long, value_name = "FILE")]
    ndjson: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let mut args = Args::parse();
    args.records = records::whole(args.records);
    if let Some(path) = &args.ndjson {
        lines(&args, path).with_context(|| format!("{} could not be written", path.display()))?;
    }
    if let Some(folder) = &args.to {
        files(&args, folder).with_context(|| format!("{} could not be written", folder.display()))?;
    }
    Ok(())
}

fn lines(args: &Args, path: &Path) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for first in (0..args.records).step_by(usize::try_from(AT_ONCE)?) {
        let numbers = first..args.records.min(first + AT_ONCE);
        let texts: Vec<String> =
            numbers.into_par_iter().map(|number| text(&records::record(args.seed, number), true)).collect();
        texts.iter().try_for_each(|text| out.write_all(text.as_bytes()))?;
    }
    Ok(out.flush()?)
}

fn files(args: &Args, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    ensure!(fs::read_dir(folder)?.next().is_none(), "the folder is not empty");
    for kind in Kind::ALL {
        fs::create_dir(folder.join(kind.name()))?;
    }
    let about = json!({
        "title": { "en": "Invented records" },
        "description": { "en": "Made by a program, to try programs on. Nothing in it is a fact." },
        "licence": "CC0-1.0",
    });
    fs::write(folder.join("dataset.json"), format!("{about:#}\n"))?;
    (0..args.records).into_par_iter().try_for_each(|number| {
        let record = records::record(args.seed, number);
        let of = |field: &str| record[field].as_str().unwrap_or_default();
        let path = folder.join(of("kind")).join(of("id")).with_extension("json");
        fs::write(&path, text(&record, false)).with_context(|| path.display().to_string())
    })
}

/// A record in canonical form, as a line or as a file.
fn text(record: &Value, line: bool) -> String {
    let raw = record.to_string();
    let arena = Arena::default();
    let document = document::parse(&raw, &arena);
    let root = document.root.as_ref().expect("what was written as JSON is JSON");
    let of = |field: &str| root.get(field).and_then(Node::as_str).unwrap_or_default();
    let kind = Kind::parse(of("kind")).expect("every record has a kind");
    let file = dataset::File::new("", &format!("{kind}/{}.json", of("id")));
    format::canonical(kind, root, if line { RecordForm::Line } else { RecordForm::of(&file) })
}
