//! From paths to a dataset: files are read, parsed and checked in parallel, and put together in the order of their
//! paths, so that the order of reading does not show.

mod git;
pub(crate) mod manifest;
mod ndjson;
pub(crate) mod records;
pub(crate) mod revision;
pub(crate) mod roots;
pub(crate) mod walk;

use std::collections::BTreeMap;
use std::io::{Read as _, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use comity::check::{self, ProseRetention, Read};
use comity::dataset::{Dataset, Entry, EntryId, FILE_LIMIT, File, Manifest};
use comity::kind::Kind;
use comity::lint::Finding;
use comity::render;
use comity::rules::InputError;
use comity::value::{Day, Id, StringFormat};
use comity_document::document::{self, Arena, Node};
use comity_document::input::{Input, Origin};
use rayon::prelude::*;

use crate::folder::open::Trusted;
use crate::output::{Progress, eprint_line};
use ndjson::{read_lines, read_whole};
pub(crate) use roots::Roots;
use roots::{plain, shown};
use walk::Found;

/// Texts that take the place of what is in files: files as they would be after mending.
pub(crate) type Overlay = BTreeMap<PathBuf, String>;

/// The name under which standard input is shown.
pub(crate) const STDIN: &str = "<stdin>";

/// A dataset that was read, with what was found while reading.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The records.
    pub dataset: Dataset,
    paths: Arc<[PathBuf]>,
    left_over: Vec<String>,
}

impl Loaded {
    /// Reads everything.
    ///
    /// # Errors
    /// When `dataset.json` or standard input cannot be read. A record that cannot be read is a finding.
    pub(crate) fn read(roots: &Roots, today: Day) -> anyhow::Result<Self> {
        Self::read_over(roots, today, &Overlay::new(), ProseRetention::Kept)
    }

    /// The same, with other texts in the place of some files'.
    pub(crate) fn read_over(
        roots: &Roots,
        today: Day,
        overlay: &Overlay,
        wording: ProseRetention,
    ) -> anyhow::Result<Self> {
        let trusted = &roots.trusted;
        let (about, (mut found, left_over)) = match &roots.root {
            Some((root, shown)) => (manifest::read(trusted, root, shown)?, walk::walk(trusted, root, shown)),
            None => Default::default(),
        };
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let beside = |path: &Path| roots.root().is_some_and(|root| walk::is_beside(root, path));
        let loose: Vec<&PathBuf> = roots
            .named
            .iter()
            .filter(|path| (!path.is_dir() || trusted.link(&plain(path)).is_some()) && !beside(&plain(path)))
            .filter(|path| !found.iter().any(|found| found.path == plain(path)))
            .collect();
        let loose = loose.into_iter().map(|path| walk::loose(trusted, &plain(path), &shown(path, &here)));
        let loose: Vec<Found> = loose.collect();
        found.extend(loose);
        let stdin = if roots.stdin { read_stdin()? } else { String::new() };
        let mut reads = read_all(trusted, &found, overlay, wording);
        let named: Vec<PathBuf> = roots.named.iter().map(|path| plain(path)).collect();
        // Whoever names the dataset itself asks for all of it.
        let all = named.iter().any(|named| roots.root().is_some_and(|root| root == named));
        let all = all || !roots.stdin && named.is_empty();
        let is_named = |found: &Found| all || named.iter().any(|named| found.path.starts_with(named));
        let of_found = |found: Found| (File { reported: is_named(&found), ..found.file.clone() }, found.path);
        let (mut files, paths): (Vec<File>, Vec<PathBuf>) = found.into_iter().map(of_found).unzip();
        if roots.stdin {
            let file = stdin_as_file(&stdin);
            reads.push(read_stdin_as(&file, index(files.len()), &stdin, wording));
            files.push(file);
        }
        let (entries, findings) = number(reads);
        let paths: Arc<[PathBuf]> = paths.into();
        let texts = Texts { paths: paths.clone(), stdin, overlay: overlay.clone(), trusted: trusted.clone() };
        let dataset = Dataset::new(today, about, files, entries).with_findings(findings);
        Ok(Self { dataset: dataset.with_texts(move |entry| texts.read(entry)), paths, left_over })
    }

    /// What was read, in short: the same again only where every text is the same.
    pub(crate) fn prints(&self) -> Vec<(String, u64)> {
        let print = |entry: &Entry| (self.dataset.file(entry).path.to_string(), entry.origin.fingerprint);
        self.dataset.entries().iter().map(print).collect()
    }

    /// The path of an entry's file; `None` for standard input.
    pub(crate) fn path(&self, entry: &Entry) -> Option<&Path> {
        self.paths.get(entry.origin.file as usize).map(PathBuf::as_path)
    }

    /// Names the temporary files that stopped runs have left. They are not read.
    pub(crate) fn note_left_over(&self) {
        for path in &self.left_over {
            let path = render::visible(path);
            eprint_line(&format!("note: {path} was left by a run that was stopped; it is not read and may be deleted"));
        }
    }

    /// The files that were asked for, by their path as shown, and where they are.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&str, &Path)> {
        let files = self.dataset.files.iter().zip(self.paths.iter());
        files.filter(|(file, _)| file.reported).map(|(file, path)| (&*file.path, path.as_path()))
    }
}

/// Where texts are read again.
struct Texts {
    paths: Arc<[PathBuf]>,
    stdin: String,
    overlay: Overlay,
    trusted: Trusted,
}

