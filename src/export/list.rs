//! Records in a list: what `comity list --format json` and `comity search --format json` write, in version 1. Within a
//! version, fields are only added.

use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::query::filter;
use crate::query::search::SearchHit;
use crate::record::{Body, Record};
use crate::render::{versioned_schema, write_json};
use crate::value::Key;

/// The version of the shape.
const VERSION: u32 = 1;

/// Writes a list of records as one JSON document, indented, with a newline at the end.
///
/// # Errors
/// When `out` cannot be written to.
pub fn list(records: &[ListedRecord<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    write_json(&List { version: VERSION, records }, out)
}

/// The JSON Schema of what [`list`] writes.
pub fn list_schema() -> Value {
    versioned_schema::<List<'_>>("list", VERSION)
}

/// What `comity list --format json` and `comity search --format json` write.
#[derive(Debug, Serialize, JsonSchema)]
struct List<'a> {
    /// The version of this shape: 1.
    version: u32,
    /// The records, in the order of the list.
    records: &'a [ListedRecord<'a>],
}

/// One record of a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ListedRecord<'a> {
    /// The kind.
    pub kind: &'static str,
    /// The id.
    pub id: &'a str,
    /// The title; null where the record has no title, or cannot be read.
    pub title: Option<&'a str>,
    /// The date as the record has it: of a history, the first and the last date.
    pub date: Option<String>,
    /// The status of an event, or the last step of a history.
    pub status: Option<&'static str>,
    /// How the record was found; only in the results of a search.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub found: Option<FoundBy<'a>>,
}

/// How a search found a record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FoundBy<'a> {
    /// How alike the text that was searched for and the text that was found are, from 0 to 1.
    pub score: f64,
    /// The name, or the prose, that was found.
    pub found_in: &'a str,
    /// The language of that text; null for an id.
    pub language: Option<&'a str>,
}

impl<'a> ListedRecord<'a> {
    /// A record, as a list shows it.
    pub fn of(key: &'a Key, record: Option<&'a Record>) -> Self {
        Self {
            kind: key.kind.name(),
            id: key.id.as_ref(),
            title: record.and_then(Record::title),
            date: record.and_then(date),
            status: record.and_then(filter::status),
            found: None,
        }
    }

    /// A result of a search, as a list shows it.
    pub fn of_hit(hit: &SearchHit<'a>) -> Self {
        let found = FoundBy {
            score: (hit.score * 100.0).round() / 100.0,
            found_in: hit.text,
            language: hit.language.map(AsRef::as_ref),
        };
        Self { found: Some(found), ..Self::of(hit.key, hit.entry.record.as_deref()) }
    }
}

/// The date of a record as the record has it; of a history, the first and the last date.
fn date(record: &Record) -> Option<String> {
    let steps = || {
        let mut dates = Vec::new();
        record.steps(&mut |place, _, step| {
            if place.pointer().tokens().next().is_some_and(|field| field == "history") {
                dates.push(step.date.as_ref().to_owned());
            }
        });
        dates
    };
    match &record.body {
        Body::Event(event) => Some(event.when.as_ref().to_owned()),
        Body::Statement(statement) => Some(statement.date.as_ref().to_owned()),
        Body::Source(source) => source.published.as_ref().map(|date| date.as_ref().to_owned()),
        Body::Survey(survey) => Some(survey.period.as_ref().to_owned()),
        _ => {
            let dates = steps();
            let first = dates.first()?;
            let last = dates.last().filter(|last| *last != first);
            Some(last.map_or_else(|| first.clone(), |last| format!("{first} … {last}")))
        }
    }
}
