//! What rules over dates share: the days a record speaks of, the life of what it refers to, and whether the two can meet.
//!
//! An end that is not known is open, and nothing is apart from an open end. What is uncertain is never definite. Nothing
//! here reports.

mod acting;
mod steps;

use comity_document::pointer::Pointer;

pub(super) use acting::{Acting, Named, acting, members, membership, terms};
pub(super) use steps::{Disorder, History, histories, out_of_order, rank_of};

use super::sentinel_date;
use crate::record::{Body, Event, EventStatus, EventType, Record};
use crate::value::{Bounds, Day, Edtf, Machine, Status, Step, Steps, Truth};

/// A date of a record and where it stands there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
    /// The days it may be.
    pub(super) days: Bounds,
    /// As written.
    pub(super) text: &'a str,
    /// The map and the key in it, where it stands in an entry of one.
    entry: Option<Entry<'a>>,
    leaf: Leaf<'a>,
}

/// The field of a map, and a key in it.
pub(super) type Entry<'a> = (&'static str, &'a str);

#[derive(Clone, Copy, Debug)]
enum Leaf<'a> {
    Field(&'static str),
    Step(&'static Status, &'a Step),
}

impl<'a> Mark<'a> {
    fn field(name: &'static str, date: &'a Edtf, entry: Option<Entry<'a>>) -> Self {
        Self { days: date.bounds(), text: date.as_ref(), entry, leaf: Leaf::Field(name) }
    }

    /// A step of a history, or of the one under an entry.
    pub(super) fn step(status: &'static Status, step: &'a Step, entry: Option<Entry<'a>>) -> Self {
        Self { days: step.date.bounds(), text: step.date.as_ref(), entry, leaf: Leaf::Step(status, step) }
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Pointer {
        let base = match (self.entry, self.leaf) {
            (Some((map, key)), _) => Pointer::root().key(map).key(key),
            (None, Leaf::Step(..)) => Pointer::root().key("history"),
            (None, Leaf::Field(_)) => Pointer::root(),
        };
        match self.leaf {
            Leaf::Field(name) => base.key(name),
            Leaf::Step(status, step) => base.key(&step.key(status)),
        }
    }
}

/// The first and the last day of something; an end that is not known is `None`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span<'a> {
    /// The first day.
    pub(super) first: Option<Mark<'a>>,
    /// The last day.
    pub(super) last: Option<Mark<'a>>,
}

/// Two spans that have no day in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Apart<'a> {
    /// Whether that is certain.
    pub(super) truth: Truth,
    /// Whether the one asked comes before the other, not after it.
    pub(super) before: bool,
    /// The end of the one asked that lies towards the other.
    pub(super) own: Mark<'a>,
    /// The end of the other that lies towards the one asked.
    pub(super) other: Mark<'a>,
}

impl Apart<'_> {
    /// The days between the two.
    pub(super) fn gap(&self) -> i32 {
        let (early, late) = if self.before { (self.own, self.other) } else { (self.other, self.own) };
        late.days.earliest.count().saturating_sub(early.days.latest.count())
    }
}

impl<'a> Span<'a> {
    const OPEN: Self = Self { first: None, last: None };

    /// How this span lies definitely outside another, if it does.
    pub(super) fn apart(&self, other: &Self) -> Option<Apart<'a>> {
        self.apart_if(other, Truth::Definitely)
    }

    /// How this span lies outside another, if that is certain enough.
    pub(super) fn apart_if(&self, other: &Self, least: Truth) -> Option<Apart<'a>> {
        let precedes = |early: Option<Mark<'a>>, late: Option<Mark<'a>>| {
            let (early, late) = early.zip(late)?;
            let truth = before(&early.days, &late.days);
            (truth >= least).then_some((truth, early, late))
        };
        if let Some((truth, own, other)) = precedes(self.last, other.first) {
            return Some(Apart { truth, before: true, own, other });
        }
        precedes(other.last, self.first).map(|(truth, other, own)| Apart { truth, before: false, own, other })
    }

    fn between(from: Option<&'a Edtf>, until: Option<&'a Edtf>, entry: Option<Entry<'a>>) -> Self {
        Self {
            first: from.map(|from| Mark::field("from", from, entry)),
            last: until.map(|until| Mark::field("until", until, entry)),
        }
        .sane()
    }

    /// A span that ends before it begins says nothing about others; that it does so, another rule says.
    fn sane(self) -> Self {
        let reversed =
            self.last.zip(self.first).is_some_and(|(last, first)| last.days.before(&first.days).is_definite());
        if reversed { Self::OPEN } else { self }
    }

    /// First to last step. The outermost ones count, so that a single wrong step puts nothing outside; and an end is
    /// uncertain when the step that should stand there is.
    fn steps<M: Machine>(steps: &'a Steps<M>, entry: Option<Entry<'a>>) -> Self {
        let marks = || steps.iter().map(|(status, step)| Mark::step(status, step, entry));
        let sure = |mark: Option<Mark<'_>>| mark.is_some_and(|mark| mark.days.sure);
        let (opens, closes) = (sure(marks().next()), sure(marks().last()));
        let mut first = marks().min_by_key(|mark| mark.days.earliest);
        let mut last = marks().max_by_key(|mark| mark.days.latest);
        if let Some(mark) = &mut first {
            mark.days.sure &= opens;
        }
        if let Some(mark) = &mut last {
            mark.days.sure &= closes;
        }
        Self { first, last }
    }

    /// First to terminal step. Where the history begins with an end or a pause, its beginning is not on record.
    fn life_of<M: Machine>(steps: &'a Steps<M>, entry: Option<Entry<'a>>) -> Self {
        let begun = steps.iter().next().is_some_and(|(status, _)| !status.terminal && !status.repeats);
        let span = Self::steps(steps, entry);
        // An end with a step behind it may be the wrong one of the two; that it is there another rule says.
        let ended = steps.terminal().is_some_and(|(_, end)| {
            !steps.iter().any(|(_, step)| before(&end.date.bounds(), &step.date.bounds()).is_definite())
        });
        Self { first: span.first.filter(|_| begun), last: span.last.filter(|_| ended) }
    }
}

