//! Panels: counts by pair of sides and year, by state and year, and contributions by year. [`RULE`] is the definition; the
//! code follows it.

mod contribution;
mod counts;
mod occurrence;
mod searched;

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::tables::column::table;
use super::tables::participation::{self, ParticipationRow};
use super::tables::{Cell, Context, Row, StateCodes, Table};
use crate::dataset::Dataset;
use crate::record::{ActorType, Body, Record};
use crate::value::{AnyRef, Country, Day};
use counts::{Count, PanelCounts};
use occurrence::{Occurrence, occurrence};
use searched::{full_members, searched};

/// What the panels count, in sentences for the codebook.
pub const RULE: &[&str] = &[
    "A **side** is a state, an organisation, or an assembly of parliamentarians that is no body of an organisation (`participation.side_type` is `state`, `organisation` or `assembly`): that of each participant, party or represented actor, as `participation.side` has it, also where the side follows from an office that a person only may have held then (`side_basis` is `office-possible`). A private body does not count for the state of its country (`side_basis` is `country`). Who declined, was absent, or was only invited does not count.",
    "A **group** is expanded to the members that it certainly has on the day; a date of joining or leaving that is marked `?`, `~` or `%` may be wrong by 366 days either way. A side that is there only as a member of a group counts in the columns `…_via_group` alone, and makes no row: a row needs a record that names both sides.",
    "An **open dispute** (`contested.outcome` is `open`) leaves nothing certain that it is about. A date may be any day that a source has, and counts as if marked `?`. Where a source has another status, or a history without the step from which an activity goes on, the record counts as only possible; where a source has the participants or parties without an actor, its side does. A figure in dispute does not certainly hold.",
    "An **event** counts where its status is `held`. Where all its possible days lie in one year and the date is not marked `?`, `~` or `%`, it counts as `events_named` of that year; otherwise as `events_possible` of each year in which it may lie. It counts for every side that it names, also for one that only takes, makes or receives a decision or a proposal (`participation.took_part` is false).",
    "An **activity** counts from its step `ongoing` (else `completed`) to its end. Years that it certainly touches count in `activities_certain`, other years that it may touch in `activities_possible`; without an end, every year from the last step to the day of the research is possible. Years before the operation that the activity is a part of, or after its end, are not possible. An activity that was only proposed or approved does not count.",
    "An **agreement** counts in `agreements_signed` in the year of its step `signed`, where that year is certain.",
    "**Nothing twice**: an event or activity `under` another one that counts in the same cell of the same column does not count again. Withdrawn records never count.",
    "**Missing**: a year counts as searched for a side where a survey with queries names the side among its subjects and its period spans the whole year; a search for a group counts for the group, not for each member, and a year that was not over when the research was closed does not count as searched. A year of a pair is searched where it is searched for either side. In other years every count is empty, never 0; `records_known` then says how many records there are all the same. A 0 says that the year was searched and that nothing in the scope of the dataset was found; between two sides that the scope does not join, a 0 says nothing of them.",
    "**Member**: `dyad_year.member` says whether one side of the pair is certainly a full member of the other on 31 December of the year: it joined by then and has not left, on every reading of its dates and after every source of an open dispute; a date marked `?`, `~` or `%` may be wrong by 366 days either way. A partner, an associate or an observer is no member; a member whose day of joining is not on record is not certain. The panel has only pairs that some record names, so that `side_member`, and not the panel, lists all members.",
    "A **contribution** is an activity of the type `contribution`; it contributes for the sides of its participants with the role `contributor`. It has a row in `contribution_year` for each year that it touches or may touch, as above, and `certain` tells the two apart. The numbers are those of the one figure of the measure that certainly is the latest of the year: its date certainly lies in the year, and every other figure that may hold in the year is of the same body and has a date that is certainly earlier. Otherwise the number is empty, as for two types of aircraft on one day, for a month beside a day of that month, and beside a figure without a date, also where the numbers are equal; `n_figures` says how many figures of all measures certainly hold in the year, and `figure` has them; a figure without `by` counts where one side alone contributes. Nothing is carried to other years, added up or converted: a year without a figure is empty.",
    "Years run from the first to the last year that was searched, or in which a record that counts lies or may lie. A date without a latest day, and an activity without an end, reach to the year in which the research was closed, and no date reaches further; a date without an earliest day, as `[..2010]`, reaches back to the year that it names, and then counts as possible in each earlier year of the panel. Nothing is interpolated or converted. Every pair has a row in both directions.",
];

