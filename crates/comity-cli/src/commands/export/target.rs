//! The folder of an export. It is written beside its place and moved there once it is complete. A folder that holds
//! anything but an earlier export is refused.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use comity::export::{RELEASE_MANIFEST, ReleaseFile, listed};

use crate::folder::open::{Trusted, explained};
use crate::folder::{EntryType, Folder};
use crate::output::note;
use crate::write::{self, Temporary};

/// A folder that may be written.
#[derive(Debug)]
pub(super) struct Target {
    /// The path as the user typed it.
    shown: String,
    parent: PathBuf,
    name: OsString,
}

/// The largest manifest of an earlier export that is read, in bytes.
const LIMIT: u64 = 16 * 1024 * 1024;
/// The files of exports that had no manifest.
const BEFORE_MANIFESTS: [&str; 2] = ["comity.json", "comity.ndjson"];

impl Target {
    /// Refuses a path that is no folder, and a folder that holds anything but an earlier export.
    pub(super) fn of(trusted: &Trusted, to: &Path) -> anyhow::Result<Self> {
        let shown = to.display().to_string();
        let path = trusted.absolute(to);
        let found = trusted.entry_type(&path).map_err(|error| explained(&error));
        match found.with_context(|| format!("{shown} cannot be written"))? {
            None => {}
            Some(EntryType::Folder) => verify(trusted, &path).with_context(|| format!("{shown} is not replaced"))?,
            Some(_) => bail!("{shown} is not a folder; name a new folder"),
        }
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            bail!("{shown} is not replaced; name a folder below, such as `release`");
        };
        if trusted.absolute(Path::new("")).starts_with(&path) {
            bail!("{shown} is the folder in which you are; name a folder below, such as `release`");
        }
        Ok(Self { shown, parent: parent.to_owned(), name: name.to_owned() })
    }

    /// Writes all files, or none.
    pub(super) fn write(&self, trusted: &Trusted, files: &[ReleaseFile]) -> anyhow::Result<()> {
        let parent = trusted.make_folder(&self.parent).map_err(|error| explained(&error));
        let parent = parent.with_context(|| format!("{} could not be made", self.shown))?;
        let temporary = Temporary::folder(parent).with_context(|| format!("{} could not be made", self.shown))?;
        let folder = self.parent.join(temporary.name());
        for file in files {
            let written = write::put(trusted, &folder.join(&file.path), &file.bytes);
            written.with_context(|| format!("{}/{} could not be written", self.shown, file.path))?;
        }
        let left = temporary.persist(&self.name).with_context(|| format!("{} could not be written", self.shown))?;
        if let Some(left) = left {
            let left = self.parent.join(left);
            note(&format!("note: what {} held before could not be removed, and is now {}", self.shown, left.display()));
        }
        Ok(())
    }
}

/// Refuses a folder with anything that no earlier export wrote.
fn verify(trusted: &Trusted, path: &Path) -> anyhow::Result<()> {
    let manifest = path.join(RELEASE_MANIFEST);
    let is_there = trusted.entry_type(&manifest).map_err(|error| explained(&error))?.is_some();
    let known: HashSet<String> = if is_there {
        let Some(files) = listed(&trusted.text(&manifest, LIMIT)?) else {
            bail!("its {RELEASE_MANIFEST} is not that of an export; name a new folder");
        };
        files.into_iter().collect()
    } else {
        BEFORE_MANIFESTS.map(str::to_owned).into()
    };
    let folder = trusted.folder(path).map_err(|error| explained(&error))?;
    only_known(&folder, "", &known)
}

fn only_known(folder: &Folder, below: &str, known: &HashSet<String>) -> anyhow::Result<()> {
    for (name, found) in folder.entries()? {
        let path = format!("{below}{}", name.to_string_lossy());
        match found? {
            EntryType::Link => bail!("{path} is a link, and links are not followed; name a new folder"),
            EntryType::Folder if known.iter().any(|file| file.starts_with(&format!("{path}/"))) => {
                only_known(&folder.folder(Path::new(&name))?, &format!("{path}/"), known)?;
            }
            EntryType::File if known.contains(&path) => {}
            _ => bail!("no earlier export wrote {path}; name a new folder, or move that away"),
        }
    }
    Ok(())
}
