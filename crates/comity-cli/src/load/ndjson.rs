//! The records of an `.ndjson` file, or of any text with one record a line: read in chunks, checked in parallel.

use std::fs;
use std::io::Read as _;

use comity::check::{self, BATCH, FileInput, Lines, ReadList, Retention};
use comity::dataset::File;
use comity::dataset::LINE_LIMIT;
use comity::rules::InputError;
use comity_document::input::Input;
use rayon::prelude::*;

/// How much of an `.ndjson` file is read at once, in bytes.
const CHUNK: usize = 8 * 1024 * 1024;
/// How many lines are checked in parallel before their findings are limited.
const PIECE: usize = 8 * 1024;

/// Where a line begins.
#[derive(Clone, Copy)]
struct Start {
    line: u32,
    offset: u64,
}

/// The records of an `.ndjson` file, read chunk by chunk: a file may be larger than memory.
pub(crate) fn read_lines(
    mut file: fs::File,
    name: &File,
    number: u32,
    retention: Retention<'_>,
) -> std::io::Result<ReadList> {
    let mut lines = Lines::default();
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let mut pending: Vec<u8> = Vec::with_capacity(CHUNK + LINE_LIMIT);
    let mut next = Vec::with_capacity(CHUNK + LINE_LIMIT);
    let mut start = Start { line: 1, offset: 0 };
    let mut got = read_more(&mut file, &mut pending)?;
    loop {
        // Searched from its beginning: the text after a skipped line has not been searched yet.
        let end = match pending.iter().rposition(|byte| *byte == b'\n') {
            // What follows the last newline is a line too.
            _ if got == 0 => pending.len(),
            Some(newline) => newline + 1,
            None => {
                if pending.len() > LINE_LIMIT {
                    start.offset += skip_line(&mut file, name, number, start, &mut pending, &mut lines)?;
                    start.line += 1;
                }
                got = read_more(&mut file, &mut pending)?;
                continue;
            }
        };
        // Once, from the first chunk.
        if start.offset == 0 {
            lines.reserve(expected_records(&pending[..end], size));
        }
        next.clear();
        next.extend_from_slice(&pending[end..]);
        let is_last = got == 0;
        // The next chunk is read while this one is checked.
        let read_next = || if is_last { Ok(0) } else { read_more(&mut file, &mut next) };
        let check = || read_chunk(name, number, &mut start, &pending[..end], retention, &mut lines);
        let ((), read) = rayon::join(check, read_next);
        got = read?;
        if is_last {
            return Ok(lines.finish());
        }
        std::mem::swap(&mut pending, &mut next);
    }
}

/// Reads the next chunk behind what is pending. Returns its length in bytes: 0 at the end of the file.
fn read_more(file: &mut fs::File, pending: &mut Vec<u8>) -> std::io::Result<usize> {
    file.take(CHUNK as u64).read_to_end(pending)
}

/// About how many records a file of `size` bytes has, by the lines of its beginning: a list with room for all records is
/// never moved.
fn expected_records(beginning: &[u8], size: u64) -> usize {
    /// The length in bytes that a record has at least: a file of empty lines must not reserve memory without limit.
    const LEAST: u64 = 128;
    let lines = memchr::memchr_iter(b'\n', beginning).count() as u64;
    let expected = lines.saturating_mul(size) / (beginning.len() as u64).max(1);
    // A sixteenth more, since lines differ in length.
    usize::try_from((expected + expected / 16).min(size / LEAST)).unwrap_or_default()
}

/// Skips a line that is too long to be kept, and refuses it as one record. Returns its length in bytes.
fn skip_line(
    file: &mut fs::File,
    name: &File,
    number: u32,
    start: Start,
    pending: &mut Vec<u8>,
    lines: &mut Lines,
) -> std::io::Result<u64> {
    let mut size = pending.len() as u64;
    let mut rest = Vec::new();
    loop {
        rest.clear();
        let got = file.take(CHUNK as u64).read_to_end(&mut rest)?;
        let end = rest.iter().position(|byte| *byte == b'\n');
        size += end.map_or(got, |end| end + 1) as u64;
        if let Some(end) = end {
            pending.clear();
            pending.extend_from_slice(&rest[end + 1..]);
            break;
        }
        if got == 0 {
            pending.clear();
            break;
        }
    }
    let origin = Input::part(number, start.line, start.offset, "").origin;
    lines.extend(vec![check::refuse(name, origin, &InputError::TooLarge { size, limit: LINE_LIMIT as u64 })]);
    Ok(size)
}

/// The records of a text in memory.
pub(crate) fn read_whole(file: &File, number: u32, text: &[u8], retention: Retention<'_>) -> ReadList {
    let mut lines = Lines::default();
    read_chunk(file, number, &mut Start { line: 1, offset: 0 }, text, retention, &mut lines);
    lines.finish()
}

fn read_chunk<'t>(
    file: &File,
    number: u32,
    start: &mut Start,
    chunk: &'t [u8],
    retention: Retention<'_>,
    lines: &mut Lines,
) {
    let mut texts: Vec<(Start, &'t [u8])> = Vec::new();
    let ends = memchr::memchr_iter(b'\n', chunk).map(|newline| newline + 1).chain([chunk.len()]);
    let mut begin = 0;
    for end in ends {
        let line = &chunk[std::mem::replace(&mut begin, end)..end];
        if line.is_empty() {
            break;
        }
        if !line.trim_ascii().is_empty() {
            texts.push((*start, line.trim_ascii_end()));
        }
        start.line = start.line.saturating_add(1);
        start.offset += line.len() as u64;
    }
    let input_of = |(start, line): &(Start, &'t [u8])| {
        let input = |text| Input::part(number, start.line, start.offset, text);
        match InputError::check(line, LINE_LIMIT) {
            Ok(text) => FileInput::new(file, input(text)),
            Err(error) => FileInput::refused(file, input("").origin, in_file(error, *start)),
        }
    };
    for piece in texts.chunks(PIECE) {
        let detail = lines.detail();
        let read = |batch: &[(Start, &'t [u8])]| {
            let inputs: Vec<FileInput<'_>> = batch.iter().map(input_of).collect();
            check::read_each(detail, retention, &inputs)
        };
        lines.extend(piece.par_chunks(BATCH).flat_map_iter(read).collect());
    }
}

/// The error of a line as the error of its file: lines and bytes count from the start of the file.
fn in_file(mut error: InputError, start: Start) -> InputError {
    if let InputError::NotUtf8 { offset, line, .. } = &mut error {
        *offset = offset.saturating_add(usize::try_from(start.offset).unwrap_or(usize::MAX));
        *line += start.line as usize - 1;
    }
    error
}
