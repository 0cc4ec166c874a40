//! `comity show`: one record with everything it refers to, everything that refers to it, and its evidence.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, bail};
use clap::Args;
use comity::dataset::Dataset;
use comity::export;
use comity::kind::Kind;
use comity::query::provenance;
use comity::record::{Body, Evidence, Record, Reference, Source, Target};
use comity::render::visible;
use comity::value::{Key, NonEmptyMap, Ref, nearest};
use comity_document::pointer::{Path, Pointer};
use serde_json::{Number, Value};

use super::{DatasetArgs, Done, End};
use crate::clock::today;
use crate::load::{Loaded, Roots};
use crate::output::Output;

/// What `comity show` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  comity show rabat-seminar-2019\n  comity show actor:morocco")]
pub(crate) struct ShowArgs {
    /// The record: its id, or `kind:id` where several kinds have that id
    record: String,
    #[command(flatten)]
    dataset: DatasetArgs,
}

pub(crate) fn run(args: &ShowArgs, output: &mut Output) -> Done {
    let paths: Vec<_> = args.dataset.data.iter().cloned().collect();
    let loaded = Loaded::read(&Roots::find(&paths)?, today()?)?;
    let dataset = &loaded.dataset;
    let (key, record) = find(dataset, &args.record)?;
    let text = Page::of(dataset, record).write(key, record);
    output.write(&text)?;
    Ok(End::Clean)
}

fn find<'a>(dataset: &'a Dataset, name: &str) -> anyhow::Result<(&'a Key, &'a Record)> {
    let targets: Vec<Target<'_>> = match name.split_once(':') {
        Some((kind, id)) => Kind::parse(kind).map(|kind| Target { kind, id }).into_iter().collect(),
        None => Kind::ALL.into_iter().map(|kind| Target { kind, id: name }).collect(),
    };
    let entries: Vec<_> = targets.iter().filter_map(|target| dataset.find(*target)).collect();
    match entries[..] {
        [] => {
            let id = name.split_once(':').map_or(name, |(_, id)| id);
            let near = nearest(id, Kind::ALL.into_iter().flat_map(|kind| dataset.ids(kind)).map(AsRef::as_ref));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            bail!("there is no record `{name}`{hint}")
        }
        [entry] => {
            let key = entry.key.as_ref().context("an entry found by name has one")?;
            let record =
                entry.record.as_deref().with_context(|| format!("`{key}` has errors; `comity check` shows them"))?;
            Ok((key, record))
        }
        _ => {
            let names: Vec<_> =
                entries.iter().filter_map(|entry| entry.key.as_ref()).map(|key| format!("`{key}`")).collect();
            bail!("several kinds have that id; write one of {}", names.join(", "))
        }
    }
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
        let mut titles = HashMap::new();
        record.references(&mut |reference| {
            if let Some(title) = dataset.record(reference.to).and_then(|(_, record)| record.title()) {
                titles.insert((reference.at.pointer(), reference.on_key), title.to_owned());
            }
        });
        Self { dataset, titles, out: String::new() }
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
            self.source(id, evidence);
        }
    }

    fn source(&mut self, id: &Ref<Source>, evidence: &Evidence) {
        let source = self.dataset.get(id).map(|(_, _, source)| source);
        let published = source.and_then(|source| source.published.as_ref()).map_or("undated", AsRef::as_ref);
        let by = source.map_or("not in the dataset", |source| source.publisher.as_ref());
        self.line(2, &format!("{} {} ({by}, {published})", id.as_ref(), evidence.stance));
        if let Some(url) = source.and_then(|source| source.url.as_ref()) {
            self.line(3, url.as_ref());
        }
        match &evidence.supports {
            Some(places) => {
                let places: Vec<&str> = places.iter().map(AsRef::as_ref).collect();
                self.line(3, &format!("shows {}", places.join(", ")));
            }
            None if provenance::shows(evidence) => self.line(3, "shows everything"),
            None => {}
        }
        for (place, value) in evidence.says.iter().flat_map(NonEmptyMap::iter) {
            self.line(3, &format!("says {}: {value}", place.as_ref()));
        }
    }

    /// Every record that refers to this one, once, with all the ways in which it does.
    fn incoming(&mut self, key: &Key) {
        let target = Target::from(key);
        let mut found: BTreeMap<&Key, BTreeSet<String>> = BTreeMap::new();
        for (entry, record) in self.dataset.records() {
            let Some(from) = &entry.key else { continue };
            record.references(&mut |reference| {
                if reference.to == target {
                    found.entry(from).or_default().insert(relation(record, &reference));
                }
            });
        }
        if !found.is_empty() {
            self.line(1, &format!("referred to by ({})", found.len()));
        }
        for (from, relations) in found {
            let title = self.dataset.record(Target::from(from)).and_then(|(_, record)| record.title());
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

/// How a record refers to another: the relation, the roles, or else the name of the field.
fn relation(record: &Record, reference: &Reference<'_>) -> String {
    let field = reference.at.field().unwrap_or_default();
    let named = match (field, reference.at, reference.on_key) {
        ("related", Path::Key(_, to), true) => {
            let mut related = record.envelope.related.iter().flat_map(NonEmptyMap::iter);
            related.find(|(other, _)| other.as_ref() == to).map(|(_, relation)| relation.to_string())
        }
        ("participants", Path::Key(_, actor), true) => roles(&record.body, actor),
        (_, Path::Key(_, key), false) => Some(key.to_owned()),
        _ => None,
    };
    named.unwrap_or_else(|| field.to_owned())
}

fn roles(body: &Body, actor: &str) -> Option<String> {
    fn joined(roles: impl Iterator<Item = impl ToString>) -> String {
        roles.map(|role| role.to_string()).collect::<Vec<_>>().join(", ")
    }
    match body {
        Body::Event(event) => event.participants.get(actor).map(|participant| joined(participant.roles.iter())),
        Body::Activity(activity) => {
            activity.participants.get(actor).map(|participant| joined(participant.roles.iter()))
        }
        Body::Actor(_)
        | Body::Place(_)
        | Body::Framework(_)
        | Body::Agreement(_)
        | Body::Operation(_)
        | Body::Statement(_)
        | Body::Source(_)
        | Body::Theme(_)
        | Body::Survey(_) => None,
    }
}
