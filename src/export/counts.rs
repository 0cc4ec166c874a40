//! The counts of a dataset: what `comity stats --format json` writes, in version 1. Within a version, fields are only
//! added.

use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::dataset::Coverage;
use crate::query::stats::Stats;
use crate::render::{versioned_schema, write_json};

/// The version of the shape.
const VERSION: u32 = 1;

/// Writes counts as one JSON document, indented, with a newline at the end. `unread` is the number of records that cannot
/// be read, which are not counted.
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
    /// Records of all kinds.
    records: usize,
    /// Records that cannot be read, which are in no other count.
    unread: usize,
    /// Records and their facts by kind.
    kinds: BTreeMap<&'static str, KindCounts>,
    /// Dated records by the year of the first day they are about.
    years: BTreeMap<String, usize>,
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
    /// Events with two independent sources or more.
    corroborated_events: usize,
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
            kinds: stats.kinds.iter().map(|(kind, counts)| (kind.name(), of_kind(*counts))).collect(),
            years: years.collect(),
            year_unknown: stats.years.get(&None).copied().unwrap_or_default(),
            themes: &stats.themes,
            partners: &stats.partners,
            facts: stats.coverage.facts,
            evidenced: stats.coverage.evidenced,
            events: stats.corroborated.0,
            corroborated_events: stats.corroborated.1,
        }
    }
}
