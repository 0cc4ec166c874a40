//! From paths to a dataset: files are read, parsed and checked in parallel, and put together in the order of their paths,
//! so that the result does not depend on the order of reading.

mod files;
pub(crate) mod git;
mod index;
pub(crate) mod manifest;
mod ndjson;
mod placement;
pub(crate) mod range;
pub(crate) mod records;
pub(crate) mod revision;
mod roots;
pub(crate) mod sparse;
pub(crate) mod stdin;
mod texts;
mod tree;
mod unread;
mod walk;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comity::check::{Checking, Retention};
use comity::dataset::{Dataset, Entry, File, Manifest};
use comity::render::counted;
use comity::value::Day;
use rayon::prelude::*;

use crate::cache::CacheFile;
use crate::folder::path::shown;
use crate::output::{detail, note};
use files::TextOfFile;
use placement::MARKER;
pub(crate) use roots::{Roots, TextSource};
use stdin::Stdin;
use texts::{OpenFiles, Texts};
pub(crate) use walk::Found;

/// Texts that replace those of files, by the path of the file: the files as they would be after fixes.
pub(crate) type Overlay = BTreeMap<PathBuf, String>;

/// What is kept of the records of a dataset.
#[derive(Clone, Copy)]
pub(crate) enum Kept<'a> {
    /// Everything.
    Everything,
    /// Everything but prose.
    NoProse,
    /// What a check needs.
    ForCheck {
        /// Describes the check from `dataset.json`, where summaries are enough for it.
        checking: &'a dyn Fn(Day, &Manifest) -> Option<Checking>,
        /// Whether summaries may come from the cache.
        cached: bool,
    },
}

impl Kept<'_> {
    fn checking(self, today: Day, manifest: &Manifest) -> Option<Checking> {
        if let Self::ForCheck { checking, .. } = self { checking(today, manifest) } else { None }
    }

    fn may_be_cached(self) -> bool {
        matches!(self, Self::ForCheck { cached: true, .. })
    }

    fn retention(self, checking: Option<&Checking>) -> Retention<'_> {
        match (self, checking) {
            (Self::Everything, _) => Retention::Whole,
            (_, None) => Retention::WithoutProse,
            (_, Some(checking)) => Retention::Summary(checking),
        }
    }
}

/// A dataset that was read from files.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The records, with the findings of reading them.
    pub(crate) dataset: Dataset,
    /// The files, by their index in the dataset. Standard input comes after the last file.
    paths: Arc<[PathBuf]>,
    left_over: Vec<String>,
}

impl Loaded {
    /// Reads everything.
    ///
    /// # Errors
    /// When `dataset.json` or standard input cannot be read. A record that cannot be read is a finding.
    pub(crate) fn read(roots: &Roots, today: Day) -> anyhow::Result<Self> {
        Self::read_over(roots, today, &Overlay::new(), Kept::Everything)
    }

