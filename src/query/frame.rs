//! The frame: which partners and years were searched, and how many events are recorded there. A cell without a survey
//! was not searched; a cell with a survey and without an event gave nothing.

use std::collections::BTreeMap;

use comity_document::at;

use super::{disputes, sides, time};
use crate::dataset::Dataset;
use crate::record::{Actor, EventStatus, Record, Survey};
use crate::value::{Bounds, Ref};

/// The number of years of a cell.
const YEARS: i32 = 5;

/// What was searched and found for one subject in the years of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FrameCell {
    /// Surveys with written-down queries whose period has a year of the cell.
    pub surveys: usize,
    /// Events that were held within the years of the cell and in which the subject certainly took part.
    pub events: usize,
}

/// Subjects of surveys by years.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Frame {
    /// The first and the last year of each cell.
    pub years: Vec<(i32, i32)>,
    /// The cells of each subject, by the id of the actor, in the order of `years`.
    pub subjects: BTreeMap<String, Vec<FrameCell>>,
}

impl Frame {
    /// The frame of a dataset; empty where the dataset has no survey.
    pub fn of(dataset: &Dataset) -> Self {
        let surveys: Vec<&Survey> = surveys(dataset).collect();
        let spans: Vec<(i32, i32)> = surveys.iter().filter_map(|survey| years(survey)).collect();
        let (Some(first), Some(last)) = (spans.iter().map(|span| span.0).min(), spans.iter().map(|span| span.1).max())
        else {
            return Self::default();
        };
        let starts = (first..=last).step_by(usize::try_from(YEARS).unwrap_or(1));
        let years_of: Vec<(i32, i32)> = starts.map(|start| (start, last.min(start + YEARS - 1))).collect();
        let mut frame = Self { years: years_of, subjects: BTreeMap::new() };
        for survey in &surveys {
            frame.add_survey(survey);
        }
        let subjects: Vec<&Ref<Actor>> = surveys.iter().flat_map(|survey| survey.subjects.iter()).collect();
        frame.add_events(dataset, &subjects);
        frame
    }

    fn add_survey(&mut self, survey: &Survey) {
        let Some((first, last)) = years(survey) else { return };
        for subject in &survey.subjects {
            let empty = vec![FrameCell::default(); self.years.len()];
            let cells = self.subjects.entry(subject.as_ref().to_owned()).or_insert(empty);
            for (cell, _) in cells.iter_mut().zip(&self.years).filter(|(_, years)| years.0 <= last && first <= years.1)
            {
                cell.surveys += 1;
            }
        }
    }

    fn add_events(&mut self, dataset: &Dataset, subjects: &[&Ref<Actor>]) {
        let by_id: BTreeMap<&str, &Ref<Actor>> = subjects.iter().map(|subject| (subject.as_ref(), *subject)).collect();
        for event in
            dataset.events().filter(|event| event.fields.status == EventStatus::Held && time::stands(event.record))
        {
            let when = &event.fields.when;
            let [start, end] = disputes::days(event.record, &at!["when"], [when.start(), when.end()]);
            let Some(index) = self.index(start, end) else { continue };
            for (id, subject) in &by_id {
                if takes_part(dataset, event.record, subject)
                    && let Some(cell) = self.subjects.get_mut(*id).and_then(|cells| cells.get_mut(index))
                {
                    cell.events += 1;
                }
            }
        }
    }

    /// The cell in whose years all possible days lie.
    fn index(&self, start: Bounds, end: Bounds) -> Option<usize> {
        let (first, last) = (start.earliest.year()?, end.latest.year()?);
        self.years.iter().position(|years| years.0 <= first && last <= years.1)
    }
}

/// The surveys that show what was searched. A survey that does not state its queries is left out, because nobody can tell
/// what the search covered, and so is one that was withdrawn.
pub fn surveys(dataset: &Dataset) -> impl Iterator<Item = &Survey> {
    let standing = dataset.surveys().filter(|survey| time::stands(survey.record));
    standing.map(|survey| survey.fields).filter(|survey| survey.queries.is_some())
}

/// The years of the period of a survey.
fn years(survey: &Survey) -> Option<(i32, i32)> {
    survey.period.start().earliest.year().zip(survey.period.end().latest.year())
}

/// Whether an actor, or a body of the same side, certainly takes part in a record. Who was only invited may have stayed away.
fn takes_part(dataset: &Dataset, record: &Record, subject: &Ref<Actor>) -> bool {
    let span = time::span(record, dataset.as_of);
    let own = sides::of(dataset, subject, &span).and_then(|sides| sides.only());
    let taking_part = sides::taking_part(record, dataset.as_of);
    taking_part.iter().filter(|acting| acting.came == Some(true)).any(|acting| {
        acting.actor == subject
            || own.is_some() && sides::of(dataset, acting.actor, &acting.span).and_then(|sides| sides.only()) == own
    })
}
