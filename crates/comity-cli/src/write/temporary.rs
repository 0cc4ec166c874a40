//! Temporary files, which have a name of their own until they are complete. A run that ends by an error, or by a signal that
//! can be handled, removes its temporary files; after any other end, the name shows what the file is.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::folder::{EntryType, Folder};

const PREFIX: &str = ".comity-";
const SUFFIX: &str = ".tmp";

/// A temporary file. The file is removed when the value is dropped before [`TemporaryFile::persist`].
#[derive(Debug)]
pub(super) struct TemporaryFile(Location);

/// Where a temporary file is.
#[derive(Debug, Clone)]
pub(super) struct Location {
    folder: Arc<Folder>,
    name: OsString,
    is_folder: bool,
}

impl Location {
    /// Removes the file or the folder. There is nobody to report a failure to; the next check names a file that stays.
    pub(super) fn remove(&self) {
        let _ = if self.is_folder { remove_tree(&self.folder, &self.name) } else { self.folder.remove(&self.name) };
    }
}

/// The temporary files that exist. A temporary file is made, renamed and removed only under this lock.
static EXISTING: Mutex<Vec<Location>> = Mutex::new(Vec::new());

pub(super) fn existing() -> MutexGuard<'static, Vec<Location>> {
    EXISTING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TemporaryFile {
    /// Makes a file with a new name. A `private` file is for its owner alone until its permissions are set.
    pub(super) fn create(folder: Folder, private: bool) -> io::Result<(Self, File)> {
        #[cfg(unix)]
        super::signals::listen()?;
        let folder = Arc::new(folder);
        let mut existing = existing();
        loop {
            let name = new_name();
            match folder.create(&name, private) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    let location = Location { folder, name, is_folder: false };
                    existing.push(location.clone());
                    return Ok((Self(location), file));
                }
            }
        }
    }

    /// Gives the file its final name. A file that has this name is replaced in one step.
    pub(super) fn persist(self, name: &OsStr) -> io::Result<()> {
        let mut existing = existing();
        self.0.folder.rename(&self.0.name, name)?;
        existing.retain(|other| other.name != self.0.name);
        drop(existing);
        Ok(())
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let mut existing = existing();
        let before = existing.len();
        existing.retain(|other| other.name != self.0.name);
        if existing.len() < before {
            self.0.remove();
        }
    }
}

fn new_name() -> OsString {
    format!("{PREFIX}{:016x}{SUFFIX}", RandomState::new().hash_one(0)).into()
}

/// Removes a folder with all that is in it. A link is removed, never followed.
fn remove_tree(parent: &Folder, name: &OsStr) -> io::Result<()> {
    let folder = parent.folder(Path::new(name))?;
    for (name, found) in folder.entries()? {
        match found? {
            EntryType::Folder => remove_tree(&folder, &name)?,
            EntryType::File | EntryType::Link | EntryType::Special => folder.remove(&name)?,
        }
    }
    parent.remove_empty(name)
}

/// A temporary folder, which is removed with its content when the value is dropped before [`TemporaryFolder::persist`].
#[derive(Debug)]
pub(crate) struct TemporaryFolder(Location);

impl TemporaryFolder {
    /// Makes an empty folder with a new name.
    pub(crate) fn create(parent: Folder) -> io::Result<Self> {
        #[cfg(unix)]
        super::signals::listen()?;
        let folder = Arc::new(parent);
        let mut existing = existing();
        loop {
            let name = new_name();
            match folder.make(&name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(()) => {
                    let location = Location { folder, name, is_folder: true };
                    existing.push(location.clone());
                    return Ok(Self(location));
                }
            }
        }
    }

    /// The name of the folder until it is complete.
    pub(crate) fn name(&self) -> &OsStr {
        &self.0.name
    }

    /// Gives the folder its final name. A folder that has this name is moved aside, and removed once the new one stands.
    pub(crate) fn persist(self, name: &OsStr) -> io::Result<()> {
        let mut existing = existing();
        let parent = &self.0.folder;
        let old = match parent.entry_type(Path::new(name)) {
            Ok(_) => Some(new_name()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if let Some(old) = &old {
            parent.rename(name, old)?;
        }
        if let Err(error) = parent.rename(&self.0.name, name) {
            if let Some(old) = &old {
                parent.rename(old, name)?;
            }
            return Err(error);
        }
        existing.retain(|other| other.name != self.0.name);
        drop(existing);
        old.map_or(Ok(()), |old| remove_tree(parent, &old))
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let mut existing = existing();
        let before = existing.len();
        existing.retain(|other| other.name != self.0.name);
        if existing.len() < before {
            self.0.remove();
        }
    }
}

/// Whether a file with this name was left by a run that was stopped.
pub(crate) fn is_left_over(name: &str) -> bool {
    let number = name.strip_prefix(PREFIX).and_then(|name| name.strip_suffix(SUFFIX));
    number.is_some_and(|number| {
        number.len() == 16 && number.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_temporary_files_are_left_over() {
        assert!(is_left_over(".comity-0123456789abcdef.tmp"));
        for other in [
            ".comity-.tmp",
            ".comity-0123456789abcdef.json",
            ".comity-0123456789ABCDEF.tmp",
            "comity-0123456789abcdef.tmp",
            ".tmp",
            "a.json",
        ] {
            assert!(!is_left_over(other), "{other}");
        }
    }
}
