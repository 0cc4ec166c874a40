//! `comity export`: a release of the records, in the formats that researchers load. A dataset with errors is not exported,
//! unless the user wants a release without the records that have them.

mod progress;
mod since;
mod sqlite;
mod target;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use comity::check;
use comity::dataset::Dataset;
use comity::export::format::{Content, FORMATS, Material, ReleaseFormat, TableFormat};
use comity::export::tables::Since;
use comity::export::write::{Sink as _, TableWriter, table_writer, write_tables};
use comity::export::{self, LeftOut, Release, WrittenFile, panels, tables};
use comity::policy::Policy;
use comity::render::counted;

use self::progress::ProgressWriter;
use self::sqlite::SqliteWriter;
use self::target::{NewRelease, Target};
use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::{Output, is_quiet, note};

const STATUS: &str = "Exit status:
  0  written
  2  the command could not run, or the dataset has errors or no record; then nothing is written";

const EXAMPLES: &str = "Examples:
  comity export --to release                   everything; begin with release/README.md
  comity export --to release --format sqlite   one file for SQL, and what describes it
  comity export --to release --since old       with the changes since the release in the folder old
  comity export --to release --since v2026.11  with the changes since a revision of git";

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
    /// An earlier release, or a revision: its differences go into the table `change` and into CHANGES.md
    #[arg(long, value_name = "DIR|REV")]
    since: Option<OsString>,
    /// Export a dataset with errors, without the records that have them; manifest.json names these
    #[arg(long)]
    allow_errors: bool,
}

/// The names of the formats, with what the help and the completions say of each.
fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about)))
}

pub(crate) fn run(args: &ExportArgs, output: &mut Output) -> Done {
    let formats = chosen(&args.format)?;
    let paths: Vec<PathBuf> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    // The folder is looked at before the long work.
    let target = Target::of(&roots, &args.to)?;
    let loaded = Loaded::read(&roots, today()?)?;
    let commit = loaded.commit(&roots);
    let (dataset, mut left_out) = without_errors(loaded.dataset, args.allow_errors)?;
    refuse_empty(&roots, &dataset, left_out.len())?;
    below_root(&roots, &mut left_out);
    note_closing_day(&dataset);
    let earlier =
        args.since.as_ref().map(|since| since::read(&roots, since, dataset.as_of, args.allow_errors)).transpose()?;
    let since = earlier.map(|earlier| Since::of(&earlier, &dataset).without(&left_out));
    let tool = concat!("comity ", env!("CARGO_PKG_VERSION"));
    let release = Release::of(&dataset, tool, commit).without(left_out);
    let (tables, panels) = (tables::declared(), panels::declared());
    let material = Material::new(&dataset, &release, &tables, &panels).since(since.as_ref());
    let folder = target.begin(&roots.trusted)?;
    let written = write(&folder, &material, &formats);
    let (files, bytes) = written.with_context(|| format!("nothing was written to {}", args.to.display()))?;
    folder.finish()?;
    if !is_quiet() {
        output.line(&closing_line(&args.to, &material, &formats, (files, bytes)))?;
    }
    Ok(End::Clean)
}

/// What was written, and where to begin.
fn closing_line(
    to: &Path,
    material: &Material<'_>,
    formats: &[&ReleaseFormat],
    (files, bytes): (usize, u64),
) -> String {
    let in_tables = if has_tables(formats) {
        format!(" in {} and {}", counted(material.tables.len(), "table"), counted(material.panels.len(), "panel"))
    } else {
        String::new()
    };
    let left_out = match material.release.left_out.len() {
        0 => String::new(),
        n => format!("; {} left out because of errors, which manifest.json names", counted(n, "record")),
    };
    format!(
        "{}: {}{in_tables}, {} of {bytes} bytes{left_out}; begin with {}",
        to.display(),
        counted(material.dataset.records().count(), "record"),
        counted(files, "file"),
        to.join("README.md").display(),
    )
}

/// The formats to write. One that only describes the files of others needs another.
fn chosen(names: &[String]) -> anyhow::Result<Vec<&'static ReleaseFormat>> {
    let is_chosen = |format: &&ReleaseFormat| names.is_empty() || names.iter().any(|name| name == format.name);
    let formats: Vec<&ReleaseFormat> = FORMATS.iter().filter(is_chosen).collect();
    let describes = |content: &Content| matches!(content, Content::Descriptions(_));
    ensure!(
        !formats.iter().flat_map(|format| format.content).all(describes),
        "`{}` only describes the files of other formats; name one of these too, such as `--format csv`",
        names.first().map_or("", String::as_str)
    );
    Ok(formats)
}

/// Whether a format has the tables.
fn has_tables(formats: &[&ReleaseFormat]) -> bool {
    formats.iter().flat_map(|format| format.content).any(|content| matches!(content, Content::Tables(_)))
}

