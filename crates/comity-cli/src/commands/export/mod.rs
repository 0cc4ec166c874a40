//! `comity export`: a release of the records, in the formats that researchers load. A dataset with errors is not exported.

mod sqlite;
mod target;

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use comity::export::format::{Content, FORMATS, Material, ReleaseFormat};
use comity::export::write::{Sink as _, TableWriter, table_writer, write_tables};
use comity::export::{self, Release, panels, tables};
use comity::policy::Policy;
use comity::render::counted;

use self::sqlite::SqliteWriter;
use self::target::{NewRelease, Target};
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
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Vec<String>,
}

/// The names of the formats, with what the help and the completions say of each.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about)))
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
    let (tables, panels) = (tables::declared(), panels::declared());
    let material = Material::new(&loaded.dataset, &release, &tables, &panels);
    let wanted = |format: &&ReleaseFormat| args.format.is_empty() || args.format.iter().any(|name| name == format.name);
    let formats: Vec<&ReleaseFormat> = FORMATS.iter().filter(wanted).collect();
    let folder = target.begin(&roots.trusted)?;
    let (files, bytes) = write(&folder, &material, &formats)?;
    folder.finish()?;
    output.line(&format!(
        "{}: {} in {} and {}, {} of {bytes} bytes; begin with {}",
        args.to.display(),
        counted(loaded.dataset.records().count(), "record"),
        counted(tables.len(), "table"),
        counted(panels.len(), "panel"),
        counted(files, "file"),
        args.to.join("README.md").display(),
    ))?;
    Ok(End::Clean)
}

/// Writes all files of a release into its folder. Returns the number of files and of bytes.
fn write(folder: &NewRelease<'_>, material: &Material<'_>, formats: &[&ReleaseFormat]) -> anyhow::Result<(usize, u64)> {
    export::pages(material).iter().try_for_each(|page| folder.add(page))?;
    let mut writers: Vec<Box<dyn TableWriter + '_>> = Vec::new();
    for content in formats.iter().flat_map(|format| format.content) {
        match content {
            Content::File(path, write) => {
                let mut file = folder.create(path)?;
                write(material, &mut file)?;
                file.finish()?;
            }
            Content::Files(make) => make(material).iter().try_for_each(|file| folder.add(file))?,
            Content::Tables(format) => writers.push(match table_writer(*format, material, folder) {
                Some(writer) => writer,
                None => Box::new(SqliteWriter::new(&folder.reserve("comity.sqlite"))?),
            }),
            _ => {}
        }
    }
    let rows = write_tables(material, writers)?;
    let written = folder.written()?;
    let (count, bytes) = (written.len(), written.iter().map(|file| file.bytes).sum::<u64>());
    let sealed = export::seal(material.release, &rows, written);
    sealed.iter().try_for_each(|file| folder.add(file))?;
    Ok((count + sealed.len(), bytes + sealed.iter().map(|file| file.bytes.len() as u64).sum::<u64>()))
}
