//! `comity export`: the data in the forms that researchers load. Only what passes the check leaves the house.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::check::{report, today};
use super::open::explained;
use super::output::Output;
use super::tell::counted;
use super::write::Writer;
use super::{DatasetArgs, Done, End, Loaded, Roots};
use crate::export;

/// What `comity export` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  comity export --to release")]
pub(super) struct ExportArgs {
    #[command(flatten)]
    dataset: DatasetArgs,
    /// The folder to write to; it is made where it does not exist
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

pub(super) fn run(args: &ExportArgs, output: &mut Output) -> Done {
    let paths: Vec<PathBuf> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    let errors = report(Loaded::read(&roots, today()?)?).summary.errors;
    if errors > 0 {
        bail!("the dataset has {}; `comity check` shows them", counted(errors, "error"));
    }
    let loaded = Loaded::read(&roots, today()?)?;
    let trusted = &roots.trusted;
    let made = trusted.make_folder(&trusted.absolute(&args.to)).map_err(|trouble| explained(&trouble));
    made.with_context(|| format!("{} could not be made", args.to.display()))?;
    for (name, text) in
        [("comity.json", export::json(&loaded.dataset)), ("comity.ndjson", export::ndjson(&loaded.dataset))]
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
