//! Whether the research was closed on the day that `dataset.json` says.

use crate::dataset::{Dataset, Entry};
use crate::record::{Body, Record};
use crate::value::{Day, Key};

/// The records of sources that were read, and of searches that were made, after the day on which the research was closed; the
/// last one first. None where `dataset.json` does not say the day.
pub fn after_closing(dataset: &Dataset) -> Vec<(&Key, Day)> {
    let Some(closed) = dataset.manifest.as_of else { return Vec::new() };
    let of_entry = |(entry, record): (&'_ Entry, &Record)| {
        let day = research_day(record).filter(|day| *day > closed && *day != Day::FOREVER)?;
        Some((entry.id, day))
    };
    let mut found: Vec<_> = dataset.records().filter_map(of_entry).collect();
    found.sort_by_key(|(id, day)| (std::cmp::Reverse(*day), *id));
    found.into_iter().filter_map(|(id, day)| Some((dataset.entry(id).key.as_ref()?, day))).collect()
}

/// The first day on which the research of a record may have ended.
fn research_day(record: &Record) -> Option<Day> {
    match &record.body {
        Body::Source(source) => source.accessed.as_ref().map(|read| read.bounds().earliest),
        Body::Survey(survey) => Some(survey.on.end().earliest),
        _ => None,
    }
}
