//! Temporary files, which have a name of their own until they are complete. A run that ends by an error, or by a signal that
//! can be handled, removes its temporary files; after any other end, the name shows what the file is.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use comity_document::input::fingerprint;

use super::leftover;
use crate::folder::{EntryType, Folder};

const PREFIX: &str = ".comity-";
const SUFFIX: &str = ".tmp";

/// A temporary file or folder. It is removed, with what is in it, when the value is dropped before it got its final name.
/// A folder is held for as long, so that other processes see that it is in use.
#[derive(Debug)]
pub(crate) struct Temporary(
    Location,
    #[expect(dead_code, reason = "a folder is held until this is dropped")] Option<File>,
);

/// Where a temporary file or folder is.
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

    /// Gives what was set aside its name again, because of an error. Where that fails too, the error says where it lies.
    fn put_back(&self, name: &OsStr, error: io::Error) -> io::Error {
        match self.folder.rename(&self.name, name) {
            Ok(()) => error,
            Err(second) => io::Error::new(
                error.kind(),
                format!(
                    "{error}; the old one is now {}, beside the place of {}, because a second renaming failed too: {second}",
                    self.name.display(),
                    name.display()
                ),
            ),
        }
    }
}

/// The temporary files and folders that exist. One is made, renamed and removed only under this lock.
static EXISTING: Mutex<Vec<Location>> = Mutex::new(Vec::new());