    /// Reads everything, with the texts of the overlay in place of those of its files.
    ///
    /// # Errors
    /// As [`Loaded::read`].
    pub(crate) fn read_over(roots: &Roots, today: Day, overlay: &Overlay, kept: Kept<'_>) -> anyhow::Result<Self> {
        let trusted = &roots.trusted;
        let Inputs { manifest, mut found, left_over, texts } =
            if *roots.texts() == TextSource::Index { index::read(roots)? } else { work_tree(roots, overlay)? };
        let checking = kept.checking(today, &manifest);
        let retention = kept.retention(checking.as_ref());
        let stdin = if *roots.texts() == TextSource::Stdin { Some(Stdin::read()?) } else { None };
        detail(|| {
            let root =
                roots.root.as_ref().map_or("no dataset", |(_, shown)| if shown.is_empty() { "." } else { shown });
            let from = if *roots.texts() == TextSource::Index { " from the index of git" } else { "" };
            format!("reading {} below `{root}`{from}", counted(found.len(), "file"))
        });
        mark_reported(roots, &mut found);
        let is_cached = kept.may_be_cached() && checking.is_some() && *roots.texts() != TextSource::Index;
        let file = if is_cached { CacheFile::read(roots, &manifest, &found) } else { None };
        let cache = file.as_ref().map(|file| file.open(today));
        let mut reads = files::read_all(trusted, &found, &texts, retention, cache.as_ref());
        cache.into_iter().for_each(|cache| cache.write(trusted, &found));
        let (mut files, paths): (Vec<File>, Vec<PathBuf>) =
            found.into_iter().map(|found| (found.file, found.path)).unzip();
        let paths: Arc<[PathBuf]> = paths.into();
        if let Some(stdin) = &stdin {
            reads.append(stdin.records(number_of(files.len()), retention));
            files.push(stdin.file.clone());
        }
        let texts = Texts {
            paths: paths.clone(),
            stdin: stdin.map(|stdin| stdin.text).unwrap_or_default(),
            overlay: texts,
            trusted: trusted.clone(),
            open: OpenFiles::default(),
        };
        let mut dataset = reads.into_dataset(today, manifest, files);
        if *roots.texts() == TextSource::Index
            && let Some((root, above)) = roots.root.clone()
        {
            let trusted = trusted.clone();
            dataset = dataset.with_unstaged(move |target| index::unstaged(&trusted, &root, &above, target));
        }
        Ok(Self { dataset: dataset.with_texts(move |entry| texts.read(entry)), paths, left_over })
    }

    /// The path of an entry's file; `None` for standard input.
    pub(crate) fn path(&self, entry: &Entry) -> Option<&Path> {
        self.paths.get(entry.origin.file as usize).map(PathBuf::as_path)
    }

    /// The files that are reported on: the path for the user, and the path.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&str, &Path)> {
        let files = self.dataset.files.iter().zip(self.paths.iter());
        files.filter(|(file, _)| file.reported).map(|(file, path)| (&*file.path, path.as_path()))
    }

    /// The [`fingerprints`] of the dataset.
    pub(crate) fn fingerprints(&self) -> Vec<(String, u64)> {
        fingerprints(&self.dataset)
    }

    /// The commit that `HEAD` names, where git has every file of the dataset exactly as that commit has it. The dataset may
    /// lie in no repository, or be changed; then there is none.
    pub(crate) fn commit(&self, roots: &Roots) -> Option<String> {
        let (root, shown) = roots.root.as_ref()?;
        let git = git::Git::of(root).ok()?;
        let commit = git.commit("HEAD").ok()?;
        let committed =
            revision::read(&git, shown, ("HEAD", &commit), self.dataset.as_of, Retention::WithoutProse).ok()?;
        let is_unchanged =
            fingerprints(&committed) == fingerprints(&self.dataset) && committed.manifest == self.dataset.manifest;
        is_unchanged.then_some(commit)
    }

    /// Names the temporary files that stopped runs have left. They are not read.
    pub(crate) fn note_left_over(&self) {
        for path in &self.left_over {
            note(&format!("note: {path} was left by a run that was stopped; it is not read and may be deleted"));
        }
    }
}

/// The path and the fingerprint of every text, in order: they are equal only for equal texts.
fn fingerprints(dataset: &Dataset) -> Vec<(String, u64)> {
    let fingerprint = |entry: &Entry| (dataset.file(entry).path.to_string(), entry.origin.fingerprint);
    let mut all: Vec<(String, u64)> = dataset.entries().iter().map(fingerprint).collect();
    all.sort_unstable();
    all
}

/// A dataset from texts in memory, such as those of an earlier revision.
pub(crate) fn of_texts(texts: Vec<TextOfFile>, manifest: Manifest, today: Day, retention: Retention<'_>) -> Dataset {
    let reads = files::read_texts(&texts, retention);
    let files = texts.into_iter().map(|(file, _)| file).collect();
    reads.into_dataset(today, manifest, files)
}

