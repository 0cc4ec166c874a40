//! Periods, the dates that bound them, and whether two of them can overlap.

use comity_document::pointer::Pointer;

use super::before;
use crate::value::{Bounds, Edtf, Lifecycle, Status, Step, Steps, Truth};

/// A date of a record and its place.
#[derive(Clone, Copy, Debug)]
pub struct DateMark<'a> {
    /// The days that the date may be.
    pub days: Bounds,
    /// The date as written.
    pub text: &'a str,
    /// The map and the key, where the date stands in an entry of a map.
    entry: Option<MapEntry<'a>>,
    leaf: Leaf<'a>,
}

/// The field of a map, and a key of the map.
pub type MapEntry<'a> = (&'static str, &'a str);

#[derive(Clone, Copy, Debug)]
enum Leaf<'a> {
    Field(&'static str),
    Step(&'static Status, &'a Step),
}

impl<'a> DateMark<'a> {
    pub(super) fn field(name: &'static str, date: &'a Edtf, entry: Option<MapEntry<'a>>) -> Self {
        Self::of(name, date.bounds(), date.as_ref(), entry)
    }

    /// The days of a field of a record, or of an entry.
    pub(super) fn of(name: &'static str, days: Bounds, text: &'a str, entry: Option<MapEntry<'a>>) -> Self {
        Self { days, text, entry, leaf: Leaf::Field(name) }
    }

    /// A step of a record's history, or of the history under an entry.
    pub fn step(status: &'static Status, step: &'a Step, entry: Option<MapEntry<'a>>) -> Self {
        Self { days: step.date.bounds(), text: step.date.as_ref(), entry, leaf: Leaf::Step(status, step) }
    }

    /// The date with other days that it may be.
    #[must_use]
    pub fn with_days(self, days: Bounds) -> Self {
        Self { days, ..self }
    }

    /// The place of the date.
    pub fn place(&self) -> Pointer {
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

/// The first and the last day of something; an unknown end is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Period<'a> {
    /// The first day.
    pub first: Option<DateMark<'a>>,
    /// The last day.
    pub last: Option<DateMark<'a>>,
}

/// Two periods that have no day in common.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Apart<'a> {
    /// Whether that is certain.
    pub truth: Truth,
    /// Whether the period asked about comes before the other; else after.
    pub before: bool,
    /// The end of the period asked about that is nearer to the other.
    pub own: DateMark<'a>,
    /// The end of the other that is nearer to the period asked about.
    pub other: DateMark<'a>,
}

impl Apart<'_> {
    /// The days between the two.
    pub fn gap(&self) -> i32 {
        let (early, late) = if self.before { (self.own, self.other) } else { (self.other, self.own) };
        late.days.earliest.count().saturating_sub(early.days.latest.count())
    }
}

impl<'a> Period<'a> {
    pub(super) const OPEN: Self = Self { first: None, last: None };

