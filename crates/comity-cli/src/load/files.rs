//! Files to records: files are read, parsed and checked in batches, and the batches in parallel.

use std::borrow::Cow;
use std::fs::Metadata;

use comity::check::{self, BATCH, BATCH_BYTES, Detail, FileInput, Read, ReadList, Retention};
use comity::dataset::{FILE_LIMIT, File};
use comity::rules::InputError;
use comity_document::input::Input;
use rayon::prelude::*;

use super::walk::Found;
use super::{Overlay, ndjson, number_of};
use crate::cache::Cache;
use crate::folder::open::Trusted;
use crate::folder::refusal::denied;
use crate::output::Progress;

/// Reads all files, in the order in which they are given. What the cache has of a file is not read.
pub(super) fn read_all<'f>(
    trusted: &Trusted,
    found: &'f [Found],
    overlay: &'f Overlay,
    retention: Retention<'_>,
    cache: Option<&Cache<'_>>,
) -> ReadList {
    let progress = Progress::new(found.len());
    let content = |number: u32, found: &Found| {
        progress.advance();
        if let Some(text) = overlay.get(&found.path) {
            FileContent::of_text(&found.file, number, text.as_bytes(), retention)
        } else if let Some(read) = cache.and_then(|cache| cache.get(&found.file, number)) {
            FileContent::Read(ReadList::from_iter([read]))
        } else {
            open(trusted, found, number, retention)
        }
    };
    let open = |number, found: &'f Found| FileOfBatch { number, file: &found.file, content: content(number, found) };
    let keep = |of: &FileOfBatch<'_>, read: &Read| {
        if let (Some(cache), FileContent::Text(_, Some(metadata))) = (cache, &of.content) {
            cache.keep(of.number, of.file, metadata, read);
        }
    };
    BatchReader { retention, limit: check::share(found.len()), keep }.read(found, open)
}

/// A file, and its text or why the text cannot be read.
pub(super) type TextOfFile = (File, Result<Vec<u8>, InputError>);

/// Reads texts in memory, in the order in which they are given.
pub(super) fn read_texts<'t>(texts: &'t [TextOfFile], retention: Retention<'_>) -> ReadList {
    let content = |number, (file, text): &'t TextOfFile| match text {
        Ok(text) => FileContent::of_text(file, number, text, retention),
        Err(error) => FileContent::Read(refuse(file, number, error)),
    };
    let open = |number, text: &'t TextOfFile| FileOfBatch { number, file: &text.0, content: content(number, text) };
    let keep = |_: &FileOfBatch<'_>, _: &Read| {};
    BatchReader { retention, limit: usize::MAX, keep }.read(texts, open)
}

/// A file of a batch, with its text or its records.
struct FileOfBatch<'a> {
    number: u32,
    file: &'a File,
    content: FileContent<'a>,
}

enum FileContent<'a> {
    /// The text of the one record, with what the system says of the file.
    Text(Cow<'a, [u8]>, Option<Metadata>),
    /// The records of a file of lines, a record from the cache, or a file that cannot be read.
    Read(ReadList),
}

impl<'a> FileContent<'a> {
    fn of_text(file: &File, number: u32, text: &'a [u8], retention: Retention<'_>) -> Self {
        if file.is_lines() {
            Self::Read(ndjson::read_whole(file, number, text, retention))
        } else {
            Self::Text(Cow::Borrowed(text), None)
        }
    }
}