/// Whether a record still asserts anything: what is withdrawn is not held against others.
pub(super) fn stands(record: &Record) -> bool {
    record.envelope.retired.is_none()
}

/// Whether a day comes before another, as far as that is worth telling: possibly where it would be certain but for a `?`
/// or a `~`. Two days of one year of which no more is known are possibly in any order, and nobody could do anything
/// about that.
pub(super) fn before(early: &Bounds, late: &Bounds) -> Truth {
    before_by(0, early, late)
}

/// The same, by more than so many days. Of a day that only stands for none another rule tells, once.
pub(super) fn before_by(days: i32, early: &Bounds, late: &Bounds) -> Truth {
    let shifted = early.plus(days);
    let truth = match shifted.before(late) {
        Truth::Possibly if shifted.latest >= late.earliest => Truth::No,
        truth => truth,
    };
    if truth > Truth::No && (is_sentinel(early) || is_sentinel(late)) { Truth::No } else { truth }
}

fn is_sentinel(days: &Bounds) -> bool {
    days.earliest == days.latest && sentinel_date::is_sentinel_day(days.earliest)
}

/// Whether a day is still to come. Where the clock stands ahead of ours it may be tomorrow already.
pub(super) fn future(days: &Bounds, as_of: Day) -> Truth {
    before_by(1, &Bounds::day(as_of), days)
}

/// Whether a day is definitely still to come.
pub(super) fn is_future(days: &Bounds, as_of: Day) -> bool {
    future(days, as_of).is_definite()
}

/// The days a record speaks of: an event's `when`, a history's first to last step, a statement's `date`. Open where they
/// are not known, or so wrong that another rule says so.
pub(super) fn span(record: &Record, as_of: Day) -> Span<'_> {
    let span = match &record.body {
        Body::Event(event) => when(event),
        Body::Framework(framework) => Span::steps(&framework.history, None),
        Body::Agreement(agreement) => Span::steps(&agreement.history, None),
        Body::Operation(operation) => Span::steps(&operation.history, None),
        Body::Activity(activity) => Span::steps(&activity.history, None),
        Body::Statement(statement) => {
            let date = Mark::field("date", &statement.date, None);
            Span { first: Some(date), last: Some(date) }
        }
        _ => Span::OPEN,
    };
    let planned = matches!(&record.body, Body::Event(event) if event.status == EventStatus::Planned);
    let future = span.first.is_some_and(|first| is_future(&first.days, as_of));
    if future && !planned { Span::OPEN } else { span }
}

/// The life of what others happen under, or of an actor. Open for every other record, and for one that is withdrawn.
pub(super) fn life(record: &Record) -> Span<'_> {
    if !stands(record) {
        return Span::OPEN;
    }
    match &record.body {
        Body::Event(event) => when(event),
        Body::Framework(framework) => Span::life_of(&framework.history, None),
        Body::Operation(operation) => Span::life_of(&operation.history, None),
        Body::Activity(activity) => Span::life_of(&activity.history, None),
        Body::Actor(actor) => Span::between(actor.from.as_deref(), actor.until.as_deref(), None),
        _ => Span::OPEN,
    }
}

