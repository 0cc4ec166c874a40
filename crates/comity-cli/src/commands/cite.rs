//! `comity cite`: adds a source to the evidence of a record, and makes the record of the source.

use anyhow::{Context, bail};
use clap::Args;
use comity::compose::{Citation, Composition};
use comity::kind::Kind;
use comity::record::Stance;
use comity::value::Code as _;

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::composing::{self, Destination};
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::{Output, eprint_line};
use crate::resolve;

const STATUS: &str = "Exit status:
  0  the files are written
  1  the check finds fault with what would be written; nothing is written
  2  the command could not run";

const NOTES: &str =
    "A second source makes it necessary to say what the first one shows: cite writes that out. Where the
source has a value that cannot hold beside the record's, cite marks the place as contested, with
the outcome open.";

const EXAMPLES: &str = "Examples:
  comity cite rabat-seminar-2019 \"https://example.org/news | A daily | news | 2019-01-23 | fr\"
  comity cite rabat-seminar-2019 le360-2019-01 --says /when=2019-01-23";

/// What `comity cite` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, NOTES, EXAMPLES]))]
pub(crate) struct CiteArgs {
    /// The record: its id, `kind:id`, or a name that only one record has
    record: String,
    /// The source: its address, or the id of a source on record
    source: String,
    /// A place that the source shows, such as /when; may be repeated
    #[arg(long, value_name = "POINTER")]
    supports: Vec<String>,
    /// A place for which the source has another value, and its value, such as /when=2019-01-23; may be repeated
    #[arg(long, value_name = "POINTER=VALUE", value_parser = super::assignment)]
    says: Vec<(String, String)>,
    /// How the source speaks of it [default: reports; announces, where the event is planned]
    #[arg(long, value_name = "STANCE", value_parser = stance)]
    stance: Option<String>,
    /// Why two values stand beside each other, for a place that becomes contested
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// A field of the new source, such as published=2019-01-23; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = super::assignment)]
    set: Vec<(String, String)>,
    #[command(flatten)]
    dataset: DatasetArgs,
}

pub(crate) fn run(args: &CiteArgs, output: &mut Output) -> Done {
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    let loaded = Loaded::read(&roots, today()?)?;
    let target = Destination::of(&roots)?;
    let dataset = &loaded.dataset;
    let mut composition = Composition::new(dataset);
    let (key, _) = resolve::record(composition.names(), &args.record, &Kind::ALL)?;
    let entry = dataset.find(key.into()).context("a record that was found is there")?;
    let citation = Citation {
        // A part of a line that is set by itself takes the place of what the site's other pages have.
        source: std::iter::once(args.source.as_str()).chain(line_parts(&args.set)).collect::<Vec<_>>().join(" | "),
        stance: args.stance.clone(),
        supports: args.supports.clone(),
        says: args.says.clone(),
        why: args.why.clone(),
    };
    let (_, source) = composition.cite(entry, &citation)?;
    if !args.set.is_empty() && dataset.find((&source).into()).is_some() {
        bail!("`{source}` is on record already; leave `--set` out, or change the record of the source by hand");
    }
    for (field, value) in args.set.iter().filter(|(field, _)| !IN_LINE.contains(&field.as_str())) {
        composition.set(&source, field, value)?;
    }
    let files = composition.files()?;
    let report = target.check(&composition, &files, None);
    composing::note(&composition);
    if !report.diagnostics.is_empty() {
        composing::show(&report, output)?;
        eprint_line(
            "nothing was written; say more of the source, as in `--set published=2019-01-23 --set languages=fr --set type=news`",
        );
        return Ok(End::Findings);
    }
    target.write(&files, output)?;
    Ok(End::Clean)
}

/// The fields of a source that its line may have.
const IN_LINE: [&str; 4] = ["publisher", "published", "languages", "type"];

fn line_parts(set: &[(String, String)]) -> impl Iterator<Item = &str> {
    set.iter().filter(|(field, _)| IN_LINE.contains(&field.as_str())).map(|(_, value)| value.as_str())
}

fn stance(text: &str) -> Result<String, String> {
    let all = || Stance::ALL.iter().map(|stance| stance.code()).collect::<Vec<_>>().join("`, `");
    let known = Stance::parse(text).map(|stance| stance.code().to_owned());
    known.ok_or_else(|| format!("expected one of `{}`", all()))
}
