//! `comity search`: records by any of their names, in any language, and by the words of their summaries.

use clap::Args;
use comity::export::ListedRecord;
use comity::kind::Kind;
use comity::query::names::NameIndex;
use comity::query::search::search;

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::help;
use crate::listing::{self, ListFormat};
use crate::load::{Loaded, Roots};
use crate::output::{Output, eprint_line};

const STATUS: &str = "Exit status:
  0  the search ran, whether or not it found a record
  2  the command could not run";

const EXAMPLES: &str = "Examples:
  comity search \"moroccan navy\"
  comity search \"marine royale\" --kind actor
  comity search البحرية --format ids";

/// What `comity search` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
pub(crate) struct SearchArgs {
    /// What to look for: a name in any language, a part of one, or words of a summary
    #[arg(required = true)]
    text: Vec<String>,
    /// Only records of this kind; may be repeated
    #[arg(long, value_name = "KIND")]
    kind: Vec<Kind>,
    /// How many records to show at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    most: usize,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
    #[command(flatten)]
    dataset: DatasetArgs,
}

pub(crate) fn run(args: &SearchArgs, output: &mut Output) -> Done {
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let loaded = Loaded::read(&Roots::find(&paths)?, today()?)?;
    let names = NameIndex::of(&loaded.dataset);
    let kinds = if args.kind.is_empty() { &Kind::ALL[..] } else { &args.kind };
    let hits = search(&names, &args.text.join(" "), kinds);
    let listed: Vec<ListedRecord<'_>> = hits.iter().take(args.most).map(ListedRecord::of_hit).collect();
    listing::write(&listed, args.format, output)?;
    if hits.len() > listed.len() {
        eprint_line(&format!("note: {} more; `--most {}` shows all", hits.len() - listed.len(), hits.len()));
    }
    Ok(End::Clean)
}
