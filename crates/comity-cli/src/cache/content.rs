//! What the file of a cache holds: a checksum, and the content.

use comity::value::Day;
use serde::{Deserialize, Serialize};

use super::stamp::Stamp;

/// The length of the checksum before the content.
const CHECKSUM: usize = 4;

/// For what a cache is made. What it keeps is of no use for anything else.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Purpose<'a> {
    /// The program: another build may keep something else.
    pub(super) program: Stamp,
    /// The number of the user: another one may not be allowed to read the files.
    pub(super) user: u32,
    /// The root of the dataset.
    pub(super) root: &'a str,
    /// The day that counts as today.
    pub(super) as_of: Day,
    /// The content of `dataset.json`.
    pub(super) manifest: &'a str,
}

/// What the file of a cache holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Content<'a> {
    #[serde(borrow)]
    pub(super) purpose: Purpose<'a>,
    /// The seed of all fingerprints.
    pub(super) seed: u64,
    /// What is kept of each file, in the order of the paths.
    pub(super) files: Vec<CachedFile<'a>>,
}

/// What is kept of one file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct CachedFile<'a> {
    /// The path below the root of the dataset.
    pub(super) path: &'a str,
    /// The stamp of the file before it was read.
    pub(super) stamp: Stamp,
    /// The bytes of the record.
    pub(super) record: &'a [u8],
}

impl<'a> Content<'a> {
    /// The content, where the bytes are whole.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (sum, content) = bytes.split_first_chunk::<CHECKSUM>()?;
        let is_whole = crc32fast::hash(content).to_le_bytes() == *sum;
        is_whole.then(|| postcard::from_bytes(content).ok())?
    }

    /// The bytes of the file.
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = postcard::to_extend(self, vec![0; CHECKSUM]).ok()?;
        let sum = crc32fast::hash(&bytes[CHECKSUM..]);
        bytes[..CHECKSUM].copy_from_slice(&sum.to_le_bytes());
        Some(bytes)
    }
}
