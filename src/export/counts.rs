//! The counts of a dataset: what `comity stats --format json` writes, in version 1. Within a version, fields are only
//! added.

use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::dataset::Coverage;
use crate::query::frame::FrameCell;
use crate::query::grounds::Grounds;
use crate::query::stats::Stats;
use crate::render::{versioned_schema, write_json};

/// The version of the shape.
const VERSION: u32 = 1;

/// Writes counts as one JSON document, indented, with a newline at the end. `unread` is the number of records, files
/// and folders that cannot be read, which are not counted.
///
/// # Errors
/// When `out` cannot be written to.
pub fn counts(stats: &Stats, unread: usize, out: &mut dyn io::Write) -> io::Result<()> {
    write_json(&Counts::of(stats, unread), out)
}

/// The JSON Schema of what [`counts`] writes.
pub fn counts_schema() -> Value {
    versioned_schema::<Counts<'_>>("stats", VERSION)
}

/// What `comity stats --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
struct Counts<'a> {
    /// The version of this shape: 1.
    version: u32,
    /// Records of all kinds, without those that are unread or withdrawn.
    records: usize,
    /// Records, files and folders that cannot be read, which are in no other count. A file or a folder counts once, however many
    /// records it has.
    unread: usize,
    /// Withdrawn records, which are in no other count.
    withdrawn: usize,
    /// Records and their facts by kind.
    kinds: BTreeMap<&'static str, KindCounts>,
    /// Dated records by the year of the first day they are about.
    years: BTreeMap<String, usize>,
    /// Records of `years` whose first date is marked with `?`, `~` or `%`, or disputed and open, so that the year is only
    /// possible.
    years_doubtful: usize,
    /// Dated records whose year is not known.
    year_unknown: usize,
    /// Records by the id of a theme.
    themes: &'a BTreeMap<String, usize>,
    /// Records by the English name of a country that takes part.
    partners: &'a BTreeMap<String, usize>,
    /// Facts of all records.
    facts: u32,
    /// Facts with evidence.
    evidenced: u32,
    /// Events.
    events: usize,
    /// Events by how well they are known. An event is in one class only.
    grounds: BTreeMap<&'static str, usize>,
    /// Events by status.
    status: &'a BTreeMap<String, usize>,
    /// Events of which an archived copy of a source is on record.
    archived_events: usize,
    /// Events whose first day is known exactly.
    exact_events: usize,
    /// What was searched and found, by the id of the actor that was searched for.
    frame: BTreeMap<&'a str, Vec<CellCounts>>,
}

/// What was searched and found in some years.
#[derive(Debug, Serialize, JsonSchema)]
struct CellCounts {
    /// The first year.
    from: i32,
    /// The last year.
    until: i32,
    /// Surveys that cover a year of these. Without a survey, the years were not searched.
    surveys: usize,
    /// Events held in these years, in which the actor or a body of its side certainly took part. Who was only invited,
    /// declined or was absent did not.
    events: usize,
}

/// The records of one kind.
#[derive(Debug, Serialize, JsonSchema)]
struct KindCounts {
    /// Records.
    records: usize,
    /// The facts that the records state.
    facts: u32,
    /// Facts with evidence.
    evidenced: u32,
}

impl<'a> Counts<'a> {
    fn of(stats: &'a Stats, unread: usize) -> Self {
        let of_kind =
            |(records, Coverage { facts, evidenced }): (usize, Coverage)| KindCounts { records, facts, evidenced };
        let years = stats.years.iter().filter_map(|(year, count)| Some((year.as_ref()?.to_string(), *count)));
        Self {
            version: VERSION,
            records: stats.kinds.values().map(|(count, _)| count).sum(),
            unread,
            withdrawn: stats.withdrawn,
            kinds: stats.kinds.iter().map(|(kind, counts)| (kind.name(), of_kind(*counts))).collect(),
            years: years.collect(),
            years_doubtful: stats.doubtful_years,
            year_unknown: stats.years.get(&None).copied().unwrap_or_default(),
            themes: &stats.themes,
            partners: &stats.partners,
            facts: stats.coverage.facts,
            evidenced: stats.coverage.evidenced,
            events: stats.events.count(),
            grounds: Grounds::ALL.iter().map(|class| (class.code(), stats.events.of(*class))).collect(),
            status: &stats.events.status,
            archived_events: stats.events.archived,
            exact_events: stats.events.exact,
            frame: stats.frame.subjects.iter().map(|(id, cells)| (id.as_str(), frame_cells(stats, cells))).collect(),
        }
    }
}

fn frame_cells(stats: &Stats, cells: &[FrameCell]) -> Vec<CellCounts> {
    let years = stats.frame.years.iter();
    let cell = |((from, until), cell): (&(i32, i32), &FrameCell)| CellCounts {
        from: *from,
        until: *until,
        surveys: cell.surveys,
        events: cell.events,
    };
    years.zip(cells).map(cell).collect()
}
