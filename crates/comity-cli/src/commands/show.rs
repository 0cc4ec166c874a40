//! `comity show`: one record with everything it refers to, everything that refers to it, and its evidence.

use anyhow::{Context, bail};
use clap::Args;
use comity::dataset::Dataset;
use comity::export;
use comity::kind::Kind;
use comity::record::{Body, Record, Target};
use comity::render::visible;
use comity::value::{AnyRef, Key, StringFormat, nearest};
use comity_document::pointer::Path;
use serde_json::Value;

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
    let text = Page { dataset, out: String::new() }.write(key, record);
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

struct Page<'a> {
    dataset: &'a Dataset,
    out: String,
}

impl Page<'_> {
    fn write(mut self, key: &Key, record: &Record) -> String {
        self.line(0, &format!("{key}  {}", record.title().unwrap_or_default()));
        if let Value::Object(fields) = export::record(key, record) {
            for (field, value) in
                fields.iter().filter(|(field, _)| !matches!(field.as_str(), "kind" | "id" | "evidence"))
            {
                self.value(1, field, field, value);
            }
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

    /// A value under its name; what refers to a record is followed by that record's title.
    fn value(&mut self, depth: usize, field: &str, name: &str, value: &Value) {
        match value {
            Value::Object(entries) => {
                self.line(depth, &self.named(field, name));
                entries.iter().for_each(|(key, value)| self.value(depth + 1, field, key, value));
            }
            Value::Array(items) if items.iter().all(Value::is_string) => {
                let items: Vec<String> =
                    items.iter().filter_map(Value::as_str).map(|item| self.named(field, item)).collect();
                self.line(depth, &format!("{name}: {}", items.join("; ")));
            }
            Value::Array(items) => {
                self.line(depth, name);
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, item)| self.value(depth + 1, field, &(index + 1).to_string(), item));
            }
            Value::String(text) => {
                let text = self.named(if name == field { field } else { name }, text);
                self.line(depth, &format!("{}: {text}", self.named(field, name)));
            }
            other => self.line(depth, &format!("{name}: {other}")),
        }
    }

    /// An id with the title of the record it names, in fields that refer.
    fn named(&self, field: &str, text: &str) -> String {
        let kind = match field {
            "participants" | "parties" | "members" | "claims" | "convenors" | "lead" | "speaker" | "for"
            | "part_of" | "organisation" | "issuer" | "by" => Some(Kind::Actor),
            "places" | "seat" => Some(Kind::Place),
            "themes" | "broader" => Some(Kind::Theme),
            "derived_from" => Some(Kind::Source),
            _ => None,
        };
        let any = AnyRef::parse(text).ok();
        let target = any.as_ref().map(Target::from).or_else(|| kind.map(|kind| Target { kind, id: text }));
        let title = target.and_then(|target| self.dataset.record(target)).and_then(|(_, record)| record.title());
        title.map_or_else(|| text.to_owned(), |title| format!("{text} ({title})"))
    }

    fn evidence(&mut self, record: &Record) {
        if record.evidence().count() > 0 {
            self.line(1, "evidence");
        }
        for (id, evidence) in record.evidence() {
            let source = self.dataset.get(id).map(|(_, _, source)| source);
            let published = source.and_then(|source| source.published.as_ref()).map_or("undated", AsRef::as_ref);
            let by = source.map_or("not in the dataset", |source| source.publisher.as_ref());
            self.line(2, &format!("{} {} ({by}, {published})", id.as_ref(), evidence.stance));
            if let Some(url) = source.and_then(|source| source.url.as_ref()) {
                self.line(3, url.as_ref());
            }
            let supports: Vec<&str> =
                evidence.supports.iter().flat_map(|supports| supports.iter().map(AsRef::as_ref)).collect();
            self.line(
                3,
                &format!(
                    "shows {}",
                    if supports.is_empty() && evidence.says.is_none() {
                        "everything".to_owned()
                    } else {
                        supports.join(", ")
                    }
                ),
            );
            for (place, value) in evidence.says.iter().flat_map(comity::value::NonEmptyMap::iter) {
                self.line(3, &format!("says {}: {value}", place.as_ref()));
            }
        }
    }

    fn incoming(&mut self, key: &Key) {
        let target = Target { kind: key.kind, id: key.id.as_ref() };
        let mut found: Vec<(String, String)> = Vec::new();
        for (entry, record) in self.dataset.records() {
            let Some(from) = &entry.key else { continue };
            record.references(&mut |reference| {
                if reference.to == target {
                    found.push((from.to_string(), relation(record, &reference.at)));
                }
            });
        }
        found.sort();
        if !found.is_empty() {
            self.line(1, &format!("referred to by ({})", found.len()));
        }
        for (from, how) in found {
            let title = self.named("", &from);
            self.line(2, &format!("{title}: {how}"));
        }
    }
}

/// How a record refers to another: the field, and for `related` the relation.
fn relation(record: &Record, at: &Path<'_>) -> String {
    let field = at.field().unwrap_or_default();
    let related = match (field, at) {
        ("related", Path::Key(_, to)) => {
            let related = record.envelope.related.iter().flat_map(comity::value::NonEmptyMap::iter);
            related.into_iter().find(|(other, _)| other.as_ref() == *to).map(|(_, relation)| relation.to_string())
        }
        ("participants", Path::Key(_, actor)) => roles(&record.body, actor),
        _ => None,
    };
    related.unwrap_or_else(|| field.to_owned())
}

fn roles(body: &Body, actor: &str) -> Option<String> {
    let joined = |roles: Vec<String>| roles.join(", ");
    match body {
        Body::Event(event) => {
            event.participants.get(actor).map(|p| joined(p.roles.iter().map(ToString::to_string).collect()))
        }
        Body::Activity(activity) => {
            activity.participants.get(actor).map(|p| joined(p.roles.iter().map(ToString::to_string).collect()))
        }
        _ => None,
    }
}
