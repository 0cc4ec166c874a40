//! `comity export`: the records in the formats that researchers load. A dataset with errors is not exported.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use comity::export::{self, Release};
use comity::policy::Policy;
use comity::render::counted;

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::folder::open::explained;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::Output;
use crate::write::Writer;

const STATUS: &str = "Exit status:
  0  written
  2  the command could not run, or the dataset has errors; then nothing is written";

const EXAMPLES: &str = "Examples:
  comity export --to release   release/comity.json and release/comity.ndjson";

/// What `comity export` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    dataset: DatasetArgs,
    /// The folder to write to; created if missing
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub(crate) fn run(args: &ExportArgs, output: &mut Output) -> Done {
    let paths: Vec<PathBuf> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    let loaded = Loaded::read(&roots, today()?)?;
    let errors = comity::check(&loaded.dataset, None, &Policy::of(&loaded.dataset)).summary.errors;
    if errors > 0 {
        bail!("the dataset has {}; `comity check` shows them", counted(errors, "error"));
    }
    let tool = concat!(env!("CARGO_BIN_NAME"), " ", env!("CARGO_PKG_VERSION"));
    let release = Release::new(tool, loaded.commit(&roots));
    let trusted = &roots.trusted;
    let made = trusted.make_folder(&trusted.absolute(&args.to)).map_err(|error| explained(&error));
    made.with_context(|| format!("{} could not be made", args.to.display()))?;
    for (name, text) in
        [("comity.json", export::json(&loaded.dataset, &release)), ("comity.ndjson", export::ndjson(&loaded.dataset))]
    {
        let path = args.to.join(name);
        let write = || {
            let mut writer = Writer::file(trusted, &path)?;
            writer.write_all(text.as_bytes())?;
            anyhow::Ok(writer.finish()?)
        };
        write().with_context(|| format!("{} could not be written", path.display()))?;
        output.line(&format!("{} ({} bytes)", path.display(), text.len()))?;
    }
    Ok(End::Clean)
}
