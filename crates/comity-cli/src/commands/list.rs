//! `comity list`: the records of a kind, or some of them: by partner, framework, theme, time and status.

use anyhow::{Context, bail};
use clap::Args;
use comity::export::ListedRecord;
use comity::kind::Kind;
use comity::query::filter::{self, Filter};
use comity::query::links;
use comity::query::names::NameIndex;
use comity::query::sides::{self, Side};
use comity::query::time;
use comity::record::{Actor, Record, Target};
use comity::schema::FieldSchema;
use comity::value::{Country, Day, Edtf, Key, Ref, StringFormat as _, nearest};

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::help;
use crate::listing::{self, ListFormat};
use crate::load::{Loaded, Roots};
use crate::output::{Output, note};
use crate::resolve::{self, NamedRecord};

const STATUS: &str = "Exit status:
  0  the list was written, even where it is empty
  2  the command could not run";

const EXAMPLES: &str = "Examples:
  comity list event --partner tunisia --since 2015
  comity list activity --framework mediterranean-dialogue --status ongoing
  comity list source --since 2024-01 --format ids";

/// What `comity list` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[STATUS, EXAMPLES]))]
pub(crate) struct ListArgs {
    /// The kind of record
    kind: Kind,
    /// Only records in which this side takes part: a country, an organisation, or one of their bodies
    #[arg(long, value_name = "ACTOR|COUNTRY")]
    partner: Option<String>,
    /// Only what belongs to this framework, operation, activity or event, directly or not
    #[arg(long, value_name = "RECORD")]
    framework: Option<String>,
    /// Only what is about this theme, or a narrower one
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Only what may have been going on or happening on this day, month or year, or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<Edtf>,
    /// Only what may have been going on or happening on this day, month or year, or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Edtf>,
    /// Only events of this status, and histories whose last step this is
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: ListFormat,
    #[command(flatten)]
    dataset: DatasetArgs,
}

/// The kinds of what others belong to.
const ABOVE: [Kind; 4] = [Kind::Framework, Kind::Operation, Kind::Activity, Kind::Event];

pub(crate) fn run(args: &ListArgs, output: &mut Output) -> Done {
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let loaded = Loaded::read(&Roots::find(&paths)?, today()?)?;
    let dataset = &loaded.dataset;
    let names = NameIndex::of(dataset);
    let partner = args.partner.as_deref().map(|text| Partner::of(&names, text)).transpose()?;
    let theme = args.theme.as_deref().map(|text| resolve::record(&names, text, &[Kind::Theme])).transpose()?;
    let above = args.framework.as_deref().map(|text| resolve::record(&names, text, &ABOVE)).transpose()?;
    let mut filter = Filter::of(args.kind);
    filter.partner = partner.as_ref().map(Partner::side);
    filter.theme = theme.map(|theme| theme.key.id.as_ref());
    let below = above.map(|above| links::below(dataset, [Target::from(above.key)], |_| true));
    filter.among = below.as_ref();
    if let (Some(since), Some(until)) = (&args.since, &args.until)
        && until.bounds().latest < since.bounds().earliest
    {
        bail!("`--until {}` is before `--since {}`", until.as_ref(), since.as_ref());
    }
    filter.since = args.since.as_ref().map(|date| date.bounds().earliest);
    filter.until = args.until.as_ref().map(|date| date.bounds().latest);
    filter.status = args.status.as_deref().map(|status| known(args.kind, status)).transpose()?;
    let mut found: Vec<(Option<Day>, &Key, &Record)> = dataset
        .records()
        .filter_map(|(entry, record)| Some((entry.key.as_ref()?, record)))
        .filter(|(key, record)| filter.admits(dataset, key, record))
        .map(|(key, record)| {
            let first = filter::days(record, dataset.as_of).0.map(|days| days.earliest);
            (first, key, record)
        })
        .collect();
    // What has no date comes last.
    found.sort_by_key(|(first, key, _)| (first.is_none(), *first, *key));
    let listed: Vec<ListedRecord<'_>> =
        found.into_iter().map(|(_, key, record)| ListedRecord::of(key, Some(record))).collect();
    listing::write(&listed, args.format, output)?;
    Ok(End::Clean)
}

/// A side that was asked for.
enum Partner {
    Country(Country),
    Own(Key),
}

impl Partner {
    /// The side of a country's code, or of the actor that a text names.
    fn of(names: &NameIndex<'_>, text: &str) -> anyhow::Result<Self> {
        if let Ok(country) = Country::parse(text) {
            return Ok(Self::Country(country));
        }
        let dataset = names.dataset();
        let NamedRecord { key, record, .. } = resolve::record(names, text, &[Kind::Actor])?;
        let actor = Ref::<Actor>::from(key.id.clone());
        match sides::of(dataset, &actor, &time::life(record)).and_then(|sides| sides.only()) {
            Some(Side::Country(country)) => Ok(Self::Country(country)),
            Some(Side::Own(id)) => {
                let id = id.parse().ok().context("the id of a record is one")?;
                Ok(Self::Own(Key { kind: Kind::Actor, id }))
            }
            None => bail!("`{key}` belongs to no single side; name a country or an organisation"),
        }
    }

    fn side(&self) -> Side<'_> {
        match self {
            Self::Country(country) => Side::Country(*country),
            Self::Own(key) => Side::Own(key.id.as_ref()),
        }
    }
}

/// The status of that name, if records of the kind can have it.
fn known(kind: Kind, text: &str) -> anyhow::Result<&'static str> {
    let all = filter::statuses(kind);
    if all.is_empty() {
        bail!("{} has no status", kind.with_article());
    }
    let schema = FieldSchema::of(kind);
    let of_event = || schema.field("status")?.code_named(text);
    let of_history = || schema.field("history")?.field_named(text);
    let named = all.iter().copied().find(|known| *known == text).or_else(of_event).or_else(of_history);
    if let Some(named) = named {
        if named != text {
            note(&format!("note: `{text}` was taken for `{named}`"));
        }
        return Ok(named);
    }
    let near = nearest(text, all.iter().copied());
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    bail!("`{text}` is no status of {}; write one of `{}`{hint}", kind.with_article(), all.join("`, `"))
}

fn date(text: &str) -> Result<Edtf, String> {
    // clap prints the message unescaped.
    Edtf::parse(text).map_err(|error| comity::render::visible(&error.to_string()))
}