/// What is read.
struct Inputs {
    manifest: Manifest,
    /// The files, in the order of their paths.
    found: Vec<Found>,
    /// The temporary files that stopped runs have left.
    left_over: Vec<String>,
    /// Texts that replace those of their files.
    texts: Overlay,
}

/// The files of the work tree. A file that standard input stands for has the text of standard input.
fn work_tree(roots: &Roots, overlay: &Overlay) -> anyhow::Result<Inputs> {
    let trusted = &roots.trusted;
    let stands_for = |path: &Path| matches!(roots.texts(), TextSource::StdinFor(file) if file == path);
    let is_manifest = roots.root().is_some_and(|root| stands_for(&root.join(MARKER)));
    let (manifest, (mut found, mut left_over)) = match &roots.root {
        Some((root, shown)) if is_manifest => {
            (manifest::parse(&manifest::path(shown), &stdin::text()?)?, walk::walk(trusted, root, shown))
        }
        Some((root, shown)) => (manifest::read(trusted, root, shown)?, walk::walk(trusted, root, shown)),
        None => Default::default(),
    };
    if let Some((root, shown)) = roots.root.as_ref().filter(|_| roots.to_be_shared) {
        found.extend(left_over.drain(..).map(|path| walk::misplaced(root, shown, &path)));
        found.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    }
    let mut texts = overlay.clone();
    if is_manifest {
        return Ok(Inputs { manifest, found, left_over, texts });
    }
    if let TextSource::StdinFor(path) = roots.texts() {
        found.retain(|found| found.path != *path);
        let file = placed(roots, path);
        if file.error.is_none() {
            texts.insert(path.to_owned(), stdin::text()?);
        }
        found.push(file);
        found.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    } else {
        found.extend(named_beyond(roots, &found));
    }
    Ok(Inputs { manifest, found, left_over, texts })
}

/// The file at a path at which there may be nothing yet.
pub(crate) fn placed(roots: &Roots, path: &Path) -> Found {
    let here = roots.trusted.absolute(Path::new(""));
    let below = roots.root().and_then(|root| path.strip_prefix(root).ok());
    // Outside a dataset, the name of the folder gives the kind.
    let below = below.or_else(|| Some(path.strip_prefix(path.parent()?.parent()?).unwrap_or(path))).unwrap_or(path);
    let below: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    let below = below.join("/");
    let error = match placement::by_path(&below) {
        Some(Ok(())) => None,
        // What is reported is the file, and not its folder.
        Some(Err((_, error))) if error == placement::NO_KIND => Some(placement::LOOSE),
        Some(Err((_, error))) => Some(error),
        None => Some(placement::NO_RECORD),
    };
    Found { path: path.to_owned(), file: File::new(&shown(path, &here), &below), error: error.map(Box::new) }
}

/// The files that the user named and the walk did not find.
fn named_beyond(roots: &Roots, found: &[Found]) -> Vec<Found> {
    if roots.named().is_empty() {
        return Vec::new();
    }
    let (trusted, here) = (&roots.trusted, roots.trusted.absolute(Path::new("")));
    let is_folder = |path: &Path| path.is_dir() && trusted.link(path).is_none();
    let is_beside = |path: &Path| roots.root().is_some_and(|root| placement::is_beside(root, path));
    let last_parts: HashSet<_> = roots.named().iter().filter_map(|path| path.file_name()).collect();
    let has_such_a_name = |found: &&Found| found.path.file_name().is_some_and(|name| last_parts.contains(name));
    let mut seen: HashSet<&Path> = found.iter().filter(has_such_a_name).map(|found| found.path.as_path()).collect();
    let named = roots.named().iter().filter(|path| seen.insert(path) && !is_folder(path) && !is_beside(path));
    named.map(|path| walk::loose(trusted, path, &shown(path, &here))).collect()
}

/// Marks the files in which findings are reported.
fn mark_reported(roots: &Roots, found: &mut [Found]) {
    let covers = roots.coverage();
    found.par_iter_mut().for_each(|found| found.file.reported = covers(&found.path));
}

fn number_of(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
