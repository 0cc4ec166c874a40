//! Which record is which: ids, identifiers, and records that seem to be the same.

use crate::dataset::{Dataset, Entry, PrintOf, Summary};
use crate::record::Record;

subject! { each_identity_rule {
    Overview: duplicate_id;
    Document: identifier_checksum;
    Overview: duplicate_source probable_duplicate shared_identifier;
    History: vanished_id;
} }

/// The records that have a fingerprint in common with another record, with their entries. No other record can have
/// something in common with another.
fn alike(dataset: &Dataset, of: PrintOf) -> impl Iterator<Item = (&Entry, &Record)> {
    let mut all: Vec<u64> = dataset.summaries().flat_map(|(_, summary)| prints(summary, of)).collect();
    all.sort_unstable();
    // Those that occur twice stand side by side.
    let mut several: Vec<u64> = all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    several.dedup();
    let is_alike = move |summary: &Summary| {
        !several.is_empty() && prints(summary, of).any(|print| several.binary_search(&print).is_ok())
    };
    let entries = dataset.summaries().filter(move |(_, summary)| is_alike(summary)).map(|(entry, _)| entry);
    entries.filter_map(|entry| dataset.recall(entry).map(|record| (entry, record)))
}

fn prints(summary: &Summary, of: PrintOf) -> impl Iterator<Item = u64> {
    summary.prints.iter().filter_map(move |print| print.of(of))
}
