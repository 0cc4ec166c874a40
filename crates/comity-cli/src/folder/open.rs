//! The one way in which the command line opens a file. Whatever is below the current folder, or below the parent of the
//! dataset's folder, may come from a stranger: no link in it is followed, only regular files are read, and a file is read
//! only up to a limit.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use comity::rules::InputError;

use crate::folder::path::{below, plain};
use crate::folder::refusal::{self, denied, irregular, linked_folder, no_folder};
use crate::folder::{EntryType, Folder};

/// The folders whose own paths are trusted. Paths below them are not trusted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trusted(Arc<[Anchor]>);

#[derive(Debug)]
struct Anchor {
    path: PathBuf,
    folder: Folder,
}

impl Trusted {
    /// Trusts the current folder, and the parent of the dataset's folder where that is elsewhere.
    pub(crate) fn around(root: Option<&Path>) -> anyhow::Result<Self> {
        let here = current_folder()?;
        let beside = root.map(|root| root.parent().unwrap_or(root)).filter(|path| !path.starts_with(&here));
        let anchor = |path: &Path| {
            let folder = Folder::trusted(path).with_context(|| format!("{} cannot be opened", path.display()))?;
            anyhow::Ok(Anchor { path: path.to_owned(), folder })
        };
        let anchors: anyhow::Result<Arc<[Anchor]>> = [Some(&*here), beside].into_iter().flatten().map(anchor).collect();
        Ok(Self(anchors?))
    }

    /// The absolute path without `.` and `..`. An empty path is the current folder.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        self.0.first().map_or_else(|| plain(path), |here| plain(&here.path.join(path)))
    }

    /// Acts on a path below the trusted folder that contains the path. Outside all trusted folders the user has typed every
    /// component, so that the parent of the path is trusted.
    fn below<T>(&self, path: &Path, act: impl FnOnce(&Folder, &Path) -> io::Result<T>) -> io::Result<T> {
        for Anchor { path: trusted, folder } in &*self.0 {
            if let Some(below) = below(path, trusted) {
                return act(folder, below);
            }
        }
        match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => act(&Folder::trusted(parent)?, Path::new(name)),
            _ => act(&Folder::trusted(path)?, Path::new("")),
        }
    }

    /// The type of the entry at a path; `None` where there is no entry.
    ///
    /// # Errors
    /// When a component is a link, or the system refuses to look.
    pub(crate) fn entry_type(&self, path: &Path) -> Result<Option<EntryType>, InputError> {
        if let Some(error) = self.link(path) {
            return Err(error);
        }
        match self.below(path, Folder::entry_type) {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(denied(&error)),
        }
    }

    /// The refusal of the first component of a path that is a link; `None` where no component is.
    pub(crate) fn link(&self, path: &Path) -> Option<InputError> {
        let look = |folder: &Folder, below: &Path| {
            let mut seen = PathBuf::new();
            for component in below {
                seen.push(component);
                if folder.entry_type(&seen)? == EntryType::Link {
                    return Ok(if seen == below { refusal::link() } else { linked_folder(&seen) });
                }
            }
            Err(io::ErrorKind::NotFound.into())
        };
        self.below(path, look).ok()
    }

    /// Opens a folder.
    pub(crate) fn folder(&self, path: &Path) -> Result<Folder, InputError> {
        self.below(path, Folder::folder).map_err(|error| self.refusal(path, &error))
    }

    /// Opens a folder. Makes the folder and its parents where they do not exist.
    pub(crate) fn make_folder(&self, path: &Path) -> Result<Folder, InputError> {
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

    /// Opens a regular file to read, with what the system says of it.
    pub(crate) fn file(&self, path: &Path) -> Result<(File, Metadata), InputError> {
        let file = self.below(path, Folder::file).map_err(|error| self.refusal(path, &error))?;
        let metadata = file.metadata().map_err(|error| denied(&error))?;
        // The type is that of the open file: nobody can put another file in its place.
        match irregular(metadata.file_type().into()) {
            Some(error) => Err(error),
            None => Ok((file, metadata)),
        }
    }

    /// The bytes of a file, unless it is larger than the limit.
    pub(crate) fn bytes(&self, path: &Path, limit: u64) -> Result<Vec<u8>, InputError> {
        self.bytes_of(path, limit).map(|(bytes, _)| bytes)
    }

    /// The bytes of a file, unless it is larger than the limit, with what the system said of the file before it was read.
    pub(crate) fn bytes_of(&self, path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), InputError> {
        let (file, metadata) = self.file(path)?;
        let size = metadata.len();
        if size > limit {
            return Err(InputError::TooLarge { size, limit });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        // With the known size, no further read looks for the end; a file that grows meanwhile is read as it was. A system
        // gives the size 0 for a file that it generates.
        let length = if size > 0 { size } else { limit.saturating_add(1) };
        file.take(length).read_to_end(&mut bytes).map_err(|error| denied(&error))?;
        Ok((bytes, metadata))
    }

    /// The text of a file, unless it is larger than the limit.
    pub(crate) fn text(&self, path: &Path, limit: u64) -> anyhow::Result<String> {
        let bytes = self.bytes(path, limit).map_err(|error| explained(&error))?;
        String::from_utf8(bytes).map_err(|_| anyhow!("this file is not UTF-8; save it as UTF-8 in your editor"))
    }

    /// Why a path cannot be opened.
    fn refusal(&self, path: &Path, error: &io::Error) -> InputError {
        self.link(path).unwrap_or_else(|| denied(error))
    }
}

/// The path of the current folder.
///
/// # Errors
/// When the folder was deleted, or the system refuses to name it.
pub(crate) fn current_folder() -> anyhow::Result<PathBuf> {
    std::env::current_dir().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow!("the current folder does not exist any more; change to another folder"),
        kind => anyhow!("the current folder cannot be read: {kind}; change to another folder"),
    })
}

/// An input error as the error of a run, for a path that the user named.
pub(crate) fn explained(error: &InputError) -> anyhow::Error {
    match error {
        InputError::TooLarge { size, limit } => {
            anyhow!("this file has {size} bytes, and at most {limit} are read; make it smaller")
        }
        InputError::Unreadable(what, help) => anyhow!("{what}; {help}"),
        InputError::Misplaced(what) => anyhow!("{what}"),
        InputError::NotUtf8 { .. } => anyhow!("this file is not UTF-8; save it as UTF-8 in your editor"),
    }
}
