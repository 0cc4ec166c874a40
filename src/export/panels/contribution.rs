//! The panel `contribution_year`: who gave troops, ships and aircraft to which operation, year by year.

use comity_document::at;

use super::occurrence::{self, Occurrence};
use super::{codes, whole};
use crate::export::tables::column::{CellType, table};
use crate::export::tables::participation::ParticipationRow;
use crate::export::tables::record::contradicting;
use crate::export::tables::{Cell, Column, Context, SideCells, StateCodes, to};
use crate::kind::Kind;
use crate::query::disputes;
use crate::query::time::{self, Period};
use crate::record::{ActivityRole, ActivityType, Body, Figure, Record};
use crate::value::{Amount, Bounds, Edtf, Measure, NonEmptyMap, Slug};

table! {
    /// One row for every contribution to an operation, every side that contributes, and every year that the contribution
    /// touches or may touch while the operation lasts. A side is a state, an organisation or an assembly, as in `dyad_year`.
    ContributionYearRow "contribution_year" key ["contribution", "contributor", "year"] {
        /// The activity that is the contribution.
        contribution: String => "record",
        /// The operation that the activity is a part of.
        operation: Option<String> => "record",
        /// The side that contributes.
        contributor: String => "record",
        /// The codes of the side, where it is a state.
        codes: StateCodes,
        /// The year.
        year: i64,
        /// Whether the contribution certainly touches the year.
        certain: bool,
        /// The number of sources that deny the contribution or a part of it, as `record.n_contradicting` has it.
        n_contradicting: i64,
        /// The other contribution that this one is a part of; leave these rows out of sums.
        part_of: Option<String> => "record",
        /// How many figures of troops, ships and aircraft the record has for the year.
        n_figures: i64,
        /// Troops that were deployed.
        troops: FigureCells,
        /// Ships.
        ships: FigureCells,
        /// Aircraft.
        aircraft: FigureCells,
    }
}

/// The numbers of a figure. Become three columns.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::export) struct FigureCells([Option<f64>; 3]);

impl CellType for FigureCells {
    const WIDTH: usize = 3;

    fn columns(head: Column) -> Vec<Column> {
        let parts = [("low", "lowest possible"), ("best", "most likely"), ("high", "highest possible")];
        let part = |(name, what): (&str, &str)| {
            let column = Column { name: format!("{}_{name}", head.name), ..head.clone() };
            let own = format!(
                "the {what} number, of the figure that certainly is the latest of the year, where there is one"
            );
            Option::<f64>::columns(column.saying(&own))
        };
        parts.into_iter().flat_map(part).collect()
    }

    fn cells(self, out: &mut Vec<Cell>) {
        self.0.into_iter().for_each(|number| number.cells(out));
    }
}

/// Whether a record is a contribution to an operation.
pub(super) fn is_contribution(record: &Record) -> bool {
    matches!(&record.body, Body::Activity(activity) if activity.r#type == ActivityType::Contribution)
}

/// The rows of one contribution.
pub(super) fn rows(
    context: &Context<'_>,
    found: &Occurrence<'_>,
    participation: &[ParticipationRow],
    years: (i32, i32),
) -> Vec<ContributionYearRow> {
    let contributor = ActivityRole::Contributor.to_string();
    let contributes = |row: &&ParticipationRow| {
        row.roles.as_deref().is_some_and(|roles| roles.split(';').any(|role| role == contributor))
    };
    let came = participation.iter().filter(|row| row.came());
    let mut sides: Vec<&String> = came.filter(contributes).filter_map(occurrence::side).collect();
    sides.sort();
    sides.dedup();
    let is_alone = sides.len() == 1;
    let mut rows = Vec::new();
    for side in sides {
        for year in found.years(years) {
            let figures = Figures { context, record: found.record, side, is_alone, year };
            let [troops, ships, aircraft] =
                [Measure::TroopsDeployed, Measure::Ships, Measure::Aircraft].map(|measure| figures.of(measure));
            rows.push(ContributionYearRow {
                contribution: found.key.to_string(),
                operation: found.operation.map(ToString::to_string),
                contributor: side.clone(),
                codes: codes(context, side),
                year: i64::from(year),
                certain: found.is_certain(year),
                n_contradicting: contradicting(found.record),
                part_of: found.record.above(Kind::Activity).map(ToString::to_string),
                n_figures: whole(troops.1 + ships.1 + aircraft.1),
                troops: troops.0,
                ships: ships.0,
                aircraft: aircraft.0,
            });
        }
    }
    rows
}

/// The figures of a contribution in a year.
struct Figures<'a> {
    context: &'a Context<'a>,
    record: &'a Record,
    side: &'a str,
    is_alone: bool,
    year: i32,
}

