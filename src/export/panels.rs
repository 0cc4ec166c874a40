//! Panels: counts by pair of sides and year, and by state and year. [`RULE`] is the definition; the code follows it.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::column::table;
use super::tables::participation::{self, ParticipationRow};
use super::tables::record::not_nato;
use super::tables::{Context, SideCells, StateCodes, Table};
use crate::dataset::Dataset;
use crate::query::time::{self, Period};
use crate::record::{ActorType, Body, EventStatus, Record, Survey};
use crate::value::{Bounds, Country, Edtf, Key, NonEmptyMap, Steps};

/// What the panels count, in sentences for the codebook.
pub const RULE: &[&str] = &[
    "A **side** is a state or an organisation: that of each participant, party or represented actor, as `participation.side` has it. Who declined, was absent, or was only invited does not count.",
    "A **group** is expanded to the members that it certainly has on the day. A side that is there only as a member of a group counts in the columns `…_via_group` alone, and makes no row: a row needs a record that names both sides.",
    "An **event** counts where its status is `held`. Where all its possible days lie in one year and the date is not marked `?`, `~` or `%`, it counts as `events_named` of that year; otherwise as `events_possible` of each year in which it may lie.",
    "An **activity** counts from its step `ongoing` (else `completed`) to its end. Years that it certainly touches count in `activities_certain`, years that it may touch in `activities_possible`; without an end, every year from the last step to the day of the research is possible. An activity that was only proposed or approved does not count.",
    "An **agreement** counts in `agreements_signed` in the year of its step `signed`, where that year is certain.",
    "**Nothing twice**: an event or activity `under` another one that counts in the same cell of the same column does not count again. Withdrawn records never count.",
    "**Missing**: a year counts as searched for a side where a survey with queries names the side (or a group with the side as a member) among its subjects and its period spans the whole year. A year of a pair is searched where it is searched for either side. In other years every count is empty, never 0; `records_known` then says how many records there are all the same.",
    "Years run from the first to the last year that has a record or a survey. Nothing is interpolated or converted. Every pair has a row in both directions.",
];

/// The columns that count.
const EVENTS_NAMED: usize = 0;
const EVENTS_VIA_GROUP: usize = 1;
const EVENTS_POSSIBLE: usize = 2;
const ACTIVITIES_CERTAIN: usize = 3;
const ACTIVITIES_VIA_GROUP: usize = 4;
const ACTIVITIES_POSSIBLE: usize = 5;
const AGREEMENTS_SIGNED: usize = 6;
const COLUMNS: usize = 7;

table! {
    /// One row for every pair of sides and every year, in both directions. Every pair that one record names has rows for all
    /// years of the panel.
    DyadYearRow "dyad_year" key ["side_a", "side_b", "year"] {
        /// The first side.
        side_a: String => "record",
        /// The codes of the first side, where it is a state.
        codes_a: StateCodes,
        /// The second side.
        side_b: String => "record",
        /// The codes of the second side, where it is a state.
        codes_b: StateCodes,
        /// The year.
        year: i64,
        /// Whether the year was searched for one of the sides; else all counts are empty.
        searched: bool,
        /// The number of records of the pair that lie, or may lie, in the year, whether it was searched or not.
        records_known: i64,
        /// Events that were held certainly in the year and name both sides.
        events_named: Option<i64>,
        /// Events that were held certainly in the year, with a side that is there only as a member of a group.
        events_via_group: Option<i64>,
        /// Events that name both sides and may lie in the year.
        events_possible: Option<i64>,
        /// Activities that name both sides and certainly touch the year.
        activities_certain: Option<i64>,
        /// Activities that certainly touch the year, with a side that is there only as a member of a group.
        activities_via_group: Option<i64>,
        /// Activities that name both sides and may touch the year.
        activities_possible: Option<i64>,
        /// Agreements between both sides that were signed certainly in the year.
        agreements_signed: Option<i64>,
        /// How many of the records that are counted belong only to frameworks and operations that others than NATO run.
        not_nato: Option<i64>,
    }
}

