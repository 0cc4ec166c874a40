//! Files to records: each file is read, parsed and checked by itself, and all files in parallel.

use std::fs::Metadata;

use comity::check::{self, Detail, Retention};
use comity::dataset::{FILE_LIMIT, File};
use comity::rules::InputError;
use comity_document::input::Input;
use rayon::prelude::*;

use super::walk::Found;
use super::{Overlay, Parts, ndjson, number_of};
use crate::cache::Cache;
use crate::folder::open::Trusted;
use crate::folder::refusal::denied;
use crate::output::Progress;

/// How many files a thread reads in one stretch: few enough that all threads finish at about the same time.
const STRETCH: usize = 64;

/// Reads all files, in the order in which they are given. What the cache has of a file is not read.
pub(super) fn read_all(
    trusted: &Trusted,
    found: &[Found],
    overlay: &Overlay,
    retention: Retention<'_>,
    cache: Option<&Cache<'_>>,
) -> Vec<Parts> {
    let (progress, limit) = (Progress::new(found.len()), check::share(found.len()));
    let read = |(index, found): (usize, &Found)| {
        let number = number_of(index);
        let cached = || cache.and_then(|cache| cache.get(&found.file, number));
        let mut parts = if let Some(text) = overlay.get(&found.path) {
            read_bytes(&found.file, number, text.as_bytes(), retention)
        } else if let Some(read) = cached() {
            vec![vec![read]]
        } else {
            let (parts, metadata) = read_file(trusted, found, number, retention);
            if let Some((cache, metadata)) = cache.zip(metadata) {
                cache.keep(index, &found.file, &metadata, &parts);
            }
            parts
        };
        progress.advance();
        check::keep_first(&mut parts, limit);
        parts
    };
    found.par_iter().enumerate().with_max_len(STRETCH).map(read).collect()
}

/// The records of a file, with what the system says of a file of one record.
fn read_file(trusted: &Trusted, found: &Found, number: u32, retention: Retention<'_>) -> (Parts, Option<Metadata>) {
    let refuse = |error: &InputError| (refuse(&found.file, number, error), None);
    if let Some(error) = &found.error {
        return refuse(error);
    }
    if found.file.is_lines() {
        let read = |(file, _)| match ndjson::read_lines(file, &found.file, number, retention) {
            Ok(parts) => (parts, None),
            Err(error) => refuse(&denied(&error)),
        };
        return trusted.file(&found.path).map_or_else(|error| refuse(&error), read);
    }
    match trusted.bytes_of(&found.path, FILE_LIMIT as u64) {
        Ok((bytes, metadata)) => (read_bytes(&found.file, number, &bytes, retention), Some(metadata)),
        Err(error) => refuse(&error),
    }
}

/// The records of a file with these bytes.
pub(super) fn read_bytes(file: &File, number: u32, bytes: &[u8], retention: Retention<'_>) -> Parts {
    if file.is_lines() {
        ndjson::read_whole(file, number, bytes, retention)
    } else {
        read_record(file, number, bytes, retention)
    }
}

/// The one record of a text.
pub(super) fn read_record(file: &File, number: u32, bytes: &[u8], retention: Retention<'_>) -> Parts {
    match InputError::check(bytes, FILE_LIMIT) {
        Ok(text) => vec![vec![check::read_and(Detail::Everything, retention, file, &Input::file(number, text))]],
        Err(error) => refuse(file, number, &error),
    }
}

/// An entry for a file that cannot be read.
pub(super) fn refuse(file: &File, number: u32, error: &InputError) -> Parts {
    vec![vec![check::refuse(file, Input::file(number, "").origin, error)]]
}
