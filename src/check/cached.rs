//! What a cache keeps of a file of one record: enough to check other files without reading this one again.

use comity_document::input::Origin;
use serde::{Deserialize, Serialize};

use super::Read;
use crate::dataset::{Coverage, File, Summary, seed};

/// The seed of the fingerprints in all that a cache keeps: `wanted`, the seed of a cache, unless fingerprints of another
/// seed were made already. What a cache of another seed keeps is of no use to this run.
pub fn fingerprint_seed(wanted: Option<u64>) -> u64 {
    seed(wanted)
}

/// A record of a file that holds one, without what was found in it.
#[derive(Serialize, Deserialize)]
struct CachedRead<S> {
    len: u32,
    fingerprint: u64,
    facts: u32,
    evidenced: u32,
    summary: S,
}

impl Read {
    /// The bytes that a cache keeps; `None` for what was not decoded, and for a record of which no summary is kept.
    pub fn to_cache(&self) -> Option<Vec<u8>> {
        let summary = self.entry.summary.as_deref()?;
        let Origin { len, fingerprint, .. } = self.entry.origin;
        let Coverage { facts, evidenced } = self.entry.coverage;
        postcard::to_allocvec(&CachedRead { len, fingerprint, facts, evidenced, summary }).ok()
    }

    /// A file that holds one record, as a cache keeps it, without findings; `None` where the bytes are not those of
    /// [`Read::to_cache`].
    pub fn from_cache(file: &File, number: u32, bytes: &[u8]) -> Option<Self> {
        let cached: CachedRead<Box<Summary>> = postcard::from_bytes(bytes).ok()?;
        let CachedRead { len, fingerprint, facts, evidenced, summary } = cached;
        let origin = Origin { file: number, line: 1, offset: 0, len, fingerprint };
        let mut read = Self::of_file(file, origin);
        read.entry.coverage = Coverage { facts, evidenced };
        read.entry.summary = Some(summary).filter(|summary| summary.is_sound());
        read.entry.summary.is_some().then_some(read)
    }
}