fn open(trusted: &Trusted, found: &Found, number: u32, retention: Retention<'_>) -> FileContent<'static> {
    let refuse = |error: &InputError| FileContent::Read(refuse(&found.file, number, error));
    if let Some(error) = &found.error {
        return refuse(error);
    }
    if found.file.is_lines() {
        let read = |(file, _)| match ndjson::read_lines(file, &found.file, number, retention) {
            Ok(list) => FileContent::Read(list),
            Err(error) => refuse(&denied(&error)),
        };
        return trusted.file(&found.path).map_or_else(|error| refuse(&error), read);
    }
    match trusted.bytes_of(&found.path, FILE_LIMIT as u64) {
        Ok((bytes, metadata)) => FileContent::Text(Cow::Owned(bytes), Some(metadata)),
        Err(error) => refuse(&error),
    }
}

impl FileOfBatch<'_> {
    fn input(&self) -> Option<FileInput<'_>> {
        let FileContent::Text(bytes, _) = &self.content else { return None };
        Some(input(self.file, self.number, bytes))
    }

    /// How many bytes of memory the text takes, at least. What was read of a file of lines counts as much: the findings
    /// are limited with the next batch.
    fn bytes(&self) -> usize {
        match &self.content {
            FileContent::Text(bytes, _) => bytes.len(),
            FileContent::Read(_) if self.file.is_lines() => BATCH_BYTES,
            FileContent::Read(_) => 0,
        }
    }
}

/// How files are read.
struct BatchReader<'a, K> {
    retention: Retention<'a>,
    /// The most findings of records that cannot be read, for each file.
    limit: usize,
    /// Called for each file of one record.
    keep: K,
}

impl<K: Fn(&FileOfBatch<'_>, &Read) + Sync> BatchReader<'_, K> {
    /// Reads files, in the order in which they are given.
    fn read<'a, F: Sync>(&self, files: &'a [F], open: impl Fn(u32, &'a F) -> FileOfBatch<'a> + Sync) -> ReadList {
        // Few files are shared among all threads, too.
        let size = files.len().div_ceil(4 * rayon::current_num_threads()).clamp(1, BATCH);
        let read = |(index, files): (usize, &'a [F])| {
            let (mut list, mut batch, mut bytes) = (ReadList::default(), Vec::with_capacity(size), 0);
            for (number, file) in (number_of(index * size)..).zip(files) {
                batch.push(open(number, file));
                bytes += batch.last().map_or(0, FileOfBatch::bytes);
                // Large files must not fill the memory.
                if bytes >= BATCH_BYTES {
                    list.append(self.read_batch(std::mem::take(&mut batch)));
                    bytes = 0;
                }
            }
            list.append(self.read_batch(batch));
            list
        };
        // One chunk at a time, so that all threads finish at about the same time.
        let lists: Vec<ReadList> = files.par_chunks(size).enumerate().with_max_len(1).map(read).collect();
        lists.into_iter().collect()
    }

    /// Reads the files of a batch.
    fn read_batch(&self, batch: Vec<FileOfBatch<'_>>) -> ReadList {
        let inputs = batch.iter().filter_map(FileOfBatch::input);
        let mut reads = check::read_each(Detail::Everything, self.retention, &inputs.collect::<Vec<_>>()).into_iter();
        let mut all = ReadList::default();
        all.reserve(batch.len());
        for mut file in batch {
            let mut list = match &mut file.content {
                FileContent::Read(list) => std::mem::take(list),
                FileContent::Text(..) => reads.next().into_iter().inspect(|read| (self.keep)(&file, read)).collect(),
            };
            check::keep_first(&mut list, self.limit);
            all.append(list);
        }
        all
    }
}

/// The one record of a text.
pub(super) fn read_record(file: &File, number: u32, bytes: &[u8], retention: Retention<'_>) -> ReadList {
    check::read_each(Detail::Everything, retention, &[input(file, number, bytes)]).into_iter().collect()
}

fn input<'a>(file: &'a File, number: u32, bytes: &'a [u8]) -> FileInput<'a> {
    match InputError::check(bytes, FILE_LIMIT) {
        Ok(text) => FileInput::new(file, Input::file(number, text)),
        Err(error) => FileInput::refused(file, Input::file(number, "").origin, error),
    }
}

/// An entry for a file that cannot be read.
fn refuse(file: &File, number: u32, error: &InputError) -> ReadList {
    ReadList::from_iter([check::refuse(file, Input::file(number, "").origin, error)])
}
