//! `comity cite`: adds a source to the evidence of a record, and makes the record of the source; asks in a terminal.

use anyhow::bail;
use clap::Args;
use clap_complete::ArgValueCompleter;
use comity::compose::{Citation, Composition};
use comity::kind::Kind;
use comity::record::Stance;
use comity::schema::FieldSchema;
use comity::value::{Code as _, Key};

use super::{DatasetArgs, Done};
use crate::asking::{self, Asking};
use crate::clock::today;
use crate::complete;
use crate::composing::Destination;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::{self, Output, eprint_line};
use crate::resolve;

const NOTES: &str = "In a terminal, cite asks for what is left out: the record, the source, what the source shows.

A second source makes it necessary to say what the first one shows: cite writes that out. Where the
source has a value that cannot hold beside the record's, cite marks the place as contested, with
the outcome open.";

const EXAMPLES: &str = "Examples:
  comity cite
  comity cite rabat-seminar-2019 \"https://example.org/news | A daily | news | 2019-01-23 | fr\" \\
    --supports /places
  comity cite rabat-seminar-2019 le360-2019-01 --says /when=2019-01-23";

/// What `comity cite` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[help::WRITTEN, NOTES, EXAMPLES]))]
pub(crate) struct CiteArgs {
    /// The record: its id, `kind:id`, or a name that only one record has
    #[arg(add = ArgValueCompleter::new(complete::records))]
    record: Option<String>,
    /// The source: its address, or the id of a source on record
    #[arg(add = ArgValueCompleter::new(complete::sources))]
    source: Option<String>,
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
    let asks = output::can_ask();
    if !asks && let Some(missing) = args.missing() {
        bail!("no terminal to ask in; {missing}");
    }
    if let Some(order) = args.in_right_order() {
        bail!("the record comes first, and the source behind it: {order}");
    }
    // A wrong name must not cost a person the answers that come before the fields are set.
    args.set.iter().try_for_each(|(field, _)| Composition::check_field(Kind::Source, field))?;
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    let loaded = Loaded::read(&roots, today()?)?;
    let target = Destination::of(&roots)?;
    let mut composition = Composition::new(&loaded.dataset);
    if asks && args.leaves_open() {
        return asking::unless_stopped(ask(args, &mut composition, &target, output));
    }
    let record = resolve::record(composition.names(), args.record.as_deref().unwrap_or_default(), &Kind::ALL)?;
    let (_, source) = composition.cite(record.entry, &args.citation())?;
    if asks && composition.is_new(&source) && !composition.open_questions(&source).is_empty() {
        let mut asking = Asking::new(&mut composition);
        asking.cited = Some((record.entry, source));
        return asking::unless_stopped(ask_of_source(asking, record.key, &target, output));
    }
    target.write_checked(&composition, None, OF_SOURCE, output)
}

/// Asks for what the command line leaves open.
fn ask(args: &CiteArgs, composition: &mut Composition<'_>, target: &Destination<'_>, output: &mut Output) -> Done {
    eprint_line(asking::KEYS);
    let mut asking = Asking::new(composition);
    let record = match &args.record {
        Some(record) => record.clone(),
        None => asking.cited_record()?,
    };
    let record = resolve::record(asking.composition.names(), &record, &Kind::ALL)?;
    Composition::check_citable(record.key)?;
    asking.cite(record.entry, args.citation())?;
    ask_of_source(asking, record.key, target, output)
}

/// Asks for what is missing of the new source.
fn ask_of_source(mut asking: Asking<'_, '_>, record: &Key, target: &Destination<'_>, output: &mut Output) -> Done {
    asking.sources(record)?;
    asking.write(target, None, output)
}

/// How the fields of the new source are given.
const OF_SOURCE: &str = "give them as in `--set languages=fr --set type=news`";

impl CiteArgs {
    /// What must be said where nobody can be asked.
    fn missing(&self) -> Option<&'static str> {
        match (&self.record, &self.source) {
            (None, _) => {
                Some("say to which record the source is added, as in `comity cite rabat-seminar-2019 https://…`")
            }
            (_, None) => Some("name the source: its address, or the id of a source on record"),
            _ => None,
        }
    }

    /// The right order, where an address stands in the place of the record.
    fn in_right_order(&self) -> Option<String> {
        let (address, record) = (self.record.as_ref()?, self.source.as_ref()?);
        let is_address = |text: &str| text.contains("://");
        (is_address(address) && !is_address(record)).then(|| format!("`comity cite {record} \"{address}\"`"))
    }

    /// Whether something is left to ask for.
    fn leaves_open(&self) -> bool {
        self.missing().is_some() || !self.citation().says_something()
    }

    fn citation(&self) -> Citation {
        Citation {
            source: self.source.clone().unwrap_or_default(),
            stance: self.stance.clone(),
            supports: self.supports.clone(),
            says: self.says.clone(),
            why: self.why.clone(),
            fields: self.set.clone(),
        }
    }
}

fn stance(text: &str) -> Result<String, String> {
    let all = || Stance::ALL.iter().map(|stance| stance.code()).collect::<Vec<_>>().join("`, `");
    let stances = FieldSchema::of(Kind::Event).at("evidence/a-source/stance");
    let known = stances.and_then(|stances| stances.code_named(text)).map(str::to_owned);
    known.ok_or_else(|| format!("expected one of `{}`", all()))
}