impl Texts {
    /// The text of an entry. The text may have changed since the entry was made.
    fn read(&self, entry: &Entry) -> Option<String> {
        let Origin { offset, len, .. } = entry.origin;
        if len == 0 {
            // What could not be read is not opened: a named pipe would be waited for, and a link followed.
            return Some(String::new());
        }
        let Some(path) = self.paths.get(entry.origin.file as usize) else {
            let start = usize::try_from(offset).ok()?;
            return self.stdin.get(start..start + len as usize).map(str::to_owned);
        };
        if let Some(text) = self.overlay.get(path) {
            let start = usize::try_from(offset).ok()?;
            return text.get(start..start + len as usize).map(str::to_owned);
        }
        let (mut file, _) = self.trusted.file(path).ok()?;
        file.seek(SeekFrom::Start(offset)).ok()?;
        let mut text = vec![0; len as usize];
        file.read_exact(&mut text).ok()?;
        String::from_utf8(text).ok()
    }
}

/// A dataset whose texts are at hand, such as an earlier state of a dataset.
pub(crate) fn of_texts(texts: Vec<(File, Result<Vec<u8>, InputError>)>, manifest: Manifest, today: Day) -> Dataset {
    let read = |(number, (file, text)): (usize, &(File, Result<Vec<u8>, InputError>))| match text {
        Ok(text) => read_bytes(file, index(number), text, ProseRetention::Dropped),
        Err(error) => vec![vec![check::refuse(file, Input::file(index(number), "").origin, error)]],
    };
    let reads = texts.par_iter().enumerate().map(read).collect();
    let (entries, findings) = number(reads);
    let files = texts.into_iter().map(|(file, _)| file).collect();
    Dataset::new(today, manifest, files, entries).with_findings(findings)
}

/// What one file gave, in the parts in which it was read.
type Parts = Vec<Vec<Read>>;

/// Gives every entry its index, in order. What was read is let go part by part: there may be millions of it.
fn number(reads: Vec<Parts>) -> (Vec<Entry>, Vec<Finding>) {
    let (mut entries, mut findings) = (Vec::with_capacity(reads.iter().flatten().map(Vec::len).sum()), Vec::new());
    for (id, read) in reads.into_iter().flatten().flatten().enumerate() {
        let read = read.number(EntryId(index(id)));
        entries.push(read.entry);
        findings.extend(read.findings);
    }
    (entries, findings)
}

/// The records of a file whose bytes are at hand.
fn read_bytes(file: &File, number: u32, bytes: &[u8], wording: ProseRetention) -> Parts {
    if file.is_lines() {
        return read_whole(file, number, bytes, wording);
    }
    match InputError::check(bytes, FILE_LIMIT) {
        Ok(text) => vec![vec![check::read(file, &Input::file(number, text)).keeping(wording)]],
        Err(trouble) => vec![vec![check::refuse(file, Input::file(number, "").origin, &trouble)]],
    }
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn read_stdin() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).context("standard input cannot be read as UTF-8")?;
    Ok(text)
}

/// How many files are read at a stretch: few enough that all threads come to an end at the same time.
const PIECE: usize = 64;

fn read_all(trusted: &Trusted, found: &[Found], overlay: &Overlay, wording: ProseRetention) -> Vec<Parts> {
    let (progress, most) = (Progress::new(found.len()), check::share(found.len()));
    let read = |(number, found): (usize, &Found)| {
        let mut reads = match overlay.get(&found.path) {
            Some(text) => read_bytes(&found.file, index(number), text.as_bytes(), wording),
            None => read_file(trusted, found, index(number), wording),
        };
        progress.advance();
        check::keep_first(&mut reads, most);
        reads
    };
    found.par_iter().enumerate().with_max_len(PIECE).map(read).collect()
}

fn read_file(trusted: &Trusted, found: &Found, number: u32, wording: ProseRetention) -> Parts {
    let refuse = |trouble: &InputError| vec![vec![check::refuse(&found.file, Input::file(number, "").origin, trouble)]];
    if let Some(trouble) = &found.trouble {
        return refuse(trouble);
    }
    if found.file.is_lines() {
        let read = |(file, _)| {
            read_lines(file, &found.file, number, wording).unwrap_or_else(|error| refuse(&walk::denied(&error)))
        };
        return trusted.file(&found.path).map_or_else(|trouble| refuse(&trouble), read);
    }
    match trusted.bytes(&found.path, FILE_LIMIT as u64) {
        Ok(bytes) => read_bytes(&found.file, number, &bytes, wording),
        Err(trouble) => refuse(&trouble),
    }
}

/// What standard input is: a record that says its kind and id stands there as it would in a file of its own; anything
/// else is one record a line.
fn stdin_as_file(text: &str) -> File {
    let lines = File::new(STDIN, "lines.ndjson");
    if begins_with_a_record(text) {
        return lines;
    }
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let own = |field| document.root.as_ref().and_then(|root| root.get(field)).and_then(Node::as_str);
    match (own("kind").and_then(Kind::parse), own("id").filter(|id| Id::parse(id).is_ok())) {
        (Some(kind), Some(id)) => File::new(STDIN, &format!("{kind}/{id}.json")),
        _ => lines,
    }
}

/// Whether the first line is a record of its own; one record laid out for people ends on a later line.
fn begins_with_a_record(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').trim_start().lines().next().unwrap_or_default().trim_end();
    first.starts_with('{') && first.ends_with('}')
}

fn read_stdin_as(file: &File, number: u32, text: &str, wording: ProseRetention) -> Parts {
    if begins_with_a_record(text) {
        return read_whole(file, number, text.as_bytes(), wording);
    }
    match InputError::check(text.as_bytes(), FILE_LIMIT) {
        Ok(text) => vec![vec![check::read(file, &Input::file(number, text)).keeping(wording)]],
        Err(trouble) => vec![vec![check::refuse(file, Input::file(number, "").origin, &trouble)]],
    }
}
