//! Which dataset is meant: its root is looked for from the paths that were named, or from the current folder.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};

use super::open::{Trusted, explained};
use crate::render::visible;

/// Which files to read, and which of them to speak of. The dataset's root decides what is read, so that references
/// resolve; the paths named decide what is reported.
#[derive(Debug)]
pub struct Roots {
    /// The dataset's root, and as it is shown to the user.
    pub(super) root: Option<(PathBuf, String)>,
    pub(super) named: Vec<PathBuf>,
    pub(super) stdin: bool,
    /// Below which folders no link is followed.
    pub(super) trusted: Trusted,
}

impl Roots {
    /// Finds the dataset that the paths lie in; without paths, the one above or below the current folder.
    ///
    /// # Errors
    /// When there is no dataset, or two of them lie one above the other, or a path does not exist.
    pub fn find(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let stdin = paths.iter().any(|path| path.as_os_str() == "-");
        let named: Vec<PathBuf> = paths.iter().filter(|path| path.as_os_str() != "-").cloned().collect();
        if let Some(missing) = named.iter().find(|path| fs::symlink_metadata(path).is_err()) {
            bail!("{} does not exist; look at its spelling, and at the folder you are in", missing.display());
        }
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let start = named.first().map_or_else(|| here.clone(), |path| here.join(path));
        let root = root_of(&start).or_else(|| named.first().and_then(|path| folder_as_root(path)));
        if root.is_none() && named.is_empty() && !stdin {
            bail!(
                "no dataset here: neither the current folder nor any above it has `dataset.json` or `data/dataset.json`; name the folder"
            );
        }
        if let Some((outer, inner)) = root.as_deref().and_then(nested) {
            let [outer, inner] = [outer, inner].map(|path| visible(&shown(&path, &here)));
            bail!(
                "two datasets lie one above the other, and only one can be meant: `{outer}` and `{inner}` both mark the top folder of a dataset; remove or rename the file that does not describe the records"
            );
        }
        let apart = |path: &&PathBuf| {
            let path = plain(&here.join(path));
            path.is_dir() && !root.as_ref().is_some_and(|root| path.starts_with(root) || root.starts_with(&path))
        };
        if let Some(folder) = named.iter().find(apart) {
            bail!("{} is no part of the dataset that is read; check it in a run of its own", folder.display());
        }
        let trusted = Trusted::around(root.as_deref())?;
        if let Some((root, link)) = root.as_ref().and_then(|root| Some((root, trusted.link(root)?))) {
            return Err(explained(&link).context(format!("{} cannot be read", shown(root, &here))));
        }
        let root = root.map(|root| {
            let shown = shown(&root, &here);
            (root, shown)
        });
        Ok(Self { root, named: named.iter().map(|path| here.join(path)).collect(), stdin, trusted })
    }

    /// Files named that may lie outside the dataset.
    pub(super) fn named(&self) -> &[PathBuf] {
        &self.named
    }

    /// Whether standard input is read.
    pub(super) fn reads_stdin(&self) -> bool {
        self.stdin
    }

    /// The dataset's root.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_ref().map(|(root, _)| root.as_path())
    }
}

/// The folder with `dataset.json`: this one, its `data`, or one above.
fn root_of(start: &Path) -> Option<PathBuf> {
    let start = plain(start);
    let marked = |folder: &Path| fs::symlink_metadata(folder.join("dataset.json")).is_ok().then(|| folder.to_owned());
    start.ancestors().find_map(|folder| marked(folder).or_else(|| marked(&folder.join("data"))))
}

/// The `dataset.json` of this root and one of another root above or below, the outer first. Above is looked no further than
/// the repository reaches: nobody who sends a change decides what lies beyond.
fn nested(root: &Path) -> Option<(PathBuf, PathBuf)> {
    let marker = |folder: &Path| folder.join("dataset.json");
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    let below = marker(&root.join("data"));
    if is_there(&below) {
        return Some((marker(root), below));
    }
    let top = root.ancestors().position(|folder| is_there(&folder.join(".git"))).unwrap_or(usize::MAX);
    let mut above = root.ancestors().take(top.saturating_add(1)).skip(1).map(marker);
    above.find(|path| is_there(path)).map(|above| (above, marker(root)))
}

/// A folder named without any `dataset.json` above is taken as it is.
fn folder_as_root(path: &Path) -> Option<PathBuf> {
    path.is_dir().then(|| std::env::current_dir().map_or_else(|_| path.to_owned(), |here| plain(&here.join(path))))
}

/// The path without `.` and `..`, as far as its text tells.
pub(super) fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut out, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
        out
    })
}

/// A path as the user would write it from here, with `/`.
pub(super) fn shown(path: &Path, here: &Path) -> String {
    let (path, here) = (plain(path), plain(here));
    let common = path.components().zip(here.components()).take_while(|(a, b)| a == b).count();
    let up = here.components().skip(common).map(|_| "..".to_owned());
    let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