table! {
    /// One row for every pair of sides and every year, in both directions. Every pair that one record names has rows for all
    /// years of the panel. A side is a state, an organisation or an assembly: `side_type` of `participation` is `state`,
    /// `organisation` or `assembly`.
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
        /// Whether one side is certainly a full member of the other on the last day of the year.
        member: bool,
        /// Whether the year was searched for one of the sides; else all counts are empty.
        searched: bool,
        /// The counts.
        counts: PanelCounts,
    }
}

table! {
    /// One row for every state that a record names, and every year: `side_type` of `participation` is `state`.
    StateYearRow "state_year" key ["state", "year"] {
        /// The state.
        state: String => "record",
        /// The codes of the state.
        codes: StateCodes,
        /// The year.
        year: i64,
        /// Whether the year was searched for the state; else all counts are empty.
        searched: bool,
        /// The counts.
        counts: PanelCounts,
    }
}

/// Every panel of a dataset.
pub fn panels(dataset: &Dataset) -> Vec<Table> {
    let context = Context::of(dataset);
    let panel = Panel::of(&context);
    let filled = |(table, pieces): (Table, Pieces<'_>)| Table { rows: pieces.flatten().collect(), ..table };
    panel.in_pieces(&context).into_iter().map(filled).collect()
}

/// The declaration of every panel, without rows.
pub fn declared() -> Vec<Table> {
    let nothing = Dataset::builder(Day::FOREVER).build();
    panels(&nothing).iter().map(Table::declared).collect()
}

/// The rows of a panel, some at a time.
pub(super) type Pieces<'a> = Box<dyn Iterator<Item = Vec<Vec<Cell>>> + Send + 'a>;

/// The declaration and the rows of a panel, from rows that are made some at a time.
fn piecewise<'a, R: Row>(pieces: impl Iterator<Item = Vec<R>> + Send + 'a) -> (Table, Pieces<'a>) {
    let table = Table { is_panel: true, ..Table::of::<R>(Vec::new()) };
    (table, Box::new(pieces.map(|rows| rows.into_iter().map(Row::cells).collect())))
}

/// The occurrences of one cell of a panel, by column.
type CellCounts = [BTreeSet<usize>; Count::ALL.len()];

/// The full members of each side that has some, at the end of each year.
type Members<'a> = HashMap<(&'a str, i32), BTreeSet<String>>;

/// What all panels are filled from.
pub(super) struct Panel<'a> {
    occurrences: Vec<Occurrence<'a>>,
    /// Who takes part in each contribution, by `kind:id`.
    participation: BTreeMap<String, Vec<ParticipationRow>>,
    years: (i32, i32),
    /// The sides and the years for which a survey with queries searched.
    searched: BTreeSet<(String, i32)>,
    dyads: BTreeMap<(String, String), BTreeMap<i32, CellCounts>>,
    states: BTreeMap<String, BTreeMap<i32, CellCounts>>,
}

