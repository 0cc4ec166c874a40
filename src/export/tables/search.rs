//! The tables `search`, `search_subject` and `search_query`: what was looked for, from the records of the kind `survey`.

use super::column::table;
use super::{Context, DateCells, SideCells, english, joined, to};
use crate::query::time::Period;
use crate::record::Survey;

table! {
    /// One row for every search for records. What no search covers was not looked for.
    SearchRow "search" key ["ref"] {
        /// The survey.
        r#ref: String => "record",
        /// The time of the events that were searched for, of whole years, months or days: `1994/1998` is from 1994-01-01 to 1998-12-31.
        period: DateCells,
        /// The collection that was searched.
        corpus: String,
        /// The languages of the queries, separated by `;`.
        languages: Option<String>,
        /// The number of queries that were written down.
        n_queries: i64,
        /// Whether the search covers its period: only where its queries were written down can somebody repeat it.
        covers: bool,
        /// The day of the search, or its first and last day.
        searched_on: DateCells,
        /// How much of a page the search showed: `excerpt`, `abstract` or `full`.
        extent: String where ["Extent"],
        /// How many pages the queries found that speak of the subjects.
        hits: Option<i64>,
        /// What the search could not see.
        limits: Option<String>,
    }
}

table! {
    /// One row for every actor whose cooperation was searched for.
    SearchSubjectRow "search_subject" key ["ref", "subject"] {
        /// The survey.
        r#ref: String => "record",
        /// The actor.
        subject: String => "record",
        /// The side of the actor.
        side: SideCells,
    }
}

table! {
    /// One row for every query of a search, word for word.
    SearchQueryRow "search_query" key ["ref", "seq"] {
        /// The survey.
        r#ref: String => "record",
        /// The number of the query within the search.
        seq: i64,
        /// The query.
        query: String,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<SearchRow> {
    let rows = context.each::<Survey>().map(|(key, _, survey)| {
        let queries = survey.queries.as_ref().map_or(0, |queries| queries.len());
        SearchRow {
            r#ref: key.to_string(),
            period: DateCells::whole(&survey.period),
            corpus: survey.corpus.to_string(),
            languages: survey.languages.as_ref().map(|languages| joined(languages.iter())),
            n_queries: i64::try_from(queries).unwrap_or(i64::MAX),
            covers: queries > 0,
            searched_on: DateCells::from(&survey.on),
            extent: survey.extent.to_string(),
            hits: survey.hits.map(i64::from),
            limits: english(survey.limits.as_ref()),
        }
    });
    rows.collect()
}

pub(super) fn subjects(context: &Context<'_>) -> Vec<SearchSubjectRow> {
    let open = Period { first: None, last: None };
    let mut rows = Vec::new();
    for (key, _, survey) in context.each::<Survey>() {
        for subject in &survey.subjects {
            let side = SideCells::of(context, subject, &open, false);
            rows.push(SearchSubjectRow { r#ref: key.to_string(), subject: to(subject), side });
        }
    }
    rows
}

pub(super) fn queries(context: &Context<'_>) -> Vec<SearchQueryRow> {
    let mut rows = Vec::new();
    for (key, _, survey) in context.each::<Survey>() {
        for (seq, query) in (1..).zip(survey.queries.iter().flatten()) {
            rows.push(SearchQueryRow { r#ref: key.to_string(), seq, query: query.to_string() });
        }
    }
    rows
}
