//! A cache for the check of some files of a large dataset. Such a check needs a summary of every other record: the cache
//! keeps these between runs, each with the stamp of its file.
//!
//! Nothing stale is trusted: a summary counts only where the file has the stamp with which it was read, the stamp is older
//! than the step of the file system's clock, and the program, the user, the day and `dataset.json` are those that made it.
//! Files that are reported on are always read. In CI there is no cache, nor on systems whose files have no such stamp.
//! Deleting the cache loses nothing but time. As with git's index, what a program writes through a map of its memory is
//! seen when the system sets the times of the file, and a file server must not be seconds behind this system's clock.

mod content;
mod place;
pub(crate) mod stamp;

use std::fs::Metadata;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use comity::check::{Read, fingerprint_seed};
use comity::dataset::{File, Manifest};
use comity::value::Day;

use crate::folder::Folder;
use crate::folder::open::Trusted;
use crate::load::{Found, Roots};
use crate::output::detail;
use crate::write::put_unsynced;
use content::{CachedFile, Content, Purpose};
use place::Place;
use stamp::Stamp;

/// Below so many files, all are read in the time that a cache takes.
const LEAST: usize = 1_000;
/// The cache is written again where more than one in so many files was read because the cache did not have it.
const STALE: usize = 50;
/// The size in bytes of the largest cache.
const LARGEST: usize = 1 << 30;

/// The file of a cache, as it was when the run began.
#[derive(Debug)]
pub(crate) struct CacheFile {
    place: Place,
    bytes: Vec<u8>,
    user: u32,
    /// The root of the dataset.
    root: String,
    folder: Folder,
    /// What stands before the path below the root in a path for the user.
    shown: String,
    /// The content of `dataset.json`.
    manifest: String,
}

impl CacheFile {
    /// Reads the file of the dataset's cache; `None` where no cache is to be used. A file that cannot be read is empty.
    pub(crate) fn read(roots: &Roots, manifest: &Manifest, found: &[Found]) -> Option<Self> {
        let (trusted, (root, shown)) = (&roots.trusted, roots.root.as_ref()?);
        if found.len() < LEAST || found.iter().all(|found| found.file.reported) {
            return None;
        }
        let place = Place::of(root)?;
        let bytes = trusted.bytes(&place.path, LARGEST as u64).unwrap_or_default();
        let shown = if shown.is_empty() { String::new() } else { format!("{shown}/") };
        let manifest = serde_json::to_string(manifest).ok()?;
        let (user, folder) = (crate::folder::user(), trusted.folder(root).ok()?);
        Some(Self { place, bytes, user, root: root.to_str()?.to_owned(), folder, shown, manifest })
    }

    /// The cache. What its file holds counts only where it is whole and was made for this purpose.
    pub(crate) fn open(&self, as_of: Day) -> Cache<'_> {
        let Self { user, root, manifest, .. } = self;
        let purpose = Purpose { program: self.place.program, user: *user, root, as_of, manifest };
        let content = Content::of(&self.bytes).filter(|content| content.purpose == purpose);
        let seed = fingerprint_seed(content.as_ref().map(|content| content.seed));
        let files = content.filter(|content| content.seed == seed).map(|content| content.files).unwrap_or_default();
        let (begun, used, fresh) = (SystemTime::now(), AtomicUsize::new(0), Mutex::default());
        Cache { file: self, purpose, seed, files, begun, used, fresh }
    }

    /// The path of a file below the root; `None` for a file that is elsewhere.
    fn below<'f>(&self, file: &'f File) -> Option<&'f str> {
        file.path.strip_prefix(&*self.shown)
    }
}

/// What is kept of the files of a dataset.
#[derive(Debug)]
pub(crate) struct Cache<'a> {
    file: &'a CacheFile,
    purpose: Purpose<'a>,
    seed: u64,
    /// What the file of the cache holds.
    files: Vec<CachedFile<'a>>,
    begun: SystemTime,
    /// How many files came from the cache.
    used: AtomicUsize,
    fresh: Mutex<Vec<Fresh>>,
}

/// A file that the cache did not have: its number, its stamp, and what is to be kept of it.
type Fresh = (u32, Stamp, Vec<u8>);

impl<'a> Cache<'a> {
    /// What the cache has of a file, if the file is as it was. A file that is reported on is always read.
    pub(crate) fn get(&self, file: &File, number: u32) -> Option<Read> {
        let cached = self.cached(self.file.below(file).filter(|_| !file.reported)?)?;
        let stamp = self.file.folder.stamp(Path::new(cached.path)).ok()?;
        let read = Read::from_cache(file, number, cached.record).filter(|_| stamp == cached.stamp)?;
        self.used.fetch_add(1, Ordering::Relaxed);
        Some(read)
    }

    /// Keeps what a file of one record gave. The metadata are those of the open file, before it was read: of a file that
    /// changed meanwhile, the earlier stamp is kept, and of a folder that took another one's place, the file that was read.
    pub(crate) fn keep(&self, number: u32, file: &File, metadata: &Metadata, read: &Read) {
        let stamp = Stamp::of(metadata).filter(|stamp| !file.reported && stamp.is_settled(self.begun));
        if let Some((stamp, record)) = stamp.and_then(|stamp| Some((stamp, read.to_cache()?))) {
            self.fresh.lock().unwrap_or_else(PoisonError::into_inner).push((number, stamp, record));
        }
    }

    fn cached(&self, below: &str) -> Option<CachedFile<'a>> {
        let index = self.files.binary_search_by(|cached| cached.path.cmp(below)).ok()?;
        Some(self.files[index])
    }

    /// Writes what the cache did not have, where that is much. A cache that cannot be written is no error: the next run reads
    /// the files.
    pub(crate) fn write(mut self, trusted: &Trusted, found: &[Found]) {
        let mut fresh = std::mem::take(&mut self.fresh).into_inner().unwrap_or_else(PoisonError::into_inner);
        detail(|| format!("{} of {} files come from the cache", self.used.load(Ordering::Relaxed), found.len()));
        if fresh.len() * STALE <= found.len() {
            return;
        }
        fresh.sort_unstable_by_key(|(number, ..)| *number);
        let files = (0..).zip(found).filter_map(|(number, found)| {
            let path = self.file.below(&found.file)?;
            match fresh.binary_search_by_key(&number, |(number, ..)| *number) {
                Ok(at) => Some(CachedFile { path, stamp: fresh[at].1, record: &fresh[at].2 }),
                Err(_) => self.cached(path),
            }
        });
        let content = Content { files: files.collect(), purpose: self.purpose, seed: self.seed };
        let Some(bytes) = content.to_bytes().filter(|bytes| bytes.len() <= LARGEST) else { return };
        let place = &self.file.place;
        if !place.make_folder() {
            detail(|| format!("the cache at {} was not written: its folder is not there", place.path.display()));
            return;
        }
        if let Err(error) = put_unsynced(trusted, &place.path, &bytes) {
            detail(|| format!("the cache at {} was not written: {error:#}", place.path.display()));
        }
        place.tidy();
    }
}