table! {
    /// One row for every state that a record names, and every year.
    StateYearRow "state_year" key ["state", "year"] {
        /// The state.
        state: String => "record",
        /// The codes of the state.
        codes: StateCodes,
        /// The year.
        year: i64,
        /// Whether the year was searched for the state; else all counts are empty.
        searched: bool,
        /// The number of records of the state that lie, or may lie, in the year, whether it was searched or not.
        records_known: i64,
        /// Events that were held certainly in the year and name the state.
        events_named: Option<i64>,
        /// Events that were held certainly in the year, with the state only as a member of a group.
        events_via_group: Option<i64>,
        /// Events that name the state and may lie in the year.
        events_possible: Option<i64>,
        /// Activities that name the state and certainly touch the year.
        activities_certain: Option<i64>,
        /// Activities that certainly touch the year, with the state only as a member of a group.
        activities_via_group: Option<i64>,
        /// Activities that name the state and may touch the year.
        activities_possible: Option<i64>,
        /// Agreements of the state that were signed certainly in the year.
        agreements_signed: Option<i64>,
        /// How many of the records that are counted belong only to frameworks and operations that others than NATO run.
        not_nato: Option<i64>,
    }
}

/// Both panels of a dataset.
pub fn panels(dataset: &Dataset) -> Vec<Table> {
    let context = Context::of(dataset);
    let panel = Panel::of(&context);
    vec![Table::of(panel.dyad_years(&context)), Table::of(panel.state_years(&context))]
}

/// A record that counts: when, for which sides.
#[derive(Debug)]
struct Occurrence<'a> {
    key: &'a Key,
    record: &'a Record,
    columns: Columns,
    /// The years in which the record certainly lies, first and last.
    certain: Option<(i32, i32)>,
    /// The years in which the record may lie, first and last; an open end is `None`.
    possible: (Option<i32>, Option<i32>),
    /// Each side, and whether it is there only as a member of a group.
    sides: BTreeMap<String, bool>,
}

/// The columns of a kind of record: named, via a group, possible.
#[derive(Debug, Clone, Copy)]
struct Columns {
    named: usize,
    via_group: Option<usize>,
    possible: Option<usize>,
}

/// The occurrences of a cell, by column.
type CellCounts = [BTreeSet<usize>; COLUMNS];

struct Panel<'a> {
    occurrences: Vec<Occurrence<'a>>,
    years: (i32, i32),
    /// The sides and the years for which a survey with queries searched.
    searched: BTreeSet<(String, i32)>,
    dyads: BTreeMap<(String, String), BTreeMap<i32, CellCounts>>,
    states: BTreeMap<String, BTreeMap<i32, CellCounts>>,
}

impl<'a> Panel<'a> {
    fn of(context: &Context<'a>) -> Self {
        let mut by_record: BTreeMap<String, Vec<ParticipationRow>> = BTreeMap::new();
        for row in participation::rows(context) {
            by_record.entry(row.r#ref.clone()).or_default().push(row);
        }
        let occurrences: Vec<Occurrence<'a>> = context
            .records
            .iter()
            .filter_map(|(key, record)| occurrence(context, key, record, by_record.get(&key.to_string())?))
            .collect();
        let searched = searched(context);
        let surveyed = searched.iter().map(|(_, year)| *year);
        let certain = occurrences.iter().filter_map(|found| found.certain).flat_map(|(first, last)| [first, last]);
        let all: Vec<i32> = surveyed.chain(certain).collect();
        let years = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(-1));
        let mut panel = Self { occurrences, years, searched, dyads: BTreeMap::new(), states: BTreeMap::new() };
        for index in 0..panel.occurrences.len() {
            panel.count(index);
        }
        panel
    }

