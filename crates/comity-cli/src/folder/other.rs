//! Folders as paths, on systems without descriptors of folders. Every component is checked before a path is used, so that a
//! link is refused unless somebody puts it there at that very moment.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::cache::stamp::Stamp;
use crate::folder::EntryType;

/// A folder.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Opens a folder whose path is trusted: links in the path are followed.
    pub(crate) fn trusted(path: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(path)?;
        if path.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// Opens a folder below this one.
    pub(crate) fn folder(&self, below: &Path) -> io::Result<Self> {
        let path = self.without_links(below)?;
        if path.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// Opens a file below this folder to read. The caller checks the type of the open file.
    pub(crate) fn file(&self, below: &Path) -> io::Result<File> {
        File::open(self.without_links(below)?)
    }

    /// Opens a pipe or a device to write.
    pub(crate) fn stream(&self, name: &OsStr) -> io::Result<File> {
        OpenOptions::new().write(true).open(self.without_links(Path::new(name))?)
    }

    /// Makes a new file. The folder decides who may read the file.
    pub(crate) fn create(&self, name: &OsStr, _private: bool) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
    }

    /// Makes a folder.
    pub(crate) fn make(&self, name: &OsStr) -> io::Result<()> {
        fs::create_dir(self.0.join(name))
    }

    /// No folder can be held.
    #[expect(clippy::unused_self, reason = "other systems hold folders")]
    pub(crate) fn hold(&self, _: &OsStr) -> io::Result<File> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Renames a file or a folder. A file that has the new name is replaced.
    pub(crate) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(from), self.0.join(to))
    }

    /// Removes a file.
    pub(crate) fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// Removes an empty folder.
    pub(crate) fn remove_empty(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_dir(self.0.join(name))
    }

    /// The type of the entry at a path below this folder. Only the last component may be a link.
    pub(crate) fn entry_type(&self, below: &Path) -> io::Result<EntryType> {
        Ok(fs::symlink_metadata(self.0.join(below))?.file_type().into())
    }

    /// There is no stamp that tells a changed file for certain.
    #[expect(clippy::unused_self, reason = "other systems have stamps")]
    pub(crate) fn stamp(&self, _: &Path) -> io::Result<Stamp> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// The names and types of the entries of this folder, in no order. An entry that cannot be read has an empty name.
    pub(crate) fn entries(&self) -> io::Result<impl Iterator<Item = (OsString, io::Result<EntryType>)>> {
        let entries = fs::read_dir(&self.0)?;
        Ok(entries.map(|entry| match entry {
            Ok(entry) => (entry.file_name(), entry.file_type().map(EntryType::from)),
            Err(error) => (OsString::new(), Err(error)),
        }))
    }

    fn without_links(&self, below: &Path) -> io::Result<PathBuf> {
        let mut path = self.0.clone();
        for component in below {
            path.push(component);
            if fs::symlink_metadata(&path)?.file_type().is_symlink() {
                return Err(io::Error::other("this is a link, and links are not followed"));
            }
        }
        Ok(path)
    }
}
