//! Which dataset is meant: the search for its root starts at the first named path, or at the current folder.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use comity::kind::Kind;
use comity::value::{Id, StringFormat as _};

use super::placement::MARKER;
use crate::ci::is_in_ci;
use crate::folder::open::{Trusted, current_folder, explained};
use crate::folder::path::{plain, shown};

/// Which files are read, and which of them are reported on. All files below the dataset's root are read, so that references
/// resolve; findings are reported for the named paths.
#[derive(Debug)]
pub(crate) struct Roots {
    /// The dataset's root: the path, and the path for the user.
    pub(crate) root: Option<(PathBuf, String)>,
    named: Vec<PathBuf>,
    texts: TextSource,
    /// Whether what was read is to be shared, so that a file which a stopped run may have left is misplaced.
    pub(super) to_be_shared: bool,
    /// The folders below which no link is followed.
    pub(crate) trusted: Trusted,
}

/// How many names are compared one by one with each file.
const FEW_NAMES: usize = 8;

/// Where the texts of the records come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TextSource {
    /// The files of the work tree.
    WorkTree,
    /// The work tree, and records on standard input.
    Stdin,
    /// The work tree, with standard input in place of this file, an absolute path.
    StdinFor(PathBuf),
    /// The index of git.
    Index,
}

impl Roots {
    /// Finds the dataset of the named paths; without paths, the dataset above or below the current folder.
    ///
    /// # Errors
    /// When there is no dataset, when two datasets lie one above the other, when the paths belong to two datasets, or when a
    /// path does not exist.
    pub(crate) fn find(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let stdin = paths.iter().any(|path| path.as_os_str() == "-");
        let typed: Vec<&PathBuf> = paths.iter().filter(|path| path.as_os_str() != "-").collect();
        typed.iter().try_for_each(|path| exists(path))?;
        Self::of(&typed, if stdin { TextSource::Stdin } else { TextSource::WorkTree })
    }

    /// Finds the dataset of the file that standard input stands for. The file need not exist.
    ///
    /// # Errors
    /// As [`Roots::find`], and when another path than `-` is named.
    pub(crate) fn of_stdin(paths: &[PathBuf], file: &PathBuf) -> anyhow::Result<Self> {
        if let Some(path) = paths.iter().find(|path| path.as_os_str() != "-") {
            bail!(
                "--stdin-filename names the text on standard input, and `{}` is another file; give `-` as the only path",
                path.display()
            );
        }
        let file_at = plain(&current_folder()?.join(file));
        Self::of(&[file], TextSource::StdinFor(file_at))
    }

    fn of(typed: &[&PathBuf], texts: TextSource) -> anyhow::Result<Self> {
        let here = current_folder()?;
        let named: Vec<PathBuf> = typed.iter().map(|path| plain(&here.join(path))).collect();
        let root = if named.is_empty() { root_of(&here) } else { named.iter().find_map(|path| root_of(path)) };
        // A named folder without a `dataset.json` at or above it is a root, too.
        let root = root.or_else(|| named.first().filter(|path| path.is_dir()).cloned());
        if root.is_none() && named.is_empty() && texts == TextSource::WorkTree {
            bail!(
                "no dataset here: neither the current folder nor any above it has `dataset.json` or `data/dataset.json`; name the folder"
            );
        }
        if let Some((outer, inner)) = root.as_deref().and_then(nested) {
            return Err(one_above_the_other(&outer, &inner, &here));
        }
        let mut folders = HashSet::new();
        for (named, typed) in named.iter().zip(typed) {
            let folder = if named.is_dir() { named } else { named.parent().unwrap_or(named) };
            // Of many files in one folder, only the first is looked up.
            if folders.insert(folder) {
                is_of_one_dataset(folder, root.as_deref(), &here).with_context(|| typed.display().to_string())?;
            }
            belongs(named, root.as_deref()).with_context(|| typed.display().to_string())?;
        }
        let trusted = Trusted::around(root.as_deref())?;
        if let Some((root, link)) = root.as_ref().and_then(|root| Some((root, trusted.link(root)?))) {
            return Err(explained(&link).context(format!("{} cannot be read", shown(root, &here))));
        }
        let root = root.map(|root| (root.clone(), shown(&root, &here)));
        Ok(Self { root, named, texts, to_be_shared: is_in_ci(), trusted })
    }

    /// The named files and folders, as absolute paths. They may be outside the dataset.
    pub(crate) fn named(&self) -> &[PathBuf] {
        &self.named
    }

    /// Whether findings at a path are reported: the path is named, or a folder around it, or the whole dataset is meant.
    pub(crate) fn coverage(&self) -> impl Fn(&Path) -> bool {
        let named: HashSet<&Path> = self.named.iter().map(PathBuf::as_path).collect();
        // A user who names the dataset itself, or the file that describes the dataset, asks for all of it.
        let is_all = |root: &Path| named.contains(root) || named.contains(root.join(MARKER).as_path());
        let all = self.root().is_some_and(is_all) || named.is_empty() && !self.reads_stdin();
        // To hash a path and all above it takes longer than to compare it with a few.
        let few = named.len() <= FEW_NAMES;
        let is_named = move |path: &Path| {
            if few {
                named.iter().any(|named| path.starts_with(named))
            } else {
                path.ancestors().any(|path| named.contains(path))
            }
        };
        move |path| all || is_named(path)
    }