/// The dataset that is exported. A dataset with errors is refused, or exported without the records that have them.
fn without_errors(dataset: Dataset, allow_errors: bool) -> anyhow::Result<(Dataset, Vec<LeftOut>)> {
    let errors = check::errors(&dataset, &Policy::of(&dataset));
    match errors.len() {
        0 => Ok((dataset, Vec::new())),
        _ if allow_errors => Ok(export::leave_out(dataset, &errors)),
        errors => bail!(
            "the dataset has {}; `comity check` shows them, and --allow-errors leaves the records out that have them",
            counted(errors, "error")
        ),
    }
}

/// Refuses to export nothing, which would replace an earlier release with an empty one.
fn refuse_empty(roots: &Roots, dataset: &Dataset, left_out: usize) -> anyhow::Result<()> {
    let shown = roots.root.as_ref().map_or(".", |(_, shown)| shown);
    match (dataset.records().next(), left_out) {
        (Some(_), _) => Ok(()),
        (None, 0) => bail!(
            "{shown} has no record to export, and nothing is replaced; name the folder of the dataset, which holds dataset.json, with --data"
        ),
        (None, _) => {
            bail!("every record of {shown} has errors, so that nothing is left to export; `comity check` shows them")
        }
    }
}

/// Says where the research was closed before its last source was read. A note, because contributions come between two releases,
/// and whoever makes a release sets the day.
fn note_closing_day(dataset: &Dataset) {
    let after = export::after_closing(dataset);
    let Some(((last, day), closed)) = after.first().zip(dataset.manifest.as_of) else { return };
    let count = match after.len() {
        1 => "one source or search is".to_owned(),
        n => format!("{n} sources or searches are"),
    };
    note(&format!(
        "note: research was closed on {closed}, as `as_of` in dataset.json says, and {count} of a later day; the last is `{last}`, of {day}: before a release, write \"as_of\": \"{day}\""
    ));
}

/// Gives the files of records that are left out below the root of the dataset: where the dataset lies is no part of a release.
fn below_root(roots: &Roots, left_out: &mut [LeftOut]) {
    let Some((_, root)) = &roots.root else { return };
    for record in left_out {
        let path = Path::new(&record.path).strip_prefix(root);
        record.path = path.map_or_else(|_| record.path.clone(), |path| path.display().to_string());
    }
}

/// Writes all files of a release into its folder. Returns the number of files and of bytes.
fn write(folder: &NewRelease<'_>, material: &Material<'_>, formats: &[&ReleaseFormat]) -> anyhow::Result<(usize, u64)> {
    export::pages(material).iter().try_for_each(|page| folder.add(page))?;
    let mut writers: Vec<Box<dyn TableWriter + '_>> = Vec::new();
    let mut descriptions = Vec::new();
    for content in formats.iter().flat_map(|format| format.content) {
        match content {
            Content::File(path, write) => {
                let mut file = folder.create(path)?;
                write(material, &mut file)?;
                file.finish()?;
            }
            Content::Files(make) => make(material).iter().try_for_each(|file| folder.add(file))?,
            Content::Tables(format) => writers.push(writer_of(*format, material, folder)?),
            Content::Descriptions(describe) => descriptions.push(describe),
            other => bail!("this program cannot write {other:?}"),
        }
    }
    // Rows are made only for a format that has them.
    let rows = if writers.is_empty() {
        Vec::new()
    } else {
        writers.push(Box::new(ProgressWriter::new(material)));
        write_tables(material, writers)?
    };
    let mut written = folder.written()?;
    let described: Vec<_> = descriptions.into_iter().flat_map(|describe| describe(material, &written)).collect();
    for file in &described {
        folder.add(file)?;
        written.push(WrittenFile::read(&file.path, &mut file.bytes.as_slice())?);
    }
    let (count, bytes) = (written.len(), written.iter().map(|file| file.bytes).sum::<u64>());
    let sealed = export::seal(material.release, &rows, written);
    sealed.iter().try_for_each(|file| folder.add(file))?;
    Ok((count + sealed.len(), bytes + sealed.iter().map(|file| file.bytes.len() as u64).sum::<u64>()))
}

/// The writer of a format that has the tables. The library has none for `SQLite`, whose driver writes files itself.
fn writer_of<'a>(
    format: TableFormat,
    material: &Material<'a>,
    folder: &'a NewRelease<'_>,
) -> anyhow::Result<Box<dyn TableWriter + 'a>> {
    match format {
        TableFormat::Sqlite => Ok(Box::new(SqliteWriter::new(&folder.reserve("comity.sqlite"))?)),
        other => table_writer(other, material, folder).with_context(|| format!("this program cannot write {other:?}")),
    }
}
