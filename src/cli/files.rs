//! The walk over a dataset's folder. It never follows a link and never ignores a file in silence: what is no record and
//! not expected is a finding, so that nobody can hide data from the check.

use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use crate::dataset::File;
use crate::kind::Kind;
use crate::rules::Trouble;

/// A file to read, or why it cannot be.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// What its path says.
    pub(super) file: File,
    /// What keeps it from being read, as far as its name and its sort tell.
    pub(super) trouble: Option<Trouble>,
}

/// Everything below a dataset's root, sorted by path. `shown` is the root as it is named to the user, with `/`, empty
/// for the current folder.
pub(super) fn walk(root: &Path, shown: &str) -> Vec<Found> {
    let mut walk = Walk { root, shown, found: Vec::new() };
    walk.folder("", None, 0);
    walk.found.sort_unstable_by(|a, b| a.file.path.cmp(&b.file.path));
    walk.found
}

/// Names that may stand beside the records.
const BESIDE: [&str; 3] = ["README.md", "CHANGELOG.md", ".gitkeep"];

/// Whether a path below the root is one of the files that are no records and may stand there.
pub(super) fn is_beside(root: &Path, path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    path == root.join("dataset.json") || path.starts_with(root) && BESIDE.contains(&name)
}

struct Walk<'a> {
    root: &'a Path,
    shown: &'a str,
    found: Vec<Found>,
}

impl Walk<'_> {
    fn folder(&mut self, below: &str, kind: Option<Kind>, depth: usize) {
        let path = self.root.join(below);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(below, denied(&error)),
        };
        for entry in entries {
            match entry {
                Ok(entry) => {
                    let name = entry.file_name();
                    let shown = name.to_string_lossy();
                    let inside = if below.is_empty() { shown.to_string() } else { format!("{below}/{shown}") };
                    match (name.to_str(), entry.file_type()) {
                        (Some(name), Ok(sort)) => self.entry(&inside, sort, name, kind, depth),
                        (Some(_), Err(error)) => self.refuse(&inside, denied(&error)),
                        (None, _) => self.refuse(&inside, Trouble::Misplaced("the name of this file is not UTF-8")),
                    }
                }
                Err(error) => self.refuse(below, denied(&error)),
            }
        }
    }

    fn entry(&mut self, below: &str, sort: FileType, name: &str, kind: Option<Kind>, depth: usize) {
        if sort.is_dir() {
            return match (depth, Kind::parse(name)) {
                (0, Some(kind)) => self.folder(below, Some(kind), 1),
                (0, None) => self
                    .refuse(below, Trouble::Misplaced("this folder has the name of no kind, so nothing in it is read")),
                (1, _) => self.folder(below, kind, 2),
                _ => self
                    .refuse(below, Trouble::Misplaced("records lie at most one folder below the folder of their kind")),
            };
        }
        if let Some(trouble) = irregular(sort) {
            return self.refuse(below, trouble);
        }
        let about = depth == 0 && name == "dataset.json";
        if about || BESIDE.contains(&name) {
            return;
        }
        let trouble = match name.rsplit_once('.') {
            Some((stem, "json")) if kind.is_some() && !stem.is_empty() => None,
            Some((stem, "ndjson")) if !stem.is_empty() => None,
            Some((_, "json")) => Some(Trouble::Misplaced("this file lies in no folder of a kind")),
            _ => Some(Trouble::Misplaced("this file is neither `.json` nor `.ndjson`")),
        };
        self.push(below, trouble);
    }

    fn refuse(&mut self, below: &str, trouble: Trouble) {
        self.push(below, Some(trouble));
    }

    fn push(&mut self, below: &str, trouble: Option<Trouble>) {
        let shown = if self.shown.is_empty() { below.to_owned() } else { format!("{}/{below}", self.shown) };
        self.found.push(Found { path: self.root.join(below), file: File::new(&shown, below), trouble });
    }
}

/// A file named on the command line that belongs to no dataset.
pub(super) fn loose(path: &Path, shown: &str) -> Found {
    let below = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .filter(|name| Kind::parse(name).is_some());
    let below = folder.map_or_else(|| below.to_owned(), |folder| format!("{folder}/{below}"));
    let trouble = match fs::symlink_metadata(path) {
        Err(error) => Some(denied(&error)),
        Ok(metadata) => irregular(metadata.file_type()),
    };
    Found { path: path.to_owned(), file: File::new(shown, &below), trouble }
}

/// Why something that is there is no file to read.
pub(super) fn irregular(kind: FileType) -> Option<Trouble> {
    if kind.is_symlink() {
        Some(Trouble::Unreadable("this is a link, and links are not followed".to_owned(), "put the file itself here"))
    } else if kind.is_file() {
        None
    } else {
        Some(Trouble::Unreadable("this is no regular file".to_owned(), "remove it; records are plain files"))
    }
}

/// An error of the system in words that are the same on every machine.
pub(super) fn denied(error: &std::io::Error) -> Trouble {
    Trouble::Unreadable(format!("it cannot be read: {}", error.kind()), "see to it that it exists and may be read")
}