pub(super) fn existing() -> MutexGuard<'static, Vec<Location>> {
    EXISTING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Temporary {
    /// Makes a file with a new name. A `private` file is for its owner alone until its permissions are set.
    pub(super) fn file(parent: Folder, private: bool) -> io::Result<(Self, File)> {
        let (location, file) = Self::make(parent, None, |parent, name| parent.create(name, private))?;
        Ok((Self(location, None), file))
    }

    /// Makes an empty folder with a new name, which is to have the name `of` in the end.
    pub(crate) fn folder(parent: Folder, of: &OsStr) -> io::Result<Self> {
        let (location, held) = Self::make(parent, Some(of), leftover::make_held)?;
        Ok(Self(location, held))
    }

    /// Makes a file, or a folder that is to have the name `of` in the end.
    fn make<T>(
        parent: Folder,
        of: Option<&OsStr>,
        create: impl Fn(&Folder, &OsStr) -> io::Result<T>,
    ) -> io::Result<(Location, T)> {
        #[cfg(unix)]
        super::signals::listen()?;
        let folder = Arc::new(parent);
        let mut existing = existing();
        loop {
            let name = of.map_or_else(new_name, name_of);
            match create(&folder, &name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(made) => {
                    let location = Location { folder, name, is_folder: of.is_some() };
                    existing.push(location.clone());
                    return Ok((location, made));
                }
            }
        }
    }

    /// The name until the file or the folder is complete.
    pub(crate) fn name(&self) -> &OsStr {
        &self.0.name
    }

    /// The folder in which the file or the folder lies.
    pub(super) fn parent(&self) -> &Folder {
        &self.0.folder
    }

    /// Gives the file or the folder its final name. A file that has this name is replaced in one step. A folder that has
    /// this name is moved aside, and removed once the new one stands; where that fails, the new one stands all the same, and
    /// the name of what is left of the old one is returned.
    pub(crate) fn persist(self, name: &OsStr) -> io::Result<Option<OsString>> {
        let mut existing = existing();
        let parent = &self.0.folder;
        let old = if self.0.is_folder { self.set_aside(name)? } else { None };
        if let Err(error) = parent.rename(&self.0.name, name) {
            return Err(match old {
                Some((old, _)) => old.put_back(name, error),
                None => error,
            });
        }
        existing.retain(|other| other.name != self.0.name);
        // From now on the old folder is a temporary one: a signal removes what is left of it.
        existing.extend(old.as_ref().map(|(old, _)| old.clone()));
        drop(existing);
        let Some(old) = old.map(|(old, held)| Self(old, held)) else { return Ok(None) };
        let is_left = remove_tree(&old.0.folder, &old.0.name).is_err();
        Ok(is_left.then(|| old.0.name.clone()))
    }

    /// Gives the folder of that name a temporary name, if there is one, and holds the folder. The caller has the lock.
    fn set_aside(&self, name: &OsStr) -> io::Result<Option<(Location, Option<File>)>> {
        let parent = &self.0.folder;
        match parent.entry_type(Path::new(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => found?,
        };
        // Held before the name shows that the folder is temporary. Where another process holds the folder, or nobody can,
        // the folder is only moved.
        let held = parent.hold(name).ok();
        let old = Location { name: name_of(name), ..self.0.clone() };
        parent.rename(name, &old.name)?;
        Ok(Some((old, held)))
    }
}

impl Drop for Temporary {
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

/// A new name of what is to have the name `of` in the end. A later run for that name sees by the first half what it may
/// remove.
fn name_of(of: &OsStr) -> OsString {
    format!("{}{:08x}{SUFFIX}", beginning_of(of), RandomState::new().hash_one(0) >> 32).into()
}

/// The beginning of every temporary name of what is to have the name `of` in the end.
pub(super) fn beginning_of(of: &OsStr) -> String {
    format!("{PREFIX}{:08x}", fingerprint(&of.to_string_lossy()) >> 32)
}

/// Removes a folder with all that is in it. A link is removed, never followed. What another process has removed meanwhile
/// is no error.
pub(super) fn remove_tree(parent: &Folder, name: &OsStr) -> io::Result<()> {
    let unless_gone = |error: io::Error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) };
    let folder = match parent.folder(Path::new(name)) {
        Ok(folder) => folder,
        Err(error) => return unless_gone(error),
    };
    for (name, found) in folder.entries()? {
        match found? {
            EntryType::Folder => remove_tree(&folder, &name)?,
            EntryType::File | EntryType::Link | EntryType::Special => folder.remove(&name).or_else(unless_gone)?,
        }
    }
    parent.remove_empty(name).or_else(unless_gone)
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
    fn a_folder_replaces_the_one_that_has_its_name() {
        let around = tempfile::tempdir().expect("a folder");
        let write = |below: &str| {
            let path = around.path().join(below);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, "text").expect("a file");
        };
        write("release/tables/old.csv");
        let temporary = Temporary::folder(Folder::trusted(around.path()).expect("a folder"), OsStr::new("release"))
            .expect("a folder");
        let own = temporary.name().to_owned();
        write(&format!("{}/new.csv", own.display()));
        assert_eq!(temporary.persist(OsStr::new("release")).expect("renamed"), None);
        let left: Vec<OsString> = std::fs::read_dir(around.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        assert_eq!(left, ["release"], "the old folder is gone");
        assert!(around.path().join("release/new.csv").exists());
        assert!(existing().iter().all(|other| other.name != own), "nothing of it is temporary any more");
    }

    #[test]
    fn a_folder_that_cannot_be_renamed_leaves_the_one_that_has_its_name() {
        let around = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(around.path().join("release")).expect("a folder");
        let temporary = Temporary::folder(Folder::trusted(around.path()).expect("a folder"), OsStr::new("release"))
            .expect("a folder");
        std::fs::remove_dir(around.path().join(temporary.name())).expect("removed");
        assert!(temporary.persist(OsStr::new("release")).is_err());
        assert!(around.path().join("release").exists(), "as it was");
    }

    #[test]
    fn a_folder_that_cannot_be_put_back_is_named() {
        let around = tempfile::tempdir().expect("a folder");
        let folder = Arc::new(Folder::trusted(around.path()).expect("a folder"));
        let old = Location { folder, name: new_name(), is_folder: true };
        let first = || io::Error::new(io::ErrorKind::PermissionDenied, "no");
        let error = old.put_back(OsStr::new("release"), first());
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        let said = error.to_string();
        assert!(said.contains(&old.name.display().to_string()) && said.contains("release"), "{said}");
        std::fs::create_dir(around.path().join(&old.name)).expect("a folder");
        assert_eq!(old.put_back(OsStr::new("release"), first()).to_string(), "no");
        assert!(around.path().join("release").exists());
    }

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