    /// Where the texts of the records come from.
    pub(crate) fn texts(&self) -> &TextSource {
        &self.texts
    }

    /// Whether standard input is read.
    pub(crate) fn reads_stdin(&self) -> bool {
        matches!(self.texts, TextSource::Stdin | TextSource::StdinFor(_))
    }

    /// Reads the records of git's index in place of those of the work tree.
    pub(crate) fn of_index(self) -> Self {
        Self { texts: TextSource::Index, ..self }
    }

    /// Reads a change that is to be merged.
    pub(crate) fn of_change(self) -> Self {
        Self { to_be_shared: true, ..self }
    }

    /// The dataset's root.
    pub(crate) fn root(&self) -> Option<&Path> {
        self.root.as_ref().map(|(root, _)| root.as_path())
    }
}

/// The nearest folder with a `dataset.json`: `start` or one above, or the folder `data` of one of these.
fn root_of(start: &Path) -> Option<PathBuf> {
    let marked = |folder: &Path| fs::symlink_metadata(folder.join(MARKER)).is_ok().then(|| folder.to_owned());
    start.ancestors().find_map(|folder| marked(folder).or_else(|| marked(&folder.join("data"))))
}

/// The `dataset.json` of this root and that of another root above or below, the outer one first. The search goes up to the
/// top of the repository: nobody who sends a change decides what is above it.
fn nested(root: &Path) -> Option<(PathBuf, PathBuf)> {
    let marker = |folder: &Path| folder.join(MARKER);
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    let below = marker(&root.join("data"));
    if is_there(&below) {
        return Some((marker(root), below));
    }
    let top = root.ancestors().position(|folder| is_there(&folder.join(".git"))).unwrap_or(usize::MAX);
    let mut above = root.ancestors().take(top.saturating_add(1)).skip(1).map(marker);
    above.find(|path| is_there(path)).map(|above| (above, marker(root)))
}

/// Refuses a named folder, or the folder of a named file, that lies in another dataset than the one that is read.
fn is_of_one_dataset(folder: &Path, root: Option<&Path>, here: &Path) -> anyhow::Result<()> {
    match (root_of(folder), root) {
        (Some(other), Some(root)) if other.starts_with(root) && other != root => {
            Err(one_above_the_other(&root.join(MARKER), &other.join(MARKER), here))
        }
        (Some(other), Some(root)) if other != root => {
            let [other, root] = [other.as_path(), root].map(|path| shown(&path.join(MARKER), here));
            bail!(
                "this path belongs to the dataset of `{other}`, and an earlier path belongs to the dataset of `{root}`; check each dataset in a run of its own"
            )
        }
        _ => Ok(()),
    }
}

fn one_above_the_other(outer: &Path, inner: &Path, here: &Path) -> anyhow::Error {
    let [outer, inner] = [outer, inner].map(|path| shown(path, here));
    anyhow!(
        "two datasets lie one above the other, and only one can be meant: `{outer}` and `{inner}` both mark the top folder of a dataset; remove or rename the file that does not describe the records"
    )
}

/// Refuses a named folder that is neither in the dataset nor around it.
fn belongs(named: &Path, root: Option<&Path>) -> anyhow::Result<()> {
    if !named.is_dir() || root.is_some_and(|root| named.starts_with(root) || root.starts_with(named)) {
        return Ok(());
    }
    match fs::symlink_metadata(named.join(MARKER)) {
        // The folder may hold a dataset of its own, which cannot be seen.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!("this folder cannot be read: {}", error.kind())
        }
        _ => bail!("this folder is no part of the dataset that is read; check it in a run of its own"),
    }
}

/// The file of the record whose id was typed in the place of its path.
fn file_of_id(path: &Path) -> Option<PathBuf> {
    let id = path.to_str().filter(|id| Id::parse(id).is_ok())?;
    let file = |folder: &str, kind: Kind| Path::new(folder).join(kind.name()).join(format!("{id}.json"));
    let mut files = ["data", ""].into_iter().flat_map(|folder| Kind::ALL.map(|kind| file(folder, kind)));
    // A link is not followed.
    files.find(|file| fs::symlink_metadata(file).is_ok_and(|found| found.is_file()))
}

/// Refuses a named path at which there is nothing, or nothing that the system lets us see.
fn exists(path: &Path) -> anyhow::Result<()> {
    let Err(error) = fs::symlink_metadata(path) else { return Ok(()) };
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => match file_of_id(path) {
            Some(file) => bail!("{} does not exist; did you mean {}?", path.display(), file.display()),
            None => bail!("{} does not exist; look at its spelling, and at the folder you are in", path.display()),
        },
        kind => bail!("{} cannot be read: {kind}", path.display()),
    }
}
