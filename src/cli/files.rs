//! The walk over a dataset's folder. It never follows a link and never ignores a file in silence: what is no record and
//! not expected is a finding, so that nobody can hide data from the check.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folder::{EntryType, Folder};
use super::open::Trusted;
use super::temporary::is_left_over;
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
    pub(super) trouble: Option<Box<Trouble>>,
}

/// Everything below a dataset's root, sorted by path, and the temporary files that stopped runs have left. `shown` is the
/// root as it is named to the user, with `/`, empty for the current folder.
pub(super) fn walk(trusted: &Trusted, root: &Path, shown: &str) -> (Vec<Found>, Vec<String>) {
    let opened = trusted.folder(root);
    let new = || Walk { root, shown, opened: &opened, found: Vec::new(), kinds: Vec::new(), left_over: Vec::new() };
    let mut walk = new();
    walk.folder("", None, 0);
    let Walk { found: beside, kinds, mut left_over, .. } = walk;
    let of_kind = |(below, kind): (String, Kind)| {
        let mut walk = new();
        walk.folder(&below, Some(kind), 1);
        (walk.found, walk.left_over)
    };
    let (mut pieces, others): (Vec<Vec<Vec<Found>>>, Vec<Vec<String>>) =
        kinds.into_par_iter().with_max_len(1).map(of_kind).unzip();
    pieces.push(beside);
    left_over.extend(others.into_iter().flatten());
    left_over.sort();
    let mut found = Vec::with_capacity(pieces.iter().flatten().map(Vec::len).sum());
    found.extend(pieces.into_iter().flatten().flatten());
    found.par_sort_unstable_by(|a, b| a.file.path.cmp(&b.file.path));
    (found, left_over)
}

/// How many files are kept in one piece while the walk goes on: one list that grew with each of them would move, and leave
/// as much memory behind as it takes.
const PIECE: usize = 256;

/// Names that may stand beside the records.
const BESIDE: [&str; 3] = ["README.md", "CHANGELOG.md", ".gitkeep"];

/// Whether a path below the root is one of the files that are no records and may stand there.
pub(super) fn is_beside(root: &Path, path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    path == root.join(MARKER) || path.starts_with(root) && BESIDE.contains(&name)
}

/// The file that marks a dataset's root.
const MARKER: &str = "dataset.json";

const NO_KIND: Trouble = Trouble::Misplaced("this folder has the name of no kind, so nothing in it is read");
const TOO_DEEP: Trouble = Trouble::Misplaced("records lie at most one folder below the folder of their kind");
const LOOSE: Trouble = Trouble::Misplaced("this file lies in no folder of a kind");
const NO_RECORD: Trouble = Trouble::Misplaced("this file is neither `.json` nor `.ndjson`");

const NESTED: Trouble =
    Trouble::Misplaced("`dataset.json` marks the top folder of a dataset, and this is no top folder");

/// What the walk would say of a file by its path alone: that it holds records, that it may stand there (`None`), or which
/// place is told and why.
pub(super) fn by_path(below: &str) -> Option<Result<(), (String, Trouble)>> {
    let parts: Vec<&str> = below.split('/').collect();
    let (name, folders) = parts.split_last()?;
    let refuse = |depth: usize, trouble| Some(Err((parts[..depth].join("/"), trouble)));
    match folders {
        [first, ..] if Kind::parse(first).is_none() => return refuse(1, NO_KIND),
        [_, _, _, ..] => return refuse(3, TOO_DEEP),
        [] if *name == MARKER => return None,
        _ if BESIDE.contains(name) || is_left_over(name) => return None,
        _ => {}
    }
    match content(name, !folders.is_empty()) {
        Ok(()) => Some(Ok(())),
        Err(trouble) => refuse(parts.len(), trouble),
    }
}

/// Whether a file of that name holds records.
fn content(name: &str, below_a_kind: bool) -> Result<(), Trouble> {
    match name.rsplit_once('.') {
        _ if name == MARKER => Err(NESTED),
        Some((stem, "json")) if below_a_kind && !stem.is_empty() => Ok(()),
        Some((stem, "ndjson")) if !stem.is_empty() => Ok(()),
        Some((_, "json")) => Err(LOOSE),
        _ => Err(NO_RECORD),
    }
}

