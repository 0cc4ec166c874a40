//! A choice of records: of one kind, with one partner, under one framework, on one theme, in a time, in a status.

use hashbrown::HashSet;

use super::ground::ground;
use super::sides::{self, Side, Sides};
use super::time::{self, Period};
use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::record::{Actor, Body, EventStatus, Record, Target, Themes};
use crate::value::{Bounds, Code as _, Day, Key, Lifecycle, Ref, Steps};

/// Which records are chosen. What is `None` is not asked.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Filter<'a> {
    /// The kind.
    pub kind: Kind,
    /// Who takes part.
    pub partner: Option<Partner<'a>>,
    /// The records that are chosen among, such as those [`below`](super::links::below) a framework.
    pub among: Option<&'a HashSet<Target<'a>>>,
    /// The id of a theme, or of a broader one.
    pub theme: Option<&'a str>,
    /// The first day.
    pub since: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
    /// The code of the [status].
    pub status: Option<&'a str>,
}

/// Who takes part in a record.
#[derive(Debug, Clone, Copy)]
pub enum Partner<'a> {
    /// A side with all its bodies and officials, as [`sides::all`] has it.
    Side(Side<'a>),
    /// One actor, by id.
    Actor(&'a str),
}

impl Filter<'_> {
    /// All records of a kind that are not withdrawn.
    pub fn of(kind: Kind) -> Self {
        Self { kind, partner: None, among: None, theme: None, since: None, until: None, status: None }
    }

    /// Whether a record that is not withdrawn is chosen.
    pub fn admits(&self, dataset: &Dataset, key: &Key, record: &Record) -> bool {
        time::stands(record) && self.chooses(dataset, key, record)
    }

    /// Whether a record is chosen, withdrawn or not. A record whose days are not known is in no time.
    pub fn chooses(&self, dataset: &Dataset, key: &Key, record: &Record) -> bool {
        record.kind() == self.kind
            && self.status.is_none_or(|wanted| status(record) == Some(wanted))
            && self.is_in_time(record, dataset.as_of)
            && self.theme.is_none_or(|theme| is_about(dataset, record, theme))
            && self.among.is_none_or(|among| among.contains(&Target::from(key)))
            && self.partner.is_none_or(|partner| match partner {
                Partner::Side(side) => has_side(dataset, key, record, side),
                Partner::Actor(id) => has_actor(dataset, key, record, id),
            })
    }

    fn is_in_time(&self, record: &Record, as_of: Day) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let (first, last) = days(record, as_of);
        let begins = self.until.is_none_or(|until| first.is_none_or(|first| first.earliest <= until));
        let ends = self.since.is_none_or(|since| last.is_none_or(|last| last.latest >= since));
        (first.is_some() || last.is_some()) && begins && ends
    }
}

/// Whether a side takes part in a record; for an actor, whether it is on that side; for a place, whether it lies there; for a
/// source, whether it was issued there; for a survey, whether it was searched for.
fn has_side(dataset: &Dataset, key: &Key, record: &Record, side: Side<'_>) -> bool {
    let is_on = |actor: &Ref<Actor>, life: &Period<'_>| match sides::of(dataset, actor, life) {
        Some(Sides::OneOf(sides)) => sides.contains(&side),
        Some(Sides::Several) => side == Side::Own(actor.as_ref()),
        None => false,
    };
    match &record.body {
        Body::Actor(_) => is_on(&Ref::from(key.id.clone()), &time::life(record)),
        Body::Place(_) => ground(dataset, record).country().is_some_and(|country| side == Side::Country(country)),
        Body::Source(source) => source.issuer.iter().any(|issuer| is_on(issuer, &time::span(record, dataset.as_of))),
        Body::Survey(survey) => {
            survey.subjects.iter().any(|subject| is_on(subject, &time::span(record, dataset.as_of)))
        }
        _ => sides::all(dataset, record).contains(&side),
    }
}

/// Whether an actor itself takes part in a record, as [`sides::names`] has it; for an actor, whether it is that actor, a part of
/// it or its official.
fn has_actor(dataset: &Dataset, key: &Key, record: &Record, id: &str) -> bool {
    let is_it = |actor: &Ref<Actor>| actor.as_ref() == id;
    let own = match &record.body {
        Body::Actor(actor) => key.id.as_ref() == id || actor.part_of.as_ref().is_some_and(is_it),
        Body::Source(source) => source.issuer.as_ref().is_some_and(is_it),
        Body::Survey(survey) => survey.subjects.iter().any(is_it),
        _ => false,
    };
    own || sides::names(record, dataset.as_of, id)
}

/// How far up the broader themes are looked for. The bound ends a circle, which `reference-cycle` reports.
const DEPTH: usize = 16;

/// The first and the last day of a record, as far as they are known: of a source, its publication; of a survey, its period; of
/// all others, as [`time::course`] has it. Of what goes on, the last day is not known.
pub fn days(record: &Record, as_of: Day) -> (Option<Bounds>, Option<Bounds>) {
    let ends = |period: Period<'_>| (period.first.map(|mark| mark.days), period.last.map(|mark| mark.days));
    match &record.body {
        Body::Source(source) => {
            let published = source.published.as_ref().map(crate::value::Edtf::bounds);
            (published, published)
        }
        Body::Survey(survey) => (Some(survey.period.start()), Some(survey.period.end())),
        _ => ends(time::course(record, as_of)),
    }
}

/// The status of an event, and the last step of a history; `None` for kinds that have neither.
pub fn status(record: &Record) -> Option<&'static str> {
    fn last<M: Lifecycle>(steps: &Steps<M>) -> Option<&'static str> {
        steps.iter().next_back().map(|(status, _)| status.code)
    }
    match &record.body {
        Body::Event(event) => Some(event.status.code()),
        Body::Framework(framework) => last(&framework.history),
        Body::Agreement(agreement) => last(&agreement.history),
        Body::Operation(operation) => last(&operation.history),
        Body::Activity(activity) => last(&activity.history),
        Body::Actor(_) | Body::Place(_) | Body::Statement(_) | Body::Source(_) | Body::Theme(_) | Body::Survey(_) => {
            None
        }
    }
}

/// Every status that a record of a kind may have.
pub fn statuses(kind: Kind) -> Vec<&'static str> {
    use crate::value::lifecycle::{ActivitySteps, AgreementSteps, FrameworkSteps, OperationSteps};
    fn codes<M: Lifecycle>() -> Vec<&'static str> {
        M::STATUSES.iter().map(|status| status.code).collect()
    }
    match kind {
        Kind::Event => EventStatus::ALL.iter().map(|status| status.code()).collect(),
        Kind::Framework => codes::<FrameworkSteps>(),
        Kind::Agreement => codes::<AgreementSteps>(),
        Kind::Operation => codes::<OperationSteps>(),
        Kind::Activity => codes::<ActivitySteps>(),
        Kind::Actor | Kind::Place | Kind::Statement | Kind::Source | Kind::Theme | Kind::Survey => Vec::new(),
    }
}

fn is_about(dataset: &Dataset, record: &Record, theme: &str) -> bool {
    let broader = |id: &str| -> Option<&str> {
        let (_, record) = dataset.record(Target { kind: Kind::Theme, id })?;
        let Body::Theme(theme) = &record.body else { return None };
        theme.broader.as_ref().map(AsRef::as_ref)
    };
    let own = record.envelope.themes.iter().flat_map(Themes::all);
    let mut up = own.flat_map(|own| std::iter::successors(Some(own.as_ref()), |id| broader(id)).take(DEPTH));
    up.any(|id| id == theme)
}
