//! The one way the command line opens a file. What lies below the folder that the user stands in, or below the folder
//! around the dataset, may come from a stranger: no link in it is followed, only regular files are read, and a file is read
//! only up to a limit.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};

use super::files::{denied, irregular};
use super::folder::{EntryType, Folder};
use super::roots::plain;
use crate::rules::Trouble;

/// The folders whose own paths are trusted. What lies below them is not.
#[derive(Debug, Clone, Default)]
pub(super) struct Trusted(Arc<[Anchor]>);

#[derive(Debug)]
struct Anchor {
    path: PathBuf,
    folder: Folder,
}

impl Trusted {
    /// The current folder, and the folder around the dataset where the dataset lies elsewhere.
    pub(super) fn around(root: Option<&Path>) -> anyhow::Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let beside = root.map(|root| root.parent().unwrap_or(root)).filter(|path| !path.starts_with(&here));
        let anchor = |path: &Path| {
            let folder = Folder::trusted(path).with_context(|| format!("{} cannot be opened", path.display()))?;
            anyhow::Ok(Anchor { path: path.to_owned(), folder })
        };
        let anchors: anyhow::Result<Arc<[Anchor]>> = [Some(&*here), beside].into_iter().flatten().map(anchor).collect();
        Ok(Self(anchors?))
    }

    /// A path without `.` and `..`, from the root of the system on.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        self.0.first().map_or_else(|| plain(path), |here| plain(&here.path.join(path)))
    }

    /// Acts on a path below the trusted folder that the path lies in. Of a path that lies in none, the user has typed
    /// every folder.
    fn below<T>(&self, path: &Path, act: impl FnOnce(&Folder, &Path) -> io::Result<T>) -> io::Result<T> {
        for Anchor { path: trusted, folder } in &*self.0 {
            if let Ok(below) = path.strip_prefix(trusted) {
                return act(folder, below);
            }
        }
        match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => act(&Folder::trusted(parent)?, Path::new(name)),
            _ => act(&Folder::trusted(path)?, Path::new("")),
        }
    }

    /// What lies at a path; nothing where there is nothing.
    ///
    /// # Errors
    /// When a component is a link, or may not be looked at.
    pub(super) fn entry_type(&self, path: &Path) -> Result<Option<EntryType>, Trouble> {
        if let Some(trouble) = self.link(path) {
            return Err(trouble);
        }
        match self.below(path, Folder::entry_type) {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(denied(&error)),
        }
    }

    /// The first component of a path that is a link.
    pub(super) fn link(&self, path: &Path) -> Option<Trouble> {
        let look = |folder: &Folder, below: &Path| {
            let mut seen = PathBuf::new();
            for component in below {
                seen.push(component);
                if folder.entry_type(&seen)? == EntryType::Link {
                    return Ok(if seen == below { super::files::link() } else { linked(&seen) });
                }
            }
            Err(io::ErrorKind::NotFound.into())
        };
        self.below(path, look).ok()
    }

    /// Opens a folder.
    pub(super) fn folder(&self, path: &Path) -> Result<Folder, Trouble> {
        self.below(path, Folder::folder).map_err(|error| self.refusal(path, &error))
    }

    /// Opens a folder; makes it, and those around it, where it does not exist.
    pub(super) fn make_folder(&self, path: &Path) -> Result<Folder, Trouble> {
        let make = |folder: Folder, name: &OsStr| {
            match folder.make(name) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
            folder.folder(Path::new(name))
        };
        let mut missing = Vec::new();
        let mut start = path;
        let folder = loop {
            match self.entry_type(start)? {
                Some(EntryType::Folder) => break self.folder(start)?,
                Some(_) => return Err(no_folder()),
                None => {}
            }
            missing.extend(start.file_name());
            start = start.parent().ok_or_else(no_folder)?;
        };
        missing.into_iter().rev().try_fold(folder, make).map_err(|error| self.refusal(path, &error))
    }

    /// Opens a regular file to read, and gives its size.
    pub(super) fn file(&self, path: &Path) -> Result<(File, u64), Trouble> {
        let file = self.below(path, Folder::file).map_err(|error| self.refusal(path, &error))?;
        let metadata = file.metadata().map_err(|error| denied(&error))?;
        // The open file says what it is: nobody can put another in its place.
        match irregular(metadata.file_type().into()) {
            Some(trouble) => Err(trouble),
            None => Ok((file, metadata.len())),
        }
    }

    /// The bytes of a file, unless it is larger than the limit.
    pub(super) fn bytes(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        let (file, size) = self.file(path)?;
        if size > limit {
            return Err(Trouble::TooLarge { size, limit });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        // As much as it had when it was asked, so that its end need not be looked for; a file that grows meanwhile is seen
        // as it was. Some systems do not know the size of what they make up on the spot.
        let most = if size > 0 { size } else { limit.saturating_add(1) };
        file.take(most).read_to_end(&mut bytes).map_err(|error| denied(&error))?;
        Ok(bytes)
    }

    /// The text of a file, unless it is larger than the limit.
    pub(super) fn text(&self, path: &Path, limit: u64) -> anyhow::Result<String> {
        let bytes = self.bytes(path, limit).map_err(|trouble| explained(&trouble))?;
        String::from_utf8(bytes).map_err(|_| anyhow!("this file is not UTF-8; save it as UTF-8 in your editor"))
    }

    /// Why a path cannot be opened.
    fn refusal(&self, path: &Path, error: &io::Error) -> Trouble {
        self.link(path).unwrap_or_else(|| denied(error))
    }
}

fn linked(folder: &Path) -> Trouble {
    let shown: Vec<_> = folder.iter().map(OsStr::to_string_lossy).collect();
    let what = format!("the folder `{}` is a link, and links are not followed", shown.join("/"));
    Trouble::Unreadable(what, "put the folder itself there")
}

fn no_folder() -> Trouble {
    Trouble::Unreadable("this is not a folder".to_owned(), "name a folder")
}

/// What keeps a file from being opened, for whoever named the file.
pub(super) fn explained(trouble: &Trouble) -> anyhow::Error {
    match trouble {
        Trouble::TooLarge { size, limit } => {
            anyhow!("this file has {size} bytes, and at most {limit} are read; make it smaller")
        }
        Trouble::Unreadable(what, help) => anyhow!("{what}; {help}"),
        Trouble::Misplaced(what) => anyhow!("{what}"),
        Trouble::NotUtf8 { .. } => anyhow!("this file is not UTF-8; save it as UTF-8 in your editor"),
    }
}
