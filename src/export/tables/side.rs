//! Sides as columns: for whom an actor acts on a day, with the codes of the state.

use super::Context;
use super::column::{Cell, CellType, CodeList, Column, ColumnType};
use crate::kind::Kind;
use crate::query::sides::{self, Side, Sides};
use crate::query::time::Period;
use crate::record::{Actor, ActorType, Body, Record, Scheme};
use crate::value::{Country, Key, Ref};

/// The codes of a state: ISO 3166-1 alpha-3, Correlates of War, Gleditsch and Ward. Become three columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::export) struct StateCodes {
    iso3: Option<String>,
    cow: Option<i64>,
    gw: Option<i64>,
}

impl StateCodes {
    /// The codes of a country, with those that the record of its state has.
    pub(in crate::export) fn of(country: Option<Country>, state: Option<&Record>) -> Self {
        let identifiers = state.and_then(|state| state.envelope.identifiers.as_ref());
        let number = |scheme| identifiers?.get(&scheme)?.as_ref().parse().ok();
        let iso3 = country.map(|country| {
            // ISO 3166-1 has no code for Kosovo; the World Bank and the European Union write this one.
            rust_iso3166::from_alpha2(country.as_ref()).map_or("XKX", |country| country.alpha3).to_owned()
        });
        Self { iso3, cow: number(Scheme::Cow), gw: number(Scheme::GleditschWard) }
    }
}

impl CellType for StateCodes {
    const WIDTH: usize = 3;

    fn columns(head: Column) -> Vec<Column> {
        let suffix = head.name.strip_prefix("codes").unwrap_or_default().to_owned();
        let parts = [
            ("iso3", ColumnType::Text, "the ISO 3166-1 alpha-3 code; `XKX` is user-assigned"),
            ("cow", ColumnType::Integer, "the country number of the Correlates of War project"),
            ("gw", ColumnType::Integer, "the country number of Gleditsch and Ward"),
        ];
        let part = |(name, r#type, what): (&str, ColumnType, &str)| {
            Column { name: format!("{name}{suffix}"), r#type, nullable: true, ..head.without_values() }.saying(what)
        };
        parts.into_iter().map(part).collect()
    }

    fn cells(self, out: &mut Vec<Cell>) {
        self.iso3.cells(out);
        self.cow.cells(out);
        self.gw.cells(out);
    }
}

/// The basis of the side of a private body: it comes from the country, and does not act for the state.
const COUNTRY: &str = "country";

/// The side of an actor at a time. Becomes six columns.
#[derive(Debug, Clone)]
pub(in crate::export) struct SideCells {
    /// The state, the organisation, the group or the other actor, as `kind:id`.
    pub(in crate::export) side: Option<String>,
    /// The type of the side.
    pub(in crate::export) side_type: Option<String>,
    basis: &'static str,
    codes: StateCodes,
}

impl SideCells {
    /// The side of an actor. `acts_for` tells that the actor is the one that somebody else acts for.
    pub(in crate::export) fn of(context: &Context<'_>, actor: &Ref<Actor>, time: &Period<'_>, acts_for: bool) -> Self {
        let dataset = context.dataset;
        let none = Self { side: None, side_type: None, basis: "none", codes: StateCodes::default() };
        let Some((entry, record, fields)) = dataset.get(actor) else { return none };
        let is_person = fields.r#type == ActorType::Person;
        let basis = match (acts_for, is_person) {
            (true, _) => "for",
            (false, false) => "body",
            (false, true) if sides::holds_office(record, fields, time) => "office",
            (false, true) => "office-possible",
        };
        match sides::of(dataset, actor, time) {
            None => none,
            Some(Sides::Several) => match &entry.key {
                Some(key) if fields.r#type == ActorType::Group => Self { basis, ..none }.named(key, record),
                _ => Self { basis, ..none },
            },
            Some(found) => match found.only() {
                None => Self { basis: "office-possible", ..none },
                Some(Side::Own(id)) => {
                    let target = crate::record::Target { kind: Kind::Actor, id };
                    let side = dataset.record(target).and_then(|(entry, record)| Some((entry.key.as_ref()?, record)));
                    side.map_or(none.clone(), |(key, record)| Self { basis, ..none }.named(key, record))
                }
                Some(Side::Country(country)) => {
                    let state = context.state(country);
                    let codes = StateCodes::of(Some(country), state.map(|(_, record)| record));
                    let side = state.map(|(key, _)| key.to_string());
                    let basis = if sides::is_private(dataset, actor, time) { COUNTRY } else { basis };
                    Self { side, side_type: Some(ActorType::State.to_string()), basis, codes }
                }
            },
        }
    }

    /// The side for which the actor acts. A private body acts for none.
    pub(in crate::export) fn represented(&self) -> Option<&String> {
        self.side.as_ref().filter(|_| self.basis != COUNTRY)
    }

    fn named(self, key: &Key, record: &Record) -> Self {
        let r#type = if let Body::Actor(actor) = &record.body { Some(actor.r#type.to_string()) } else { None };
        Self { side: Some(key.to_string()), side_type: r#type, ..self }
    }
}

impl CellType for SideCells {
    const WIDTH: usize = 3 + StateCodes::WIDTH;

    fn columns(head: Column) -> Vec<Column> {
        let name = head.name.clone();
        let part = |suffix: &str, nullable: bool, refers: bool, what: &str| {
            let column = Column {
                name: format!("{name}{suffix}"),
                nullable,
                refers_to: refers.then_some(("record", "ref")),
                codes: if suffix == "_type" { const { &[CodeList::new("ActorType", &[])] } } else { &[] },
                ..head.without_values()
            };
            column.saying(what)
        };
        let mut columns = vec![
            part(
                "",
                true,
                true,
                "the state, the organisation, or the actor that belongs to neither; empty where unknown, and where the state has no record of its own, so that only `iso3` names it",
            ),
            part("_type", true, false, "the type of the side; a `group` is expanded only through `side_member`"),
            part(
                "_basis",
                false,
                false,
                "`for` (acts for it by name), `office` (holds an office of it on that day; a date marked `?`, `~` or `%` may be wrong by 366 days either way), `office-possible` (may hold it), `body` (is it, or belongs to it), `country` (comes from it and does not act for it: a company, a university, an NGO, a think tank, media, and their people; no panel counts it), `none`",
            ),
        ];
        let codes = name.strip_prefix("side").unwrap_or_default();
        columns.extend(StateCodes::columns(Column { name: format!("codes{codes}"), ..head }));
        columns
    }

    fn cells(self, out: &mut Vec<Cell>) {
        self.side.cells(out);
        self.side_type.cells(out);
        self.basis.to_owned().cells(out);
        self.codes.cells(out);
    }
}
