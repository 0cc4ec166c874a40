//! Folders as paths, on systems without descriptors of folders. Every component is looked at before a path is used, so
//! that a link is refused unless somebody puts it there at that very moment.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::EntryType;

/// A folder.
#[derive(Debug)]
pub(in crate::cli) struct Folder(PathBuf);

impl Folder {
    /// A folder whose path is trusted: links in the path are followed.
    pub(in crate::cli) fn trusted(path: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(path)?;
        if path.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// A folder below this one.
    pub(in crate::cli) fn folder(&self, below: &Path) -> io::Result<Self> {
        let path = self.without_links(below)?;
        if path.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// A file below this folder, to be read. Whoever opens a file asks the open file what it is.
    pub(in crate::cli) fn file(&self, below: &Path) -> io::Result<File> {
        File::open(self.without_links(below)?)
    }

    /// A pipe or a device, to be written to.
    pub(in crate::cli) fn stream(&self, name: &OsStr) -> io::Result<File> {
        OpenOptions::new().write(true).open(self.without_links(Path::new(name))?)
    }

    /// A new file. Who may read the file is left to the folder.
    pub(in crate::cli) fn create(&self, name: &OsStr, _private: bool) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(name))
    }

    /// Makes a folder.
    pub(in crate::cli) fn make(&self, name: &OsStr) -> io::Result<()> {
        fs::create_dir(self.0.join(name))
    }

    /// Gives a file another name, in the place of what has that name.
    pub(in crate::cli) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(from), self.0.join(to))
    }

    /// Removes a file.
    pub(in crate::cli) fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.0.join(name))
    }

    /// What lies at the end of a path below this folder. Only the last component may be a link.
    pub(in crate::cli) fn entry_type(&self, below: &Path) -> io::Result<EntryType> {
        Ok(fs::symlink_metadata(self.0.join(below))?.file_type().into())
    }

    /// The names in this folder, in no order.
    pub(in crate::cli) fn entries(&self) -> io::Result<impl Iterator<Item = (OsString, io::Result<EntryType>)>> {
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