impl<'a> Panel<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let mut panel = Self::uncounted(context);
        for index in 0..panel.occurrences.len() {
            panel.count(index);
        }
        panel
    }

    /// What is counted and in which years, before anything is counted.
    pub(super) fn uncounted(context: &Context<'a>) -> Self {
        let mut participation: BTreeMap<String, Vec<ParticipationRow>> = BTreeMap::new();
        let mut occurrences: Vec<Occurrence<'a>> = Vec::new();
        for piece in context.pieces() {
            let mut by_record: BTreeMap<String, Vec<ParticipationRow>> = BTreeMap::new();
            for row in participation::rows(&piece) {
                by_record.entry(row.r#ref.clone()).or_default().push(row);
            }
            for (key, record) in &piece.records {
                let Some((name, rows)) = by_record.remove_entry(&key.to_string()) else { continue };
                occurrences.extend(occurrence(context, key, record, &rows));
                if contribution::is_contribution(record) {
                    participation.insert(name, rows);
                }
            }
        }
        let searched = searched(context);
        let surveyed = searched.iter().map(|(_, year)| *year);
        let as_of = context.as_of.year();
        let known = occurrences.iter().filter_map(|found| found.extent(as_of)).flat_map(|(first, last)| [first, last]);
        let all: Vec<i32> = surveyed.chain(known).collect();
        let years = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(-1));
        Self { occurrences, participation, years, searched, dyads: BTreeMap::new(), states: BTreeMap::new() }
    }

    /// Counts one occurrence for each of its sides and each pair of them.
    fn count(&mut self, index: usize) {
        let found = &self.occurrences[index];
        for year in found.years(self.years) {
            for (a, presence) in &found.sides {
                if let Some(column) = found.column(year, *presence) {
                    self.states.entry(a.clone()).or_default().entry(year).or_default()[column as usize].insert(index);
                }
                for (b, other) in found.sides.iter().filter(|(b, _)| *b != a) {
                    if let Some(column) = found.column(year, *presence.max(other)) {
                        let dyad = self.dyads.entry((a.clone(), b.clone())).or_default();
                        dyad.entry(year).or_default()[column as usize].insert(index);
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

    fn cell(&self, context: &Context<'_>, searched: bool, counts: Option<&CellCounts>) -> PanelCounts {
        let empty = CellCounts::default();
        let counts = counts.unwrap_or(&empty);
        let all: BTreeSet<usize> = counts.iter().flatten().copied().collect();
        let elsewhere = all.iter().filter(|index| context.elsewhere.holds(self.occurrences[**index].key));
        PanelCounts {
            records_known: whole(all.len()),
            numbers: std::array::from_fn(|column| searched.then(|| self.number(&counts[column]))),
            not_nato: searched.then(|| whole(elsewhere.count())),
        }
    }

    fn is_searched(&self, side: &str, year: i32) -> bool {
        self.searched.contains(&(side.to_owned(), year))
    }

    /// Every panel. A piece has the rows of one pair of sides, of one state, or of one contribution.
    pub(super) fn in_pieces<'p>(&'p self, context: &'p Context<'_>) -> Vec<(Table, Pieces<'p>)> {
        let is_named = |counts: &CellCounts| {
            Count::ALL.into_iter().any(|count| !count.is_via_group() && !counts[count as usize].is_empty())
        };
        let members = self.members(context);
        let dyads = self.dyads.iter().filter(move |(_, by_year)| by_year.values().any(is_named));
        let states = self.states.iter().filter(|(side, _)| country(context, side).is_some());
        let contributions =
            self.occurrences.iter().filter_map(|found| Some((found, self.participation.get(&found.key.to_string())?)));
        vec![
            piecewise(dyads.map(move |(sides, by_year)| self.dyad_years(context, &members, sides, by_year))),
            piecewise(states.map(|(state, by_year)| self.state_years(context, state, by_year))),
            piecewise(contributions.map(|(found, rows)| contribution::rows(context, found, rows, self.years))),
        ]
    }

    fn dyad_years(
        &self,
        context: &Context<'_>,
        members: &Members<'_>,
        (a, b): &(String, String),
        by_year: &BTreeMap<i32, CellCounts>,
    ) -> Vec<DyadYearRow> {
        let is_member =
            |whole: &str, side: &str, year| members.get(&(whole, year)).is_some_and(|members| members.contains(side));
        let row = |year: i32| {
            let searched = self.is_searched(a, year) || self.is_searched(b, year);
            DyadYearRow {
                side_a: a.clone(),
                codes_a: codes(context, a),
                side_b: b.clone(),
                codes_b: codes(context, b),
                year: i64::from(year),
                member: is_member(a, b, year) || is_member(b, a, year),
                searched,
                counts: self.cell(context, searched, by_year.get(&year)),
            }
        };
        (self.years.0..=self.years.1).map(row).collect()
    }

    /// The full members of each side, at the end of each year.
    fn members(&self, context: &Context<'_>) -> Members<'_> {
        let sides: BTreeSet<&str> = self.dyads.keys().map(|(a, _)| a.as_str()).collect();
        let of_year = |side, year| {
            let members: BTreeSet<String> = full_members(context, side, year).into_iter().collect();
            (!members.is_empty()).then_some(((side, year), members))
        };
        let years = self.years.0..=self.years.1;
        sides.into_iter().flat_map(|side| years.clone().filter_map(move |year| of_year(side, year))).collect()
    }

    fn state_years(
        &self,
        context: &Context<'_>,
        state: &str,
        by_year: &BTreeMap<i32, CellCounts>,
    ) -> Vec<StateYearRow> {
        let row = |year: i32| {
            let searched = self.is_searched(state, year);
            StateYearRow {
                state: state.to_owned(),
                codes: codes(context, state),
                year: i64::from(year),
                searched,
                counts: self.cell(context, searched, by_year.get(&year)),
            }
        };
        (self.years.0..=self.years.1).map(row).collect()
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A record by its `kind:id`.
fn record<'a>(context: &Context<'a>, name: &str) -> Option<&'a Record> {
    let key: AnyRef = name.parse().ok()?;
    context.dataset.record((&key).into()).map(|(_, record)| record)
}

fn country(context: &Context<'_>, side: &str) -> Option<Country> {
    match &record(context, side)?.body {
        Body::Actor(actor) if actor.r#type == ActorType::State => actor.country,
        _ => None,
    }
}

fn codes(context: &Context<'_>, side: &str) -> StateCodes {
    StateCodes::of(country(context, side), record(context, side))
}
