//! Temporary folders that a killed run left behind: a later run for the same target removes them.
//!
//! A process holds its temporary folders by a lock that ends with the process, so that a folder which nobody holds is a
//! leftover. Only folders of the same target are looked at: that of another target may be all that is left of a release.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::path::Path;

use super::temporary::{beginning_of, is_left_over, remove_tree};
use crate::folder::{EntryType, Folder};

/// Makes a folder and holds it; `None` where folders cannot be held, so that nobody removes the folder of another process. A
/// process that sees the folder before it is held takes it for a leftover. Then the name counts as taken, and the caller
/// tries another.
pub(super) fn make_held(parent: &Folder, name: &OsStr) -> io::Result<Option<File>> {
    parent.make(name)?;
    match parent.hold(name) {
        Ok(held) if parent.entry_type(Path::new(name)).is_ok() => Ok(Some(held)),
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if is_in_use_or_gone(&error) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => Ok(None),
    }
}

/// Removes the leftovers of runs for the target of this name. Returns the names of those that stay, because they cannot be
/// removed, or because the system does not tell whether a process still writes them.
pub(crate) fn remove_leftovers(parent: &Folder, of: &OsStr) -> io::Result<Vec<OsString>> {
    let beginning = beginning_of(of);
    let is_of = |name: &OsStr| name.to_str().is_some_and(|name| is_left_over(name) && name.starts_with(&beginning));
    let folders = parent.entries()?.filter(|(_, found)| matches!(found, Ok(EntryType::Folder)));
    let mut names: Vec<OsString> = folders.map(|(name, _)| name).filter(|name| is_of(name)).collect();
    names.sort();
    names.retain(|name| match parent.hold(name) {
        // Held until the folder is gone, so that no other process begins to remove it.
        Ok(_held) => remove_tree(parent, name).is_err(),
        Err(error) => !is_in_use_or_gone(&error),
    });
    Ok(names)
}

fn is_in_use_or_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::NotFound)
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::Temporary;
    use super::*;

    #[test]
    fn only_leftovers_of_the_target_that_nobody_holds_are_removed() {
        let around = tempfile::tempdir().expect("a folder");
        let parent = || Folder::trusted(around.path()).expect("a folder");
        let left = |of: &str| {
            let name = format!("{}01234567.tmp", beginning_of(OsStr::new(of)));
            std::fs::create_dir_all(around.path().join(&name).join("csv")).expect("folders");
            std::fs::write(around.path().join(&name).join("csv/record.csv"), "ref").expect("a file");
            name
        };
        let (own, other) = (left("release"), left("another"));
        let living = Temporary::folder(parent(), OsStr::new("release")).expect("a folder");
        let stays = remove_leftovers(&parent(), OsStr::new("release")).expect("a folder");
        let is_there = |name: &OsStr| around.path().join(name).exists();
        assert!(stays.is_empty(), "{stays:?}");
        assert!(!is_there(own.as_ref()) && is_there(other.as_ref()) && is_there(living.name()));
    }
}
