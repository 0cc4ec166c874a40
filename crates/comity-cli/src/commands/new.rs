//! `comity new`: a new record, and every new record that it needs.

use std::collections::HashMap;

use anyhow::{Context, bail};
use clap::Args;
use comity::compose::{ComposeError, Composition, questions};
use comity::kind::Kind;
use comity::value::Key;
use inquire::Text;

use super::{DatasetArgs, Done};
use crate::asking::{self, Asking};
use crate::clock::today;
use crate::composing::Destination;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::{self, Output, eprint_line};

const NOTES: &str = "In a terminal and without --set, new asks for each field, says what it is for, and completes ids.
Otherwise every field is set by name: a list by repetition, a part by a slash, and a field of
another new record by the record's name and a slash. A name stands for the id of the record that
the name means, and an address for the record of its source, with what is known of the page.";

const EXAMPLES: &str = "Examples:
  comity new event
  comity new event --set names=\"Visit of an admiral\" --set type=visit --set when=2024-04-15 \\
    --set status=held --set participants/nato=visitor --set participants/tunisia=host \\
    --set places=tunis \\
    --set \"evidence=https://example.org/news | A daily | news | 2024-04-16 | fr\"
  comity new event … --set actor:jane-doe/names=\"Jane Doe\" --set actor:jane-doe/type=person";

/// What `comity new` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[help::WRITTEN, NOTES, EXAMPLES]))]
pub(crate) struct NewArgs {
    /// The kind of record
    kind: Kind,
    /// The record's id [default: from its name]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// A field and its value; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = super::assignment)]
    set: Vec<(String, String)>,
    #[command(flatten)]
    dataset: DatasetArgs,
}

pub(crate) fn run(args: &NewArgs, output: &mut Output) -> Done {
    let asks = args.set.is_empty() && output::can_ask();
    if !asks && args.set.is_empty() {
        let needed: Vec<&str> =
            questions(args.kind).iter().filter(|asked| asked.required).map(|asked| asked.field).collect();
        bail!(
            "no terminal to ask in; set the fields, as in `--set {}=…`; {} needs `{}`",
            needed[0],
            args.kind.with_article(),
            needed.join("`, `")
        );
    }
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    let loaded = Loaded::read(&roots, today()?)?;
    let target = Destination::of(&roots)?;
    let mut composition = Composition::new(&loaded.dataset);
    if asks {
        return asking::unless_stopped(ask(args, &mut composition, &target, output));
    }
    let key = begin(args, &mut composition)?;
    // Every wrong value is told at once: a command line of many values takes one round to mend.
    if let Some((last, before)) = set_all(args, &mut composition, &key).split_last() {
        before.iter().for_each(|error| eprint_line(&format!("error: {error}")));
        bail!("{last}");
    }
    let key = named(args, &mut composition, key)?;
    composition.finish(&key);
    let of_source = if args.kind == Kind::Source { OF_RECORD } else { OF_SOURCE };
    target.write_checked(&composition, Some(&key), of_source, output)
}

/// How the fields of a record are given.
const OF_RECORD: &str = "give them as in `--set languages=fr --set type=news`";
/// How the fields of a source are given in the evidence of another record.
const OF_SOURCE: &str =
    "write them behind the address, as in `--set \"evidence=https://… | A daily | news | 2024-04-16 | fr\"`";

fn begin(args: &NewArgs, composition: &mut Composition<'_>) -> anyhow::Result<Key> {
    let begun = match &args.id {
        Some(id) => composition.begin(args.kind, id),
        None => composition.begin_unnamed(args.kind),
    };
    Ok(begun?)
}

/// Asks for each field, and for the id last.
fn ask(args: &NewArgs, composition: &mut Composition<'_>, target: &Destination<'_>, output: &mut Output) -> Done {
    eprint_line(asking::KEYS);
    let mut key = begin(args, composition)?;
    let mut asking = Asking::new(composition);
    questions(args.kind).iter().try_for_each(|question| asking.question(&key, question))?;
    asking.supports(&key)?;
    if args.id.is_none() {
        key = ask_id(asking.composition, &key)?;
    }
    asking.write(target, Some(&key), output)
}

fn ask_id(composition: &mut Composition<'_>, key: &Key) -> anyhow::Result<Key> {
    let made = composition.id_for(key).unwrap_or_default();
    loop {
        let about = "The record's own name, and that of its file; never changed once released.";
        let id = Text::new("Id").with_help_message(about).with_default(&made).prompt()?;
        match composition.rename(key, id.trim()) {
            Ok(key) => return Ok(key),
            Err(error) => eprint_line(&format!("  {error}")),
        }
    }
}

/// Sets every field; those of other new records first, so that this record may name them. Returns what cannot be set.
fn set_all(args: &NewArgs, composition: &mut Composition<'_>, key: &Key) -> Vec<ComposeError> {
    let mut refused = Vec::new();
    let mut others: HashMap<(Kind, &str), Option<Key>> = HashMap::new();
    let (own, of_others): (Vec<_>, Vec<_>) = args.set.iter().partition(|(field, _)| other(field).is_none());
    for (kind, id, _) in of_others.iter().filter_map(|(field, _)| other(field)) {
        others.entry((kind, id)).or_insert_with(|| {
            let begun = composition.keys().find(|key| key.kind == kind && key.id.as_ref() == id).cloned();
            begun.or_else(|| composition.begin(kind, id).map_err(|error| refused.push(error)).ok())
        });
    }
    for (field, value) in of_others.into_iter().chain(own) {
        let (key, field) = match other(field) {
            Some((kind, id, field)) => (others[&(kind, id)].as_ref(), field),
            None => (Some(key), field.as_str()),
        };
        refused.extend(key.and_then(|key| composition.set(key, field, value).err()));
    }
    refused
}

/// The kind, the id and the field of `actor:jane-doe/names`.
fn other(field: &str) -> Option<(Kind, &str, &str)> {
    let (record, field) = field.split_once('/')?;
    let (kind, id) = record.split_once(':')?;
    Some((Kind::parse(kind)?, id, field))
}

/// Gives the record an id of its own, unless the user gave one.
fn named(args: &NewArgs, composition: &mut Composition<'_>, key: Key) -> anyhow::Result<Key> {
    if args.id.is_some() {
        return Ok(key);
    }
    let id = composition.id_for(&key).context("no id can be made of the name; give one with `--id`")?;
    Ok(composition.rename(&key, &id)?)
}
