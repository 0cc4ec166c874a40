//! The walk over a dataset's folder. The walk follows no link and passes over no file in silence: whatever is no record
//! and is not expected is a finding, so that no data can be hidden from the check.

use std::io;
use std::path::{Path, PathBuf};

use comity::dataset::File;
use comity::kind::Kind;
use comity::rules::InputError;
use rayon::prelude::*;

use super::placement::{BESIDE, LEFT_OVER, MARKER, NO_KIND, NOT_UTF8, TOO_DEEP, by_name};
use crate::folder::open::Trusted;
use crate::folder::refusal::{denied, irregular};
use crate::folder::{EntryType, Folder};
use crate::write::temporary::is_left_over;

/// A file to read.
#[derive(Debug)]
pub(crate) struct Found {
    /// Where the file is.
    pub(crate) path: PathBuf,
    /// What the path says of the file.
    pub(crate) file: File,
    /// Why the file is not read, as far as its name and its type show.
    pub(crate) error: Option<Box<InputError>>,
}

/// Everything below a dataset's root, sorted by path, and the temporary files that stopped runs have left. `shown` is the
/// path of the root for the user, with `/`; empty for the current folder.
pub(crate) fn walk(trusted: &Trusted, root: &Path, shown: &str) -> (Vec<Found>, Vec<String>) {
    let opened = trusted.folder(root);
    let new =
        || FolderWalk { root, shown, opened: &opened, found: Vec::new(), kinds: Vec::new(), left_over: Vec::new() };
    let mut walk = new();
    walk.folder("", None, 0);
    let FolderWalk { found: beside, kinds, mut left_over, .. } = walk;
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

/// A file that the user named and that is not below a dataset's root. The name of its folder gives its kind.
pub(crate) fn loose(trusted: &Trusted, path: &Path, shown: &str) -> Found {
    let name = path.file_name().unwrap_or_default();
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .filter(|name| Kind::parse(name).is_some());
    let below = name.to_string_lossy();
    let below = folder.map_or_else(|| below.to_string(), |folder| format!("{folder}/{below}"));
    let error = match trusted.entry_type(path) {
        Err(error) => Some(error),
        Ok(None) => Some(denied(&io::ErrorKind::NotFound.into())),
        Ok(Some(found)) => irregular(found).or_else(|| match name.to_str() {
            Some(name) => by_name(name, true).err(),
            None => Some(NOT_UTF8),
        }),
    };
    Found { path: path.to_owned(), file: File::new(shown, &below), error: error.map(Box::new) }
}

/// A file that is named like a temporary one, and stands where others will read it. `path` is the path for the user.
pub(super) fn misplaced(root: &Path, shown: &str, path: &str) -> Found {
    let below = path.strip_prefix(shown).unwrap_or(path).trim_start_matches('/');
    Found { path: root.join(below), file: File::new(path, below), error: Some(LEFT_OVER.into()) }
}

/// How many files a piece of the list holds. One list that grows with each file would move, and leave as much memory behind
/// as it takes.
const PIECE: usize = 256;

/// The walk over the root, or over the folder of one kind.
struct FolderWalk<'a> {
    root: &'a Path,
    shown: &'a str,
    opened: &'a Result<Folder, InputError>,
    found: Vec<Vec<Found>>,
    /// The folders of kinds, each of which is walked by itself.
    kinds: Vec<(String, Kind)>,
    left_over: Vec<String>,
}

impl FolderWalk<'_> {
    fn folder(&mut self, below: &str, kind: Option<Kind>, depth: usize) {
        let root = match self.opened {
            Ok(root) => root,
            Err(error) => return self.refuse(below, error.clone()),
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
                // An entry that cannot be read has an empty name: the error is that of the folder.
                _ if name.is_empty() => below.to_owned(),
                _ => format!("{below}/{shown}"),
            };
            match (name.to_str(), found) {
                (Some(name), Ok(found)) => self.entry(&inside, found, name, kind, depth),
                (Some(_), Err(error)) => self.refuse(&inside, denied(&error)),
                (None, _) => self.refuse(&inside, NOT_UTF8),
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
        if let Some(error) = irregular(found) {
            return self.refuse(below, error);
        }
        let is_marker = depth == 0 && name == MARKER;
        if is_marker || BESIDE.contains(&name) {
            return;
        }
        if is_left_over(name) {
            self.left_over.push(self.shown(below));
            return;
        }
        self.push(below, by_name(name, kind.is_some()).err().map(Box::new));
    }

    fn refuse(&mut self, below: &str, error: InputError) {
        self.push(below, Some(error.into()));
    }

    fn push(&mut self, below: &str, error: Option<Box<InputError>>) {
        let file = File::new(&self.shown(below), below);
        let found = Found { path: self.root.join(below), file, error };
        match self.found.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(found),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(found);
                self.found.push(piece);
            }
        }
    }

    fn shown(&self, below: &str) -> String {
        if self.shown.is_empty() { below.to_owned() } else { format!("{}/{below}", self.shown) }
    }
}
