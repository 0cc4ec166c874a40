//! A cache for the check of some files of a large dataset. Such a check needs a summary of every other record: the cache
//! keeps these between runs, each with the stamp of its file.
//!
//! Nothing stale is trusted: a summary counts only where the file has the stamp with which it was read, the stamp is older
//! than the step of the file system's clock, and the program, the day and `dataset.json` are those that made it. Files that
//! are reported on are always read. In CI there is no cache. Deleting the cache loses nothing but time.

mod content;
mod place;
pub(crate) mod stamp;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use comity::check::{Read, fingerprint_seed};
use comity::dataset::{File, Manifest};
use comity::value::Day;

use crate::folder::Folder;
use crate::folder::open::Trusted;
use crate::load::{Found, Roots};
use crate::output::detail;
use crate::write::put;
use content::{Content, Kept, Purpose};
use place::Place;
use stamp::Stamp;

/// Below so many files, all are read in the time that a cache takes.
const LEAST: usize = 1_000;
/// The cache is written again where more than one in so many files was read because the cache did not have it.
const STALE: usize = 50;
/// The size in bytes of the largest cache that is read.
const LARGEST: u64 = 1 << 30;

/// The file of a cache.
#[derive(Debug)]
pub(crate) struct Stored {
    place: Place,
    bytes: Vec<u8>,
    /// The root of the dataset.
    root: String,
    folder: Folder,
    /// Where the path below the root begins in a path for the user.
    below: usize,
    /// The content of `dataset.json`.
    manifest: String,
}

impl Stored {
    /// Reads the file of the dataset's cache; `None` where no cache is to be used. A file that cannot be read is empty.
    pub(crate) fn read(roots: &Roots, manifest: &Manifest, found: &[Found]) -> Option<Self> {
        let (trusted, (root, shown)) = (&roots.trusted, roots.root.as_ref()?);
        if found.len() < LEAST || found.iter().all(|found| found.file.reported) {
            return None;
        }
        let place = Place::of(root)?;
        let bytes = trusted.bytes(&place.path, LARGEST).unwrap_or_default();
        let folder = trusted.folder(root).ok()?;
        let below = if shown.is_empty() { 0 } else { shown.len() + "/".len() };
        let manifest = serde_json::to_string(manifest).ok()?;
        Some(Self { place, bytes, root: root.to_str()?.to_owned(), folder, below, manifest })
    }

    /// The cache. What its file holds counts only where it is whole and was made for this purpose.
    pub(crate) fn open(&self, as_of: Day) -> Cache<'_> {
        let (program, root, manifest) = (self.place.program, &*self.root, &*self.manifest);
        let purpose = Purpose { program, root, as_of, manifest };
        let content = Content::of(&self.bytes).filter(|content| content.purpose == purpose);
        let seed = fingerprint_seed(content.as_ref().map(|content| content.seed));
        let kept = content.filter(|content| content.seed == seed).map(|content| content.kept).unwrap_or_default();
        Cache { stored: self, purpose, seed, kept, begun: SystemTime::now(), fresh: Mutex::default() }
    }
}

/// What is kept of the files of a dataset.
#[derive(Debug)]
pub(crate) struct Cache<'a> {
    stored: &'a Stored,
    purpose: Purpose<'a>,
    seed: u64,
    /// What the file of the cache holds.
    kept: Vec<Kept<'a>>,
    begun: SystemTime,
    fresh: Mutex<Vec<Fresh>>,
}

/// A file that the cache did not have: its index, its stamp, and what is to be kept of it.
type Fresh = (usize, Stamp, Vec<u8>);

impl<'a> Cache<'a> {
    /// What a file gave: from the cache, or else read.
    pub(crate) fn get_or_read(
        &self,
        (index, number): (usize, u32),
        file: &File,
        read: impl FnOnce() -> Vec<Vec<Read>>,
    ) -> Vec<Vec<Read>> {
        // Taken before the file is read: of a file that changes meanwhile, the earlier stamp is kept.
        let Some((below, stamp)) = self.stamp(file) else { return read() };
        let known = self.known(below).filter(|kept| kept.stamp == stamp);
        if let Some(known) = known.and_then(|kept| Read::from_cache(file, number, kept.record)) {
            return vec![vec![known]];
        }
        let parts = read();
        let mut records = parts.iter().flatten().filter_map(Read::to_cache);
        if let Some(record) = records.next().filter(|_| stamp.is_settled(self.begun)) {
            self.fresh.lock().unwrap_or_else(PoisonError::into_inner).push((index, stamp, record));
        }
        parts
    }

    /// The path below the root, and the stamp, of a file of one record that is not reported on.
    fn stamp<'f>(&self, file: &'f File) -> Option<(&'f str, Stamp)> {
        let below = file.path.get(self.stored.below..).filter(|_| !file.reported && !file.is_lines())?;
        self.stored.folder.stamp(Path::new(below)).ok().map(|stamp| (below, stamp))
    }

    fn known(&self, below: &str) -> Option<Kept<'a>> {
        let index = self.kept.binary_search_by(|kept| kept.path.cmp(below)).ok()?;
        Some(self.kept[index])
    }

    /// Writes what the cache did not have, where that is much. A cache that cannot be written is no error: the next run reads
    /// the files.
    pub(crate) fn write(mut self, trusted: &Trusted, found: &[Found]) {
        let mut fresh = std::mem::take(&mut self.fresh).into_inner().unwrap_or_else(PoisonError::into_inner);
        detail(|| format!("{} of {} files are not in the cache", fresh.len(), found.len()));
        if fresh.len() * STALE <= found.len() {
            return;
        }
        fresh.sort_unstable_by_key(|(index, ..)| *index);
        let kept = found.iter().enumerate().filter_map(|(index, found)| {
            let path = found.file.path.get(self.stored.below..)?;
            match fresh.binary_search_by_key(&index, |(index, ..)| *index) {
                Ok(at) => Some(Kept { path, stamp: fresh[at].1, record: &fresh[at].2 }),
                Err(_) => self.known(path),
            }
        });
        let kept = kept.collect();
        let Some(bytes) = (Content { purpose: self.purpose, seed: self.seed, kept }).to_bytes() else { return };
        let place = &self.stored.place;
        if let Err(error) = put(trusted, &place.path, &bytes) {
            detail(|| format!("the cache at {} was not written: {error:#}", place.path.display()));
        }
        place.remove_others();
    }
}