/// When something began: an event, an actor, whatever has a history, and what was said. `None` where that is not known, and
/// for what is withdrawn.
pub(super) fn beginning(record: &Record, as_of: Day) -> Option<Mark<'_>> {
    let span = match &record.body {
        Body::Agreement(agreement) => Span::life_of(&agreement.history, None),
        Body::Statement(_) => span(record, as_of),
        _ => life(record),
    };
    span.first.filter(|_| stands(record))
}

/// The day of an event that was put off is not known any more.
fn when(event: &Event) -> Span<'_> {
    if event.status == EventStatus::Postponed {
        return Span::OPEN;
    }
    let mark = |days| Some(Mark { days, text: event.when.as_ref(), entry: None, leaf: Leaf::Field("when") });
    Span { first: mark(event.when.start()), last: mark(event.when.end()) }.sane()
}

/// Whether a record tells only of what was to come: a proposal, a plan, a text not signed yet. That may stand before what
/// it prepares.
pub(super) fn only_prepares(record: &Record) -> bool {
    fn all<M: Machine>(steps: &Steps<M>) -> bool {
        steps.iter().all(|(status, _)| matches!(status.code, "proposed" | "negotiated" | "approved"))
    }
    match &record.body {
        Body::Event(event) => {
            matches!(event.r#type, EventType::Proposal | EventType::Decision | EventType::StaffTalks)
        }
        Body::Agreement(agreement) => all(&agreement.history),
        Body::Activity(activity) => all(&activity.history),
        Body::Framework(framework) => all(&framework.history),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Shaped;
    use crate::value::machine::FrameworkSteps;

    /// Whether a day definitely lies before (`<`) or after (`>`) the life of a framework.
    fn side(life: &str, day: &str) -> &'static str {
        let steps: Steps<FrameworkSteps> = serde_json::from_str(life).expect("steps");
        let day = Edtf::parse(day).expect("a date");
        let mark = Some(Mark::field("date", &day, None));
        let span = Span { first: mark, last: mark };
        span.apart(&Span::life_of(&steps, None)).map_or("", |apart| if apart.before { "<" } else { ">" })
    }

    #[test]
    fn possibly_is_said_only_where_a_mark_of_doubt_stands_in_the_way() {
        use Truth::{Definitely, No, Possibly};
        let cases = [
            ("2018", "2019", Definitely),
            ("2018?", "2019", Possibly),
            ("2018", "2019~", Possibly),
            ("2018-12%", "2019-01?", Possibly),
            ("2019", "2018?", No),
            ("2019?", "2019-03", No),
            ("2019", "2019", No),
            ("201X", "2019?", No),
            ("[2010..]", "2019?", No),
            ("[..2010]", "2019?", Possibly),
        ];
        for (early, late, expected) in cases {
            let days = |text| Edtf::parse(text).expect("a date").bounds();
            assert_eq!(before(&days(early), &days(late)), expected, "{early} and {late}");
        }
    }

    #[test]
    fn a_life_is_first_to_terminal_step() {
        let cases = [
            (r#"{ "established": "1994-12" }"#, "1994-11", "<"),
            (r#"{ "established": "1994-12" }"#, "1994", ""),
            (r#"{ "established": "1994-12" }"#, "2050", ""),
            (r#"{ "proposed": "1993", "established": "1994-12" }"#, "1993", ""),
            (r#"{ "established": "1994-12", "ended": "2004" }"#, "2005", ">"),
            (r#"{ "established": "1994-12", "dormant": "2004" }"#, "2005", ""),
            // Where only a pause or an end is on record, the beginning is not.
            (r#"{ "dormant": "2004" }"#, "1990", ""),
            (r#"{ "ended": "2004" }"#, "1990", ""),
            (r#"{ "ended": "2004" }"#, "2005", ">"),
            // What is uncertain at one end leaves the other as it is.
            (r#"{ "established": "1994-12", "ended": "2004?" }"#, "1990", "<"),
            (r#"{ "established": "1994-12", "ended": "2004?" }"#, "2010", ""),
            (r#"{ "established": "1994?", "operating": "1995" }"#, "1990", ""),
            (r#"{ "established": "[..1994]" }"#, "1990", ""),
            (r#"{ "established": "[1994..]" }"#, "1990", "<"),
            // A wrong step in between puts nothing outside.
            (r#"{ "established": "1994", "operating": "2009", "ended": "2004" }"#, "2007", ""),
            (r#"{ "established": "1994", "operating": "2009", "ended": "2004" }"#, "2012", ""),
            (r#"{ "established": "2094", "operating": "1995" }"#, "1999", ""),
        ];
        for (life, day, expected) in cases {
            assert_eq!(side(life, day), expected, "{day} and {life}");
        }
    }
}
