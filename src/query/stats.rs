//! Counts over a dataset: how much of what there is, and how much of it is sourced.

use std::collections::BTreeMap;

use crate::dataset::{Coverage, Dataset};
use crate::kind::Kind;
use crate::record::{Body, Record};
use crate::value::{Bounds, Steps};

/// The counts.
#[derive(Debug, Default)]
pub struct Stats {
    /// Records by kind, with the facts they state.
    pub kinds: BTreeMap<Kind, (usize, Coverage)>,
    /// Dated records by the year they begin in; `None` for those whose year is not known.
    pub years: BTreeMap<Option<i32>, usize>,
    /// Records by theme.
    pub themes: BTreeMap<String, usize>,
    /// Records by the country that takes part, through its state, its bodies or its office-holders.
    pub partners: BTreeMap<String, usize>,
    /// All facts.
    pub coverage: Coverage,
    /// Events, and those that two sources or more report without one being a copy of another.
    pub corroborated: (usize, usize),
}

impl Stats {
    /// Counts.
    pub fn of(dataset: &Dataset) -> Self {
        let mut stats = Self::default();
        for (entry, record) in dataset.records() {
            let kind = stats.kinds.entry(record.kind()).or_default();
            kind.0 += 1;
            kind.1 += entry.coverage;
            stats.coverage += entry.coverage;
            if let Some(begins) = begins(record) {
                *stats.years.entry(year(begins)).or_default() += 1;
            }
            for theme in record.envelope.themes.iter().flat_map(crate::record::Themes::all) {
                *stats.themes.entry(theme.as_ref().to_owned()).or_default() += 1;
            }
            for state in states(dataset, record) {
                *stats.partners.entry(state).or_default() += 1;
            }
            if let Body::Event(_) = record.body {
                stats.corroborated.0 += 1;
                stats.corroborated.1 += usize::from(independent(dataset, record) >= 2);
            }
        }
        stats
    }
}

/// When something begins: an event, a statement, the first step of a history.
fn begins(record: &Record) -> Option<Bounds> {
    fn first<M: crate::value::Lifecycle>(history: &Steps<M>) -> Option<Bounds> {
        history.iter().next().map(|(_, step)| step.date.bounds())
    }
    match &record.body {
        Body::Event(event) => Some(event.when.start()),
        Body::Statement(statement) => Some(statement.date.bounds()),
        Body::Activity(activity) => first(&activity.history),
        Body::Agreement(agreement) => first(&agreement.history),
        Body::Framework(framework) => first(&framework.history),
        Body::Operation(operation) => first(&operation.history),
        Body::Actor(_) | Body::Place(_) | Body::Source(_) | Body::Theme(_) => None,
    }
}

/// The year, where all the days it may be lie in one.
fn year(bounds: Bounds) -> Option<i32> {
    bounds.earliest.year().filter(|year| bounds.latest.year() == Some(*year))
}

/// The states that take part in a record, each once.
fn states(dataset: &Dataset, record: &Record) -> std::collections::BTreeSet<String> {
    let mut states = std::collections::BTreeSet::new();
    if matches!(record.body, Body::Actor(_) | Body::Place(_) | Body::Source(_) | Body::Theme(_)) {
        return states;
    }
    record.references(&mut |reference| {
        let takes_part = matches!(reference.at.field(), Some("participants" | "parties" | "lead" | "speaker" | "for"));
        if takes_part && reference.to.kind == Kind::Actor {
            states.extend(side(dataset, reference.to.id));
        }
    });
    states
}

/// The country an actor stands for: its own, or that of the body whose office it holds.
fn side(dataset: &Dataset, id: &str) -> Option<String> {
    let actor = |id: &str| match dataset.record(crate::record::Target { kind: Kind::Actor, id }) {
        Some((_, Record { body: Body::Actor(actor), .. })) => Some(actor),
        _ => None,
    };
    let found = actor(id)?;
    let of_office = || {
        found
            .offices
            .iter()
            .flat_map(crate::value::NonEmptyMap::values)
            .find_map(|office| actor(office.organisation.as_ref())?.country)
    };
    found.country.or_else(of_office).map(|country| country.name().to_owned())
}

/// How many sources tell of a record on their own: copies of one text, and relays of one agency, count once.
pub fn independent(dataset: &Dataset, record: &Record) -> usize {
    crate::query::provenance::origins(dataset, record).len()
}
