//! Records in a list: for a terminal, for programs, or as bare names.

use clap::ValueEnum;
use comity::query::filter;
use comity::record::{Body, Record};
use comity::render::{counted, visible};
use comity::value::Key;
use serde_json::{Value, json};

use crate::output::{Output, eprint_line};

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal, a line a record
    Table,
    /// For programs: a list of objects
    Json,
    /// For other commands: `kind:id`, a line a record
    Ids,
}

/// One record of a list.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) key: &'a Key,
    pub(crate) record: Option<&'a Record>,
    /// What else the list says of the record, with a name for programs.
    pub(crate) more: Vec<(&'static str, Value)>,
    /// The text by which the record was found, where that is not its title.
    pub(crate) note: Option<String>,
}

/// Writes a list, and how many records it has.
pub(crate) fn write(rows: &[Row<'_>], format: ListFormat, output: &mut Output) -> anyhow::Result<()> {
    match format {
        ListFormat::Ids => rows.iter().try_for_each(|row| output.line(&row.key.to_string()))?,
        ListFormat::Json => {
            let rows: Vec<Value> = rows.iter().map(as_json).collect();
            output.write(&format!("{:#}\n", Value::from(rows)))?;
        }
        ListFormat::Table => {
            output.write(&table(rows))?;
            output.flush()?;
            eprint_line(&counted(rows.len(), "record"));
        }
    }
    Ok(())
}

fn as_json(row: &Row<'_>) -> Value {
    let mut object = json!({ "kind": row.key.kind.name(), "id": row.key.id.as_ref() });
    let mut add = |name: &str, value: Option<Value>| object[name] = value.unwrap_or(Value::Null);
    add("title", row.record.and_then(Record::title).map(Value::from));
    add("date", row.record.and_then(date).map(Value::from));
    add("status", row.record.and_then(filter::status).map(Value::from));
    row.more.iter().for_each(|(name, value)| add(name, Some(value.clone())));
    object
}

fn table(rows: &[Row<'_>]) -> String {
    let cells = |row: &Row<'_>| {
        let title = row.record.and_then(Record::title).unwrap_or_default();
        let note = row.note.as_ref().map_or_else(String::new, |note| format!("  [{note}]"));
        [row.key.to_string(), row.record.and_then(date).unwrap_or_default(), format!("{title}{note}")]
            .map(|cell| visible(&cell))
    };
    let rows: Vec<[String; 3]> = rows.iter().map(cells).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    let line = |[key, date, title]: &[String; 3]| {
        format!("{key:first$}  {date:second$}  {title}").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// When a record is or was, as written in the record: the first and the last date of a history.
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