struct Walk<'a> {
    root: &'a Path,
    shown: &'a str,
    opened: &'a Result<Folder, Trouble>,
    found: Vec<Vec<Found>>,
    /// The folders of kinds, each of which is walked through by itself.
    kinds: Vec<(String, Kind)>,
    left_over: Vec<String>,
}

impl Walk<'_> {
    fn folder(&mut self, below: &str, kind: Option<Kind>, depth: usize) {
        let root = match self.opened {
            Ok(root) => root,
            Err(trouble) => return self.refuse(below, trouble.clone()),
        };
        let folder = root.folder(Path::new(below));
        let entries = match folder.as_ref().map(Folder::entries) {
            Ok(Ok(entries)) => entries,
            Ok(Err(error)) => return self.refuse(below, denied(&error)),
            Err(error) => return self.refuse(below, denied(error)),
        };
        for (name, found) in entries {
            let shown = name.to_string_lossy();
            let inside = match below {
                "" => shown.to_string(),
                // The name of an entry that could not be read is empty: the error is the folder's.
                _ if name.is_empty() => below.to_owned(),
                _ => format!("{below}/{shown}"),
            };
            match (name.to_str(), found) {
                (Some(name), Ok(found)) => self.entry(&inside, found, name, kind, depth),
                (Some(_), Err(error)) => self.refuse(&inside, denied(&error)),
                (None, _) => self.refuse(&inside, Trouble::Misplaced("the name of this file is not UTF-8")),
            }
        }
    }

    fn entry(&mut self, below: &str, found: EntryType, name: &str, kind: Option<Kind>, depth: usize) {
        if found == EntryType::Folder {
            return match (depth, Kind::parse(name)) {
                (0, Some(kind)) => self.kinds.push((below.to_owned(), kind)),
                (0, None) => self.refuse(below, NO_KIND),
                (1, _) => self.folder(below, kind, 2),
                _ => self.refuse(below, TOO_DEEP),
            };
        }
        if let Some(trouble) = irregular(found) {
            return self.refuse(below, trouble);
        }
        let about = depth == 0 && name == MARKER;
        if about || BESIDE.contains(&name) {
            return;
        }
        if is_left_over(name) {
            self.left_over.push(self.shown(below));
            return;
        }
        self.push(below, content(name, kind.is_some()).err().map(Box::new));
    }

    fn refuse(&mut self, below: &str, trouble: Trouble) {
        self.push(below, Some(trouble.into()));
    }

    fn shown(&self, below: &str) -> String {
        if self.shown.is_empty() { below.to_owned() } else { format!("{}/{below}", self.shown) }
    }

    fn push(&mut self, below: &str, trouble: Option<Box<Trouble>>) {
        let file = File::new(&self.shown(below), below);
        let found = Found { path: self.root.join(below), file, trouble };
        match self.found.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(found),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(found);
                self.found.push(piece);
            }
        }
    }
}

/// A file named on the command line that belongs to no dataset.
pub(super) fn loose(trusted: &Trusted, path: &Path, shown: &str) -> Found {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .filter(|name| Kind::parse(name).is_some());
    let below = folder.map_or_else(|| name.to_owned(), |folder| format!("{folder}/{name}"));
    let trouble = match trusted.entry_type(path) {
        Err(trouble) => Some(trouble),
        Ok(None) => Some(denied(&std::io::ErrorKind::NotFound.into())),
        Ok(Some(found)) => irregular(found).or_else(|| content(name, true).err()),
    };
    Found { path: path.to_owned(), file: File::new(shown, &below), trouble: trouble.map(Box::new) }
}

/// What is said of a link.
pub(super) fn link() -> Trouble {
    Trouble::Unreadable("this is a link, and links are not followed".to_owned(), "put the file itself here")
}

/// Why something that is there is no file to read.
pub(super) fn irregular(found: EntryType) -> Option<Trouble> {
    match found {
        EntryType::File => None,
        EntryType::Link => Some(link()),
        _ => Some(Trouble::Unreadable("this is no regular file".to_owned(), "remove it; records are plain files")),
    }
}

/// An error of the system in words that are the same on every machine.
pub(super) fn denied(error: &std::io::Error) -> Trouble {
    Trouble::Unreadable(format!("it cannot be read: {}", error.kind()), "see to it that it exists and may be read")
}