    /// Counts one occurrence for each of its sides and each pair of them.
    fn count(&mut self, index: usize) {
        let found = &self.occurrences[index];
        let (start, end) = self.years;
        let (first, last) = (found.possible.0.unwrap_or(start).max(start), found.possible.1.unwrap_or(end).min(end));
        for year in first..=last {
            let is_certain = found.certain.is_some_and(|(first, last)| (first..=last).contains(&year));
            let column = |via_group: bool| match (is_certain, via_group) {
                (true, false) => Some(found.columns.named),
                (true, true) => found.columns.via_group,
                (false, false) => found.columns.possible,
                (false, true) => None,
            };
            for (a, a_via_group) in &found.sides {
                if let Some(column) = column(*a_via_group) {
                    self.states.entry(a.clone()).or_default().entry(year).or_default()[column].insert(index);
                }
                for (b, b_via_group) in found.sides.iter().filter(|(b, _)| *b != a) {
                    if let Some(column) = column(*a_via_group || *b_via_group) {
                        let dyad = self.dyads.entry((a.clone(), b.clone())).or_default();
                        dyad.entry(year).or_default()[column].insert(index);
                    }
                }
            }
        }
    }

    /// The number of occurrences of a column that are not under another one of the column.
    fn number(&self, of: &BTreeSet<usize>) -> i64 {
        let is_inside = |index: &&usize| {
            let under = self.occurrences[**index].record.envelope.under.iter().flat_map(|under| under.iter());
            let mut above = under.map(|above| (above.kind(), above.id()));
            above.any(|(kind, id)| {
                of.iter().any(|other| {
                    let key = self.occurrences[*other].key;
                    other != *index && (key.kind, key.id.as_ref()) == (kind, id)
                })
            })
        };
        whole(of.iter().filter(|index| !is_inside(index)).count())
    }

    fn cell(&self, context: &Context<'_>, searched: bool, counts: Option<&CellCounts>) -> CellNumbers {
        let empty = CellCounts::default();
        let counts = counts.unwrap_or(&empty);
        let all: BTreeSet<usize> = counts.iter().flatten().copied().collect();
        let elsewhere = all.iter().filter(|index| {
            let found = &self.occurrences[**index];
            not_nato(context, found.key, found.record)
        });
        CellNumbers {
            columns: std::array::from_fn(|column| searched.then(|| self.number(&counts[column]))),
            not_nato: searched.then(|| whole(elsewhere.count())),
            records_known: whole(all.len()),
        }
    }

    fn is_searched(&self, side: &str, year: i32) -> bool {
        self.searched.contains(&(side.to_owned(), year))
    }

    fn dyad_years(&self, context: &Context<'_>) -> Vec<DyadYearRow> {
        let mut rows = Vec::new();
        let is_named = |counts: &CellCounts| {
            (0..COLUMNS)
                .any(|column| ![EVENTS_VIA_GROUP, ACTIVITIES_VIA_GROUP].contains(&column) && !counts[column].is_empty())
        };
        for ((a, b), by_year) in self.dyads.iter().filter(|(_, by_year)| by_year.values().any(is_named)) {
            for year in self.years.0..=self.years.1 {
                let searched = self.is_searched(a, year) || self.is_searched(b, year);
                let numbers = self.cell(context, searched, by_year.get(&year));
                rows.push(DyadYearRow {
                    side_a: a.clone(),
                    codes_a: codes(context, a),
                    side_b: b.clone(),
                    codes_b: codes(context, b),
                    year: i64::from(year),
                    searched,
                    records_known: numbers.records_known,
                    events_named: numbers.columns[EVENTS_NAMED],
                    events_via_group: numbers.columns[EVENTS_VIA_GROUP],
                    events_possible: numbers.columns[EVENTS_POSSIBLE],
                    activities_certain: numbers.columns[ACTIVITIES_CERTAIN],
                    activities_via_group: numbers.columns[ACTIVITIES_VIA_GROUP],
                    activities_possible: numbers.columns[ACTIVITIES_POSSIBLE],
                    agreements_signed: numbers.columns[AGREEMENTS_SIGNED],
                    not_nato: numbers.not_nato,
                });
            }
        }
        rows
    }

