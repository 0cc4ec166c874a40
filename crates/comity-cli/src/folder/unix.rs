//! Folders as descriptors. On Linux, one call opens a path and refuses every link in the path; elsewhere, and on kernels
//! before 5.6, the path is opened component by component.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Component, Path};

use rustix::fs::{self, AtFlags, Dir, FileType, Mode, OFlags};

use crate::cache::stamp::{Stamp, time};
use crate::folder::EntryType;

/// Passing through a folder needs no permission to list the folder.
#[cfg(any(target_os = "linux", target_os = "android"))]
const PASS: OFlags = OFlags::PATH;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const PASS: OFlags = OFlags::RDONLY;

const FOLDER: OFlags = PASS.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
const LIST: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// `NONBLOCK`: opening a named pipe must not wait for the other end.
const READ: OFlags = OFlags::RDONLY.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);
const WRITE: OFlags = OFlags::WRONLY.union(OFlags::NOCTTY).union(OFlags::CLOEXEC);
const CREATE: OFlags = WRITE.union(OFlags::CREATE).union(OFlags::EXCL).union(OFlags::NOFOLLOW);

/// A folder.
#[derive(Debug)]
pub(crate) struct Folder(OwnedFd);

impl Folder {
    /// Opens a folder whose path is trusted: links in the path are followed.
    pub(crate) fn trusted(path: &Path) -> io::Result<Self> {
        Ok(Self(fs::open(path, FOLDER, Mode::empty())?))
    }

    /// Opens a folder below this one.
    pub(crate) fn folder(&self, below: &Path) -> io::Result<Self> {
        open(&self.0, below, FOLDER).map(Self)
    }

    /// Opens a file below this folder to read. The caller checks the type of the open file.
    pub(crate) fn file(&self, below: &Path) -> io::Result<File> {
        open(&self.0, below, READ).map(File::from)
    }

    /// Opens a pipe or a device to write. Waits for the other end of a named pipe.
    pub(crate) fn stream(&self, name: &OsStr) -> io::Result<File> {
        open(&self.0, Path::new(name), WRITE).map(File::from)
    }

    /// Makes a new file. A `private` file is for its owner alone until its permissions are set.
    pub(crate) fn create(&self, name: &OsStr, private: bool) -> io::Result<File> {
        let mode = Mode::from_raw_mode(if private { 0o600 } else { 0o666 });
        Ok(fs::openat(&self.0, name, CREATE, mode)?.into())
    }

    /// Makes a folder.
    pub(crate) fn make(&self, name: &OsStr) -> io::Result<()> {
        Ok(fs::mkdirat(&self.0, name, Mode::from_raw_mode(0o777))?)
    }

    /// Holds a folder for as long as the file is open. The error is `WouldBlock` where another process holds the folder.
    pub(crate) fn hold(&self, name: &OsStr) -> io::Result<File> {
        let folder = File::from(open(&self.0, Path::new(name), LIST)?);
        folder.try_lock()?;
        Ok(folder)
    }

    /// Renames a file or a folder. A file that has the new name is replaced.
    pub(crate) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(fs::renameat(&self.0, from, &self.0, to)?)
    }

    /// Removes a file.
    pub(crate) fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(fs::unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub(crate) fn remove_empty(&self, name: &OsStr) -> io::Result<()> {
        Ok(fs::unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }

    /// The type of the entry at a path below this folder. Only the last component may be a link.
    pub(crate) fn entry_type(&self, below: &Path) -> io::Result<EntryType> {
        let found = fs::statat(&self.0, or_itself(below), AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(FileType::from_raw_mode(found.st_mode).into())
    }

    /// The stamp of the regular file at a path below this folder. Only the last component may be a link, which is no file.
    pub(crate) fn stamp(&self, below: &Path) -> io::Result<Stamp> {
        let found = fs::statat(&self.0, below, AtFlags::SYMLINK_NOFOLLOW)?;
        match FileType::from_raw_mode(found.st_mode) {
            FileType::RegularFile => Ok(Stamp {
                size: found.st_size.into(),
                modified: time(found.st_mtime.into(), found.st_mtime_nsec.into()),
                changed: time(found.st_ctime.into(), found.st_ctime_nsec.into()),
                device: found.st_dev.into(),
                inode: found.st_ino.into(),
            }),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    /// The names and types of the entries of this folder, in no order. An entry that cannot be read has an empty name.
    pub(crate) fn entries(&self) -> io::Result<impl Iterator<Item = (OsString, io::Result<EntryType>)>> {
        // Opened again: the descriptor only allows passing through the folder.
        let listed = fs::openat(&self.0, ".", LIST, Mode::empty())?;
        let entries = Dir::new(listed)?;
        Ok(entries.filter_map(|entry| {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Some((OsString::new(), Err(error.into()))),
            };
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            let found = match entry.file_type() {
                _ if name == "." || name == ".." => return None,
                // Not every file system stores the type beside the name.
                FileType::Unknown => self.entry_type(Path::new(name)),
                known => Ok(known.into()),
            };
            Some((name.to_owned(), found))
        }))
    }
}

impl From<FileType> for EntryType {
    fn from(found: FileType) -> Self {
        match found {
            FileType::RegularFile => Self::File,
            FileType::Directory => Self::Folder,
            FileType::Symlink => Self::Link,
            _ => Self::Special,
        }
    }
}

/// A path below a folder; the folder itself where the path is empty.
fn or_itself(below: &Path) -> &Path {
    if below.as_os_str().is_empty() { Path::new(".") } else { below }
}

fn open(from: &OwnedFd, below: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    let below = or_itself(below);
    #[cfg(any(target_os = "linux", target_os = "android"))]
    match fs::openat2(from, below, flags | OFlags::NOFOLLOW, Mode::empty(), fs::ResolveFlags::NO_SYMLINKS) {
        // An old kernel, or a sandbox that does not know the call.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => {}
        opened => return Ok(opened?),
    }
    open_by_component(from, below, flags)
}

fn open_by_component(from: &OwnedFd, below: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    let mut folder: Option<OwnedFd> = None;
    let mut components = below.components().peekable();
    while let Some(component) = components.next() {
        if !matches!(component, Component::Normal(_) | Component::CurDir) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let flags = if components.peek().is_some() { FOLDER } else { flags };
        let from = folder.as_ref().unwrap_or(from);
        folder = Some(fs::openat(from, component.as_os_str(), flags | OFlags::NOFOLLOW, Mode::empty())?);
    }
    folder.ok_or_else(|| io::ErrorKind::InvalidInput.into())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn both_ways_to_open_a_path_refuse_every_link_in_it() {
        let around = tempfile::tempdir().expect("a folder");
        let path = |below: &str| around.path().join(below);
        std::fs::create_dir_all(path("a/b")).expect("folders");
        std::fs::write(path("a/b/file"), "text").expect("a file");
        symlink("a", path("linked")).expect("a link");
        symlink("file", path("a/b/link")).expect("a link");
        let Folder(from) = Folder::trusted(around.path()).expect("a folder");
        for open in [open, open_by_component] {
            let opens = |below: &str, flags| open(&from, Path::new(below), flags).is_ok();
            assert!(opens("a/b/file", READ) && opens("a/b", FOLDER) && opens("a", FOLDER));
            assert!(!opens("a/b/link", READ) && !opens("linked/b/file", READ) && !opens("linked/b", FOLDER));
            assert!(!opens("linked", FOLDER) && !opens("a/missing", READ));
        }
    }
}