    /// How this period lies definitely outside another; `None` where it may overlap.
    pub fn apart(&self, other: &Self) -> Option<Apart<'a>> {
        self.apart_if(other, Truth::Definitely)
    }

    /// How this period lies outside another, where that is at least as certain as `least`.
    pub fn apart_if(&self, other: &Self, least: Truth) -> Option<Apart<'a>> {
        let precedes = |early: Option<DateMark<'a>>, late: Option<DateMark<'a>>| {
            let (early, late) = early.zip(late)?;
            let truth = before(&early.days, &late.days);
            (truth >= least).then_some((truth, early, late))
        };
        if let Some((truth, own, other)) = precedes(self.last, other.first) {
            return Some(Apart { truth, before: true, own, other });
        }
        precedes(other.last, self.first).map(|(truth, other, own)| Apart { truth, before: false, own, other })
    }

    pub(super) fn between(from: Option<&'a Edtf>, until: Option<&'a Edtf>, entry: Option<MapEntry<'a>>) -> Self {
        Self {
            first: from.map(|from| DateMark::field("from", from, entry)),
            last: until.map(|until| DateMark::field("until", until, entry)),
        }
        .sane()
    }

    /// A period that ends before it begins is open on both sides: `reversed-interval` reports it, and it is not
    /// compared.
    pub(super) fn sane(self) -> Self {
        let reversed =
            self.last.zip(self.first).is_some_and(|(last, first)| last.days.before(&first.days).is_definite());
        if reversed { Self::OPEN } else { self }
    }

    /// From the first to the last step of the lifecycle, or from a step that is definitely before, to one that is definitely
    /// after: a single step out of order puts nothing outside. An end is uncertain where the first or last step of the
    /// lifecycle is.
    pub(super) fn steps<M: Lifecycle>(steps: &'a Steps<M>, entry: Option<MapEntry<'a>>) -> Self {
        let marks = || steps.iter().map(|(status, step)| DateMark::step(status, step, entry));
        let sure = |mark: Option<DateMark<'_>>| mark.is_some_and(|mark| mark.days.sure);
        let (opens, closes) = (sure(marks().next()), sure(marks().next_back()));
        let mut first = marks().reduce(|first, mark| if mark.days.latest < first.days.earliest { mark } else { first });
        let mut last =
            marks().rev().reduce(|last, mark| if mark.days.earliest > last.days.latest { mark } else { last });
        if let Some(mark) = &mut first {
            mark.days.sure &= opens;
        }
        if let Some(mark) = &mut last {
            mark.days.sure &= closes;
        }
        Self { first, last }
    }

    /// From the first to the terminal step. A history that begins with an end or a pause has no known beginning.
    pub(super) fn life_of<M: Lifecycle>(steps: &'a Steps<M>, entry: Option<MapEntry<'a>>) -> Self {
        let begun = steps.iter().next().is_some_and(|(status, _)| !status.terminal && !status.repeats);
        let span = Self::steps(steps, entry);
        // An end before another step may be wrong, or the other step is; `impossible-transition` reports it.
        let ended = steps.terminal().is_some_and(|(_, end)| {
            !steps.iter().any(|(_, step)| before(&end.date.bounds(), &step.date.bounds()).is_definite())
        });
        Self { first: span.first.filter(|_| begun), last: span.last.filter(|_| ended) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::StringFormat;
    use crate::value::lifecycle::FrameworkSteps;

    /// Whether a day definitely lies before (`<`) or after (`>`) the life of a framework.
    fn side(life: &str, day: &str) -> &'static str {
        let steps: Steps<FrameworkSteps> = serde_json::from_str(life).expect("steps");
        let day = Edtf::parse(day).expect("a date");
        let mark = Some(DateMark::field("date", &day, None));
        let span = Period { first: mark, last: mark };
        span.apart(&Period::life_of(&steps, None)).map_or("", |apart| if apart.before { "<" } else { ">" })
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
            // An uncertain date at one end leaves the other end certain.
            (r#"{ "established": "1994-12", "ended": "2004?" }"#, "1990", "<"),
            (r#"{ "established": "1994-12", "ended": "2004?" }"#, "2010", ""),
            (r#"{ "established": "1994?", "operating": "1995" }"#, "1990", ""),
            (r#"{ "established": "[..1994]" }"#, "1990", ""),
            (r#"{ "established": "[1994..]" }"#, "1990", "<"),
            // A wrong step in between puts nothing outside.
            (r#"{ "established": "1994", "operating": "2009", "ended": "2004" }"#, "2007", ""),
            (r#"{ "established": "1994", "operating": "2009", "ended": "2004" }"#, "2012", ""),
            (r#"{ "established": "2094", "operating": "1995" }"#, "1999", ""),
            // A later step of which only a bound is known moves no beginning, and an earlier one no end.
            (r#"{ "established": "1999", "operating": "[..2019]" }"#, "1990", "<"),
            (r#"{ "established": "2024?", "operating": "2024-11-19", "ended": "2024-11-21" }"#, "2024-12", ">"),
        ];
        for (life, day, expected) in cases {
            assert_eq!(side(life, day), expected, "{day} and {life}");
        }
    }
}
