//! `comity export`: a release of the records, in the formats that researchers load. A dataset with errors is not exported.

mod sqlite;
mod target;

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use comity::export::{self, Release, ReleaseFile, panels, tables};
use comity::policy::Policy;
use comity::render::counted;

use self::target::Target;
use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::Output;

const STATUS: &str = "Exit status:
  0  written
  2  the command could not run, or the dataset has errors; then nothing is written";

const EXAMPLES: &str = "Examples:
  comity export --to release                   everything; begin with release/README.md
  comity export --to release --format sqlite   one file for SQL, and what describes it";

/// What `comity export` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    dataset: DatasetArgs,
    /// The folder to write: a new one, an empty one, or an earlier export, which is replaced
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// A format to write; give it again for several [default: all]
    #[arg(long, value_name = "FORMAT")]
    format: Vec<ExportFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// comity.json: all records as one document
    Json,
    /// comity.ndjson: one record a line
    Ndjson,
    /// csv/ and panels/: flat tables, with datapackage.json
    Csv,
    /// comity.sqlite: the tables with full-text search and views
    Sqlite,
    /// comity.jsonld: linked data with the terms of schema.org, PROV-O and SKOS
    Jsonld,
    /// comity.graphml: the network of actors and of what they take part in
    Graphml,
}

pub(crate) fn run(args: &ExportArgs, output: &mut Output) -> Done {
    let paths: Vec<PathBuf> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    // The folder is looked at before the long work.
    let target = Target::of(&roots.trusted, &args.to)?;
    let loaded = Loaded::read(&roots, today()?)?;
    let errors = comity::check(&loaded.dataset, None, &Policy::of(&loaded.dataset)).summary.errors;
    if errors > 0 {
        bail!("the dataset has {}; `comity check` shows them", counted(errors, "error"));
    }
    let tool = concat!("comity ", env!("CARGO_PKG_VERSION"));
    let release = Release::of(&loaded.dataset, tool, loaded.commit(&roots));
    let (files, tables, panels) = files(args, &loaded, &release)?;
    target.write(&roots.trusted, &files)?;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    output.line(&format!(
        "{}: {} in {} and {}, {} of {bytes} bytes; begin with {}",
        args.to.display(),
        counted(loaded.dataset.records().count(), "record"),
        counted(tables, "table"),
        counted(panels, "panel"),
        counted(files.len(), "file"),
        args.to.join("README.md").display(),
    ))?;
    Ok(End::Clean)
}

/// The files of the release, and the number of tables and of panels.
fn files(args: &ExportArgs, loaded: &Loaded, release: &Release) -> anyhow::Result<(Vec<ReleaseFile>, usize, usize)> {
    let dataset = &loaded.dataset;
    let wants = |format| args.format.is_empty() || args.format.contains(&format);
    let (tables, panels) = (tables::tables(dataset), panels::panels(dataset));
    let mut files = export::pages(dataset, release, &tables, &panels);
    if wants(ExportFormat::Json) {
        files.push(ReleaseFile::new("comity.json", export::json(dataset, release)));
    }
    if wants(ExportFormat::Ndjson) {
        files.push(ReleaseFile::new("comity.ndjson", export::ndjson(dataset)));
    }
    if wants(ExportFormat::Csv) {
        files.extend(export::csv_files(dataset, release, &tables, &panels));
    }
    if wants(ExportFormat::Jsonld) {
        files.push(ReleaseFile::new("comity.jsonld", export::json_ld(dataset, release)));
    }
    if wants(ExportFormat::Graphml) {
        let mut network = Vec::new();
        export::graphml(&tables, &mut network)?;
        files.push(ReleaseFile::new("comity.graphml", network));
    }
    let counts = (tables.len(), panels.len());
    let all: Vec<tables::Table> = tables.into_iter().chain(panels).collect();
    if wants(ExportFormat::Sqlite) {
        let database = sqlite::database(&all).context("comity.sqlite could not be made")?;
        files.push(ReleaseFile::new("comity.sqlite", database));
    }
    export::seal(release, &all, &mut files);
    Ok((files, counts.0, counts.1))
}
