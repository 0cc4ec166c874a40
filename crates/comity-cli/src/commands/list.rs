//! `comity list`: the records of a kind, or some of them: by partner, framework, theme, time and status.

use anyhow::bail;
use clap::Args;
use comity::dataset::Dataset;
use comity::export::ListedRecord;
use comity::kind::Kind;
use comity::query::filter::{self, Filter, Partner};
use comity::query::links;
use comity::query::names::NameIndex;
use comity::query::sides::{self, Side};
use comity::query::time;
use comity::record::{Actor, ActorType, Body, Record, Target};
use comity::render::counted;
use comity::schema::FieldSchema;
use comity::value::{Bounds, Country, Day, Edtf, Key, Ref, StringFormat as _, nearest};

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
    /// Only records in which this partner takes part: a country or an organisation with all its bodies, or another actor
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
    args.verify()?;
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let roots = Roots::find(&paths)?;
    let loaded = Loaded::read(&roots, today()?)?;
    loaded.note_unread(&roots);
    let dataset = &loaded.dataset;
    let names = NameIndex::of(dataset);
    let partner = args.partner.as_deref().map(|text| partner(&names, text)).transpose()?;
    let theme = args.theme.as_deref().map(|text| resolve::record(&names, text, &[Kind::Theme])).transpose()?;
    let above = args.framework.as_deref().map(|text| resolve::record(&names, text, &ABOVE)).transpose()?;
    let mut filter = Filter::of(args.kind);
    filter.partner = partner;
    filter.theme = theme.map(|theme| theme.key.id.as_ref());
    let below = above.map(|above| links::below(dataset, [Target::from(above.key)], |_| true));
    filter.among = below.as_ref();
    filter.since = args.since.as_ref().map(|date| date.bounds().earliest);
    filter.until = args.until.as_ref().map(|date| date.bounds().latest);
    filter.status = args.status.as_deref().map(|status| known(args.kind, status)).transpose()?;
    listing::write(&listed(dataset, &filter), args.format, output)?;
    Ok(End::Clean)
}

/// The records that a filter chooses, in order. A note says how many others were withdrawn.
fn listed<'a>(dataset: &'a Dataset, filter: &Filter<'_>) -> Vec<ListedRecord<'a>> {
    let all = dataset.records().filter_map(|(entry, record)| Some((entry.key.as_ref()?, record)));
    let chosen = all.filter(|(key, record)| filter.chooses(dataset, key, record));
    let (standing, withdrawn): (Vec<_>, Vec<_>) = chosen.partition(|(_, record)| time::stands(record));
    if !withdrawn.is_empty() {
        let left_out = counted(withdrawn.len(), "withdrawn record");
        note(&format!("note: without {left_out}; `comity show` says of each why it was withdrawn"));
    }
    let day = |record| filter::days(record, dataset.as_of).0.map(sorted);
    let mut found: Vec<(Option<Day>, &Key, &Record)> =
        standing.into_iter().map(|(key, record)| (day(record), key, record)).collect();
    // What has no date comes last.
    found.sort_by_key(|(first, key, _)| (first.is_none(), *first, *key));
    found.into_iter().map(|(_, key, record)| ListedRecord::of(key, Some(record))).collect()
}

impl ListArgs {
    /// Refuses what would choose no record, whatever the dataset has.
    fn verify(&self) -> anyhow::Result<()> {
        if let (Some(since), Some(until)) = (&self.since, &self.until)
            && until.bounds().latest < since.bounds().earliest
        {
            bail!("`--until {}` is before `--since {}`", until.as_ref(), since.as_ref());
        }
        let schema = FieldSchema::of(self.kind);
        let has = |field| schema.field(field).is_some();
        let has_time = !matches!(self.kind, Kind::Place | Kind::Theme);
        for (option, is_given, applies, what) in [
            ("--partner", self.partner.is_some(), self.kind != Kind::Theme, "partner"),
            ("--framework", self.framework.is_some(), has("under"), "framework"),
            ("--theme", self.theme.is_some(), has("themes"), "theme"),
            ("--since", self.since.is_some(), has_time, "time"),
            ("--until", self.until.is_some(), has_time, "time"),
        ] {
            if is_given && !applies {
                bail!("{} has no {what}, so that `{option}` would leave nothing", self.kind.with_article());
            }
        }
        Ok(())
    }
}

/// The day by which a list is in order: the first on which something may have begun, or where that is open, the last.
fn sorted(begins: Bounds) -> Day {
    begins.earliest.year().map_or(begins.latest, |_| begins.earliest)
}

/// The partner that a text names: the country of a code, a state or an organisation with all its bodies, or another actor alone.
fn partner<'a>(names: &NameIndex<'a>, text: &str) -> anyhow::Result<Partner<'a>> {
    let is_code = text.bytes().all(|byte| byte.is_ascii_uppercase());
    if let Some(country) = Country::of_code(text).filter(|_| is_code) {
        return Ok(Partner::Side(Side::Country(country)));
    }
    let NamedRecord { key, record, .. } = resolve::record(names, text, &[Kind::Actor])?;
    let is_state = matches!(&record.body, Body::Actor(actor) if actor.r#type == ActorType::State);
    let (id, actor) = (key.id.as_ref(), Ref::<Actor>::from(key.id.clone()));
    let side = sides::of(names.dataset(), &actor, &time::life(record)).and_then(|sides| sides.only());
    let of_all = match side {
        Some(Side::Country(country)) if is_state => return Ok(Partner::Side(Side::Country(country))),
        Some(Side::Own(own)) if own == id => return Ok(Partner::Side(Side::Own(id))),
        Some(Side::Country(country)) => Some((country.as_ref().to_owned(), country.name())),
        Some(Side::Own(own)) => Some((own.to_owned(), own)),
        None => None,
    };
    if let Some((option, side)) = of_all {
        note(&format!("note: only what `{key}` itself takes part in; `--partner {option}` is for all of {side}"));
    }
    Ok(Partner::Actor(id))
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
    Edtf::parse(text).map_err(|error| {
        // Of a word without a day, the refusal says what to do in a record.
        let help = if text.contains(|c: char| c.is_ascii_digit()) {
            error.to_string()
        } else {
            format!("{}; write a day, a month or a year, such as 2019-01-22, 2019-01 or 2019", error.why)
        };
        // clap prints the message unescaped.
        comity::render::visible(&help)
    })
}