    fn state_years(&self, context: &Context<'_>) -> Vec<StateYearRow> {
        let mut rows = Vec::new();
        for (state, by_year) in self.states.iter().filter(|(side, _)| country(context, side).is_some()) {
            for year in self.years.0..=self.years.1 {
                let searched = self.is_searched(state, year);
                let numbers = self.cell(context, searched, by_year.get(&year));
                rows.push(StateYearRow {
                    state: state.clone(),
                    codes: codes(context, state),
                    year: i64::from(year),
                    searched,
                    records_known: numbers.records_known,
                    events_named: numbers.columns[EVENTS_NAMED],
                    events_via_group: numbers.columns[EVENTS_VIA_GROUP],
                    events_possible: numbers.columns[EVENTS_POSSIBLE],
                    activities_certain: numbers.columns[ACTIVITIES_CERTAIN],
                    activities_via_group: numbers.columns[ACTIVITIES_VIA_GROUP],
                    activities_possible: numbers.columns[ACTIVITIES_POSSIBLE],
                    agreements_signed: numbers.columns[AGREEMENTS_SIGNED],
                    not_nato: numbers.not_nato,
                });
            }
        }
        rows
    }
}

/// The numbers of one cell of a panel.
struct CellNumbers {
    columns: [Option<i64>; COLUMNS],
    not_nato: Option<i64>,
    records_known: i64,
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The record of an actor by its `kind:id`.
fn actor<'a>(context: &Context<'a>, side: &str) -> Option<&'a Record> {
    let key: crate::value::AnyRef = side.parse().ok()?;
    context.dataset.record((&key).into()).map(|(_, record)| record)
}

fn country(context: &Context<'_>, side: &str) -> Option<Country> {
    match &actor(context, side)?.body {
        Body::Actor(actor) if actor.r#type == ActorType::State => actor.country,
        _ => None,
    }
}

fn codes(context: &Context<'_>, side: &str) -> StateCodes {
    StateCodes::of(country(context, side), actor(context, side))
}

/// When and for which sides a record counts; `None` where it does not.
fn occurrence<'a>(
    context: &Context<'a>,
    key: &'a Key,
    record: &'a Record,
    participation: &[ParticipationRow],
) -> Option<Occurrence<'a>> {
    if !time::stands(record) {
        return None;
    }
    let events = Columns { named: EVENTS_NAMED, via_group: Some(EVENTS_VIA_GROUP), possible: Some(EVENTS_POSSIBLE) };
    let activities = Columns {
        named: ACTIVITIES_CERTAIN,
        via_group: Some(ACTIVITIES_VIA_GROUP),
        possible: Some(ACTIVITIES_POSSIBLE),
    };
    let agreements = Columns { named: AGREEMENTS_SIGNED, via_group: None, possible: None };
    let (columns, (first, last, is_lasting)) = match &record.body {
        Body::Event(event) if event.status == EventStatus::Held => {
            (events, (Some(event.when.start()), Some(event.when.end()), false))
        }
        Body::Activity(activity) => (activities, lasting(&activity.history)?),
        Body::Agreement(agreement) => {
            let signed = agreement.history.get("signed")?.bounds();
            (agreements, (Some(signed), Some(signed), false))
        }
        _ => return None,
    };
    let (first, as_of) = (first?, context.as_of.year());
    let possible = (first.earliest.year(), last.map_or(as_of, |last| last.latest.year()));
    let certain = if is_lasting { touched(first, last) } else { within(first, last?) };
    let sides = sides(context, first, participation);
    Some(Occurrence { key, record, columns, certain, possible, sides })
}