impl Figures<'_> {
    /// The numbers of a measure in the year, and how many figures certainly hold then.
    fn of(&self, measure: Measure) -> (FigureCells, usize) {
        let all = self.record.envelope.figures.iter().flat_map(NonEmptyMap::iter);
        let of_measure = all.filter(|(_, figure)| figure.measure == measure && self.is_of_side(figure));
        let (names, possible): (Vec<&Slug>, Vec<&Figure>) =
            of_measure.filter(|(_, figure)| self.may_hold(figure)).unzip();
        let is_certain = |(name, figure): &(&Slug, &Figure)| {
            self.certainly_holds(figure) && !disputes::is_open(self.record, &at!["figures", name])
        };
        let certain = names.into_iter().zip(possible.iter().copied()).filter(is_certain);
        let certain: Vec<&Figure> = certain.map(|(_, figure)| figure).collect();
        let latest = certain.iter().find(|figure| self.is_latest(figure, &possible));
        let numbers = |figure: &&Figure| [figure.low, figure.best, figure.high].map(|number| number.map(Amount::get));
        (latest.map(numbers).map(FigureCells).unwrap_or_default(), certain.len())
    }

    /// Whether every other figure is an earlier one in the same series. Two figures whose days may be the same, also where their
    /// numbers are equal, may count different things or parts of a whole, and so may the figures of two bodies: none of them is
    /// the number of the year.
    fn is_latest(&self, figure: &Figure, all: &[&Figure]) -> bool {
        let Some(days) = days(figure) else { return false };
        let is_earlier = |other: &Figure| {
            self::days(other).is_some_and(|own| time::before(&own, &days).is_definite())
                && self.body(other) == self.body(figure)
        };
        all.iter().filter(|other| !std::ptr::eq(**other, figure)).all(|other| is_earlier(other))
    }

    /// The actor whose figure it is; the side, where none is named.
    fn body(&self, figure: &Figure) -> String {
        figure.by.as_ref().map_or_else(|| self.side.to_owned(), to)
    }

    /// Whether a figure is certainly that of the side.
    fn is_of_side(&self, figure: &Figure) -> bool {
        let open = Period { first: None, last: None };
        let Some(actor) = &figure.by else { return self.is_alone };
        SideCells::of(self.context, actor, &open, false).represented().is_some_and(|side| side == self.side)
    }

    /// Whether a figure certainly holds in the year.
    fn certainly_holds(&self, figure: &Figure) -> bool {
        days(figure).is_some_and(|days| {
            days.sure && days.earliest.year() == Some(self.year) && days.latest.year() == Some(self.year)
        })
    }

    /// Whether a figure may hold in the year. One without a date may hold in every year.
    fn may_hold(&self, figure: &Figure) -> bool {
        days(figure).is_none_or(|days| {
            days.earliest.year().is_none_or(|first| first <= self.year)
                && days.latest.year().is_none_or(|last| self.year <= last)
        })
    }
}

fn days(figure: &Figure) -> Option<Bounds> {
    figure.at.as_ref().map(Edtf::bounds)
}
