//! The folder of an export. It is written beside its place and moved there once it is complete. A folder that holds
//! anything but an earlier export is refused.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use comity::export::write::{Sink, SinkFile};
use comity::export::{RELEASE_MANIFEST, ReleaseFile, WrittenFile, listed};
use comity::rules::InputError;
use rayon::prelude::*;

use crate::folder::open::{Trusted, explained};
use crate::folder::{EntryType, Folder};
use crate::load::Roots;
use crate::output::note;
use crate::write::{Temporary, Writer, remove_leftovers};

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

impl Target {
    /// Refuses a path that is no folder, a folder that holds anything but an earlier export, and one in the folder of the
    /// dataset, which has only records.
    pub(super) fn of(roots: &Roots, to: &Path) -> anyhow::Result<Self> {
        let (trusted, shown) = (&roots.trusted, to.display().to_string());
        let path = trusted.absolute(to);
        if roots.root().is_some_and(|root| path.starts_with(root)) {
            bail!("{shown} lies in the folder of the dataset, where only records belong; name a folder beside it");
        }
        if let Some(InputError::Unreadable(what, _)) = trusted.link(&path) {
            bail!("{shown} cannot be written: {what}; name the folder to which the link leads");
        }
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

    /// Begins to write. Nothing is at the place of the folder before [`NewRelease::finish`].
    pub(super) fn begin<'a>(&'a self, trusted: &'a Trusted) -> anyhow::Result<NewRelease<'a>> {
        let parent = trusted.make_folder(&self.parent).map_err(|error| explained(&error));
        let parent = parent.with_context(|| format!("{} could not be made", self.shown))?;
        let temporary = Temporary::folder(parent, &self.name);
        let temporary = temporary.with_context(|| format!("{} could not be made", self.shown))?;
        let folder = self.parent.join(temporary.name());
        Ok(NewRelease { target: self, trusted, temporary, folder, paths: Mutex::default() })
    }
}

/// A release while it is written, in a temporary folder.
#[derive(Debug)]
pub(super) struct NewRelease<'a> {
    target: &'a Target,
    trusted: &'a Trusted,
    temporary: Temporary,
    folder: PathBuf,
    /// The files that were begun.
    paths: Mutex<Vec<String>>,
}

impl NewRelease<'_> {
    /// Writes one file as a whole.
    pub(super) fn add(&self, file: &ReleaseFile) -> anyhow::Result<()> {
        let mut writer = self.create(&file.path)?;
        let written = writer.write_all(&file.bytes).and_then(|()| writer.finish());
        written.with_context(|| format!("{}/{} could not be written", self.target.shown, file.path))
    }

    /// The place of a file that somebody else writes. The folder is new and has a name that nobody knows, so that nothing is
    /// there, and no link either.
    pub(super) fn reserve(&self, path: &str) -> PathBuf {
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        self.folder.join(path)
    }

    /// The size and the hash of each file that was written.
    pub(super) fn written(&self) -> anyhow::Result<Vec<WrittenFile>> {
        let paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |path: &String| {
            let folder = self.trusted.folder(&self.folder).map_err(|error| explained(&error))?;
            let mut file = folder.file(Path::new(path))?;
            anyhow::Ok(WrittenFile::read(path, &mut file)?)
        };
        let shown = &self.target.shown;
        let with_path = |path: &String| read(path).with_context(|| format!("{shown}/{path} could not be read again"));
        paths.par_iter().map(with_path).collect()
    }

    /// Gives the folder its name, in one step. Then removes what killed exports left: until the new release stands, that may
    /// be all that is left of the earlier one.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let Target { shown, parent, name } = self.target;
        let trusted = self.trusted;
        let left = self.temporary.persist(name).with_context(|| format!("{shown} could not be written"))?;
        if let Some(left) = &left {
            let left = parent.join(left);
            note(&format!("note: what {shown} held before could not be removed, and is now {}", left.display()));
        }
        // The release is written: that its neighbours cannot be read is no failure.
        let around = trusted.folder(parent).ok();
        let leftovers = around.and_then(|around| remove_leftovers(&around, name).ok()).unwrap_or_default();
        for other in leftovers.iter().filter(|other| Some(*other) != left.as_ref()) {
            let other = parent.join(other);
            note(&format!(
                "note: {} was left by an export that was stopped, or is still being written; once no export runs, it may be removed",
                other.display()
            ));
        }
        Ok(())
    }
}

impl Sink for NewRelease<'_> {
    fn create(&self, path: &str) -> io::Result<Box<dyn SinkFile>> {
        let begin = || {
            let file = self.folder.join(path);
            let above = file.parent().unwrap_or(&self.folder);
            self.trusted.make_folder(above).map_err(|error| explained(&error))?;
            Writer::file(self.trusted, &file)
        };
        let named = |error: anyhow::Error| {
            io::Error::other(format!("{}/{path} could not be written: {error:#}", self.target.shown))
        };
        let writer = begin().map_err(named)?;
        self.paths.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        Ok(Box::new(writer))
    }
}

impl SinkFile for Writer {
    fn finish(self: Box<Self>) -> io::Result<()> {
        Writer::finish(*self)
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
        // Without a manifest nobody knows who wrote the files: only an empty folder is written to.
        HashSet::new()
    };
    let folder = trusted.folder(path).map_err(|error| explained(&error))?;
    only_known(&folder, "", &known)
}

/// Files that a window of macOS or Windows leaves in every folder that is looked at.
const LEFT_BY_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

fn only_known(folder: &Folder, below: &str, known: &HashSet<String>) -> anyhow::Result<()> {
    for (name, found) in folder.entries()? {
        let path = format!("{below}{}", name.to_string_lossy());
        match found? {
            EntryType::Link => bail!("{path} is a link, and links are not followed; name a new folder"),
            EntryType::Folder if known.iter().any(|file| file.starts_with(&format!("{path}/"))) => {
                only_known(&folder.folder(Path::new(&name))?, &format!("{path}/"), known)?;
            }
            EntryType::File if known.contains(&path) || LEFT_BY_SYSTEMS.iter().any(|left| name == *left) => {}
            _ => bail!("no earlier export wrote {path}; name a new folder, or move that away"),
        }
    }
    Ok(())
}