/// The first and the last day of an activity, and that it lasts.
fn lasting<L: crate::value::Lifecycle>(history: &Steps<L>) -> Option<(Option<Bounds>, Option<Bounds>, bool)> {
    let of = |code: &str| history.get(code).map(Edtf::bounds);
    let first = of("ongoing").or(of("completed"))?;
    Some((Some(first), of("completed").or(of("cancelled")), true))
}

/// The years that something certainly touches that lasts from `first` to `last`; without an end, the years of `first`.
fn touched(first: Bounds, last: Option<Bounds>) -> Option<(i32, i32)> {
    let end = last.unwrap_or(first);
    let (from, to) = (first.latest.year()?, end.earliest.year()?);
    // One date that spans years touches one of them, and nobody knows which.
    let is_known = first.sure && end.sure && from <= to;
    is_known.then_some((from, to))
}

/// The one year in which all possible days lie.
fn within(first: Bounds, last: Bounds) -> Option<(i32, i32)> {
    let year = first.earliest.year()?;
    (first.sure && last.sure && last.latest.year() == Some(year)).then_some((year, year))
}

/// The sides of a record: those that are named, and the members of groups on the day.
fn sides(context: &Context<'_>, day: Bounds, participation: &[ParticipationRow]) -> BTreeMap<String, bool> {
    let mut sides = BTreeMap::new();
    let came = participation.iter().filter(|row| row.attendance.as_deref().is_none_or(|how| how == "online"));
    for row in came {
        let Some(side) = &row.side.side else { continue };
        match row.side.side_type.as_deref() {
            Some("state" | "organisation") => drop(sides.insert(side.clone(), false)),
            Some("group") => {
                for member in members(context, side, Some(day)) {
                    sides.entry(member).or_insert(true);
                }
            }
            _ => {}
        }
    }
    sides
}

/// The sides of the members of a group: of those that it certainly has on a day, or of all that it ever had.
fn members(context: &Context<'_>, group: &str, day: Option<Bounds>) -> Vec<String> {
    let Some(record) = actor(context, group) else { return Vec::new() };
    let open = Period { first: None, last: None };
    let members = time::members(record).into_iter().flat_map(NonEmptyMap::iter);
    let is_there = |membership: &crate::value::Membership| {
        let Some(day) = day else { return true };
        let joined = membership.steps.get("joined").map(Edtf::bounds);
        let left = membership.steps.terminal().map(|(_, step)| step.date.bounds());
        joined.is_some_and(|joined| joined.sure && joined.latest <= day.earliest)
            && left.is_none_or(|left| left.sure && day.latest < left.earliest)
    };
    members
        .filter(|(_, membership)| is_there(membership))
        .filter_map(|(member, _)| SideCells::of(context, member, &open, false).side)
        .collect()
}

/// The sides and years for which a survey with queries searched.
fn searched(context: &Context<'_>) -> BTreeSet<(String, i32)> {
    let mut found = BTreeSet::new();
    let open = Period { first: None, last: None };
    for (_, _, survey) in context.each::<Survey>().filter(|(_, _, survey)| survey.queries.is_some()) {
        let (start, end) = (survey.period.start().earliest, survey.period.end().latest);
        let day = |text: String| text.parse().ok();
        let spans = |year: &i32| {
            day(format!("{year}-01-01")).is_some_and(|first| start <= first)
                && day(format!("{year}-12-31")).is_some_and(|last| last <= end)
        };
        let (Some(first), Some(last)) = (start.year(), end.year()) else { continue };
        for subject in &survey.subjects {
            let side = SideCells::of(context, subject, &open, false);
            let Some(name) = side.side else { continue };
            let sides =
                if side.side_type.as_deref() == Some("group") { members(context, &name, None) } else { vec![name] };
            for side in sides {
                found.extend((first..=last).filter(spans).map(|year| (side.clone(), year)));
            }
        }
    }
    found
}
