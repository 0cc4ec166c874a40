//! Counts over a dataset: how many records there are, about what, and how many of their facts have evidence.

use std::collections::BTreeMap;

use comity_document::at;

use super::frame::Frame;
use super::grounds::{self, Grounds};
use super::{disputes, sides, states, time};
use crate::dataset::{Coverage, Dataset, Entry};
use crate::kind::Kind;
use crate::record::{Body, Event, Record, Themes};
use crate::value::{Bounds, Country};

/// The counts.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Stats {
    /// Withdrawn records, which are in no other count: they assert nothing.
    pub withdrawn: usize,
    /// Records by kind, with the facts they state.
    pub kinds: BTreeMap<Kind, (usize, Coverage)>,
    /// Dated records by the year of the first day they speak of, as [`time::span`] has it; `None` where the year is not
    /// known.
    pub years: BTreeMap<Option<i32>, usize>,
    /// Records among those of a known year whose first date is marked with `?`, `~` or `%`, or disputed and open, so that the
    /// year is only possible.
    pub doubtful_years: usize,
    /// Records by the id of a theme.
    pub themes: BTreeMap<String, usize>,
    /// Records by a country that takes part, as [`sides::countries`] has it.
    countries: BTreeMap<Country, usize>,
    /// The same by the name of the country, as [`states::name`] has it.
    pub partners: BTreeMap<String, usize>,
    /// All facts.
    pub coverage: Coverage,
    /// How well the events are known.
    pub events: EventStats,
    /// Which partners and years were searched.
    pub frame: Frame,
}

/// How well events are known.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct EventStats {
    /// Events by the class of their grounds.
    pub grounds: BTreeMap<Grounds, usize>,
    /// Events by status.
    pub status: BTreeMap<String, usize>,
    /// Events of which an archived copy of a source is on record.
    pub archived: usize,
    /// Events whose first day is known exactly, without a mark of doubt or an open dispute.
    pub exact: usize,
}

impl EventStats {
    /// All events.
    pub fn count(&self) -> usize {
        self.grounds.values().sum()
    }

    /// The events of one class.
    pub fn of(&self, class: Grounds) -> usize {
        self.grounds.get(&class).copied().unwrap_or_default()
    }

    fn add(&mut self, dataset: &Dataset, record: &Record, event: &Event) {
        *self.grounds.entry(Grounds::of(dataset, record)).or_default() += 1;
        *self.status.entry(event.status.to_string()).or_default() += 1;
        self.archived += usize::from(grounds::is_archived(dataset, record));
        let [first, _] = disputes::days(record, &at!["when"], [event.when.start(), event.when.end()]);
        self.exact += usize::from(first.exact().is_some());
    }
}

impl Stats {
    /// Counts the decoded records of a dataset.
    pub fn of(dataset: &Dataset) -> Self {
        let mut stats = Self::default();
        for (entry, record) in dataset.records() {
            if time::stands(record) {
                stats.add(dataset, entry, record);
            } else {
                stats.withdrawn += 1;
            }
        }
        stats.partners = named(dataset, &stats.countries);
        stats.frame = Frame::of(dataset);
        stats
    }

    fn add(&mut self, dataset: &Dataset, entry: &Entry, record: &Record) {
        let kind = record.kind();
        let (count, coverage) = self.kinds.entry(kind).or_default();
        *count += 1;
        *coverage += entry.coverage;
        self.coverage += entry.coverage;
        if is_dated(kind) {
            let first = disputes::period(record, &time::span(record, dataset.as_of)).first.map(|mark| mark.days);
            let year = first.and_then(year);
            *self.years.entry(year).or_default() += 1;
            self.doubtful_years += usize::from(year.and(first).is_some_and(|days| !days.sure));
        }
        for theme in record.envelope.themes.iter().flat_map(Themes::all) {
            *self.themes.entry(theme.as_ref().to_owned()).or_default() += 1;
        }
        for country in sides::countries(dataset, record) {
            *self.countries.entry(country).or_default() += 1;
        }
        if let Body::Event(event) = &record.body {
            self.events.add(dataset, record, event);
        }
    }
}

/// Counts by the name of a country.
fn named(dataset: &Dataset, countries: &BTreeMap<Country, usize>) -> BTreeMap<String, usize> {
    let states = states::states(dataset);
    let mut named = BTreeMap::new();
    for (country, count) in countries {
        *named.entry(states::name(&states, *country).to_owned()).or_default() += count;
    }
    named
}

/// Whether records of a kind are about something that happens at a time.
fn is_dated(kind: Kind) -> bool {
    match kind {
        Kind::Framework | Kind::Agreement | Kind::Operation | Kind::Activity | Kind::Event | Kind::Statement => true,
        Kind::Actor | Kind::Place | Kind::Source | Kind::Theme | Kind::Survey => false,
    }
}

/// The year, where all possible days lie in one year.
fn year(days: Bounds) -> Option<i32> {
    days.earliest.year().filter(|year| days.latest.year() == Some(*year))
}
