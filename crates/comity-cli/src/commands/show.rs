//! `comity show`: one record with everything it refers to, everything that refers to it, and its evidence.

use std::collections::HashMap;

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;
use comity::dataset::Dataset;
use comity::export;
use comity::kind::Kind;
use comity::query::links::{self, IncomingLink};
use comity::query::names::NameIndex;
use comity::query::shown::Shown;
use comity::record::{Evidence, Record, Source, Stance};
use comity::render::visible;
use comity::value::{FieldPointer, Key, NonEmptyMap, Ref};
use comity_document::pointer::Pointer;
use serde_json::{Number, Value};

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::complete;
use crate::help;
use crate::load::{Loaded, Roots};
use crate::output::Output;
use crate::resolve::{self, NamedRecord};

const EXAMPLES: &str = "Examples:
  comity show rabat-seminar-2019
  comity show actor:morocco";

/// What `comity show` takes.
#[derive(Debug, Args)]
#[command(after_help = help::sections(&[help::DONE, EXAMPLES]))]
pub(crate) struct ShowArgs {
    /// The record: its id, `kind:id` where several kinds have that id, or a name that only one record has
    #[arg(add = ArgValueCompleter::new(complete::records))]
    record: String,
    #[command(flatten)]
    dataset: DatasetArgs,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ShowFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// For a person
    Text,
    /// For programs: version 1 of schema/show.schema.json
    Json,
}

pub(crate) fn run(args: &ShowArgs, output: &mut Output) -> Done {
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let loaded = Loaded::read(&Roots::find(&paths)?, today()?)?;
    let dataset = &loaded.dataset;
    let NamedRecord { key, record, .. } = resolve::record(&NameIndex::of(dataset), &args.record, &Kind::ALL)?;
    match args.format {
        ShowFormat::Text => output.write(&Page::of(dataset, record).write(key, record))?,
        ShowFormat::Json => output.json(|out| export::show(dataset, key, record, out))?,
    }
    Ok(End::Clean)
}

/// A record as lines of text, indented by depth.
struct Page<'a> {
    dataset: &'a Dataset,
    /// The titles of the records that the record refers to, by the place of the reference.
    titles: HashMap<ReferencePlace, String>,
    out: String,
}

/// Where a reference stands; `true` where the key at the place refers, not the value.
type ReferencePlace = (Pointer, bool);

impl<'a> Page<'a> {
    fn of(dataset: &'a Dataset, record: &Record) -> Self {
        let links = links::outgoing(dataset, record).into_iter();
        let titles = links.filter_map(|link| Some(((link.at, link.on_key), link.title?)));
        Self { dataset, titles: titles.collect(), out: String::new() }
    }

    fn write(mut self, key: &Key, record: &Record) -> String {
        self.line(0, &format!("{key}  {}", record.title().unwrap_or_default()));
        if let Value::Object(fields) = export::record(key, record) {
            // The kind and the id stand in the first line, and the evidence has lines of its own.
            let shown = fields.iter().filter(|(field, _)| !matches!(field.as_str(), "kind" | "id" | "evidence"));
            shown.for_each(|(field, value)| self.value(1, field, &Pointer::root().key(field), value));
        }
        self.evidence(record);
        self.incoming(key);
        self.out
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.extend(std::iter::repeat_n("  ", depth));
        self.out += visible(text).trim_end();
        self.out.push('\n');
    }

    /// The value at a place, under its key or its number in a list.
    fn value(&mut self, depth: usize, key: &str, at: &Pointer, value: &Value) {
        let name = self.titled(key, at, true);
        match value {
            Value::Object(entries) => {
                self.line(depth, &name);
                entries.iter().for_each(|(key, value)| self.value(depth + 1, key, &at.clone().key(key), value));
            }
            Value::Array(items) if items.iter().all(Value::is_string) => {
                let texts = items.iter().filter_map(Value::as_str).enumerate();
                let texts: Vec<_> =
                    texts.map(|(index, text)| self.titled(text, &at.clone().index(index), false)).collect();
                self.line(depth, &format!("{name}: {}", texts.join("; ")));
            }
            Value::Array(items) => {
                self.line(depth, &name);
                let items = items.iter().enumerate();
                items.for_each(|(index, item)| {
                    self.value(depth + 1, &(index + 1).to_string(), &at.clone().index(index), item);
                });
            }
            Value::String(text) => self.line(depth, &format!("{name}: {}", self.titled(text, at, false))),
            Value::Number(number) => self.line(depth, &format!("{name}: {}", plain(number))),
            Value::Bool(_) | Value::Null => self.line(depth, &format!("{name}: {value}")),
        }
    }

    /// A text, followed by the title of the record that the text refers to.
    fn titled(&self, text: &str, at: &Pointer, on_key: bool) -> String {
        match self.titles.get(&(at.clone(), on_key)) {
            Some(title) => format!("{text} ({title})"),
            None => text.to_owned(),
        }
    }

    fn evidence(&mut self, record: &Record) {
        if record.evidence().count() > 0 {
            self.line(1, "evidence");
        }
        for (id, evidence) in record.evidence() {
            self.source(record, id, evidence);
        }
    }

    fn source(&mut self, record: &Record, id: &Ref<Source>, evidence: &Evidence) {
        let source = self.dataset.get(id).map(|(_, _, source)| source);
        let published = source.and_then(|source| source.published.as_ref()).map_or("undated", AsRef::as_ref);
        let by = source.map_or("not in the dataset", |source| source.publisher.as_ref());
        self.line(2, &format!("{} {} ({by}, {published})", id.as_ref(), evidence.stance));
        if let Some(url) = source.and_then(|source| source.url.as_ref()) {
            self.line(3, url.as_ref());
        }
        let shows = if evidence.stance == Stance::Contradicts { "denies" } else { "shows" };
        let joined =
            |places: Vec<&FieldPointer>| places.into_iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ");
        match Shown::about(record, evidence) {
            about @ Shown::Places(_) => self.line(3, &format!("{shows} {}", joined(about.places().collect()))),
            Shown::AllBut(None) => self.line(3, &format!("{shows} everything")),
            about @ Shown::AllBut(Some(_)) => {
                self.line(3, &format!("{shows} everything but {}", joined(about.exceptions().collect())));
            }
            Shown::Nothing => {}
        }
        for (place, value) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
            self.line(3, &format!("says {}: {value}", place.as_ref()));
        }
    }

    /// Every record that refers to this one, once, with all the ways in which it does.
    fn incoming(&mut self, key: &Key) {
        let found = links::incoming(self.dataset, key);
        if !found.is_empty() {
            self.line(1, &format!("referred to by ({})", found.len()));
        }
        for IncomingLink { from, title, relations } in found {
            let title = title.map_or_else(String::new, |title| format!(" ({title})"));
            let relations: Vec<String> = relations.into_iter().collect();
            self.line(2, &format!("{from}{title}: {}", relations.join(", ")));
        }
    }
}

/// A number without the `.0` of a whole number.
fn plain(number: &Number) -> String {
    match number.as_f64() {
        Some(value) if number.is_f64() => value.to_string(),
        _ => number.to_string(),
    }
}
