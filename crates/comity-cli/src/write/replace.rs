//! Files that are written whole. A file that somebody else has changed or made meanwhile is left alone.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::Writer;
use crate::folder::open::{Trusted, explained};

/// Writes a file, whatever is there. Makes its folder where that does not exist.
pub(crate) fn put(trusted: &Trusted, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    Ok(written(trusted, path, bytes)?.finish()?)
}

/// As [`put`], for a file that may be lost, or be empty, where the system stops.
pub(crate) fn put_unsynced(trusted: &Trusted, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    Ok(written(trusted, path, bytes)?.finish_unsynced()?)
}

/// Replaces the text of a file, unless the text is no longer `before`.
pub(crate) fn replace(trusted: &Trusted, path: &Path, before: &str, after: &str) -> anyhow::Result<()> {
    write(trusted, path, Some(before), after)
}

/// A file that is to be written.
#[derive(Debug)]
pub(crate) struct FileChange<'c> {
    /// The path for the user.
    pub(crate) shown: Cow<'c, str>,
    /// The path.
    pub(crate) path: Cow<'c, Path>,
    /// The text that is there; `None` for a new file.
    pub(crate) before: Option<&'c str>,
    /// The text.
    pub(crate) after: &'c str,
}

/// Writes several files. None is written where one of them is no longer as it was. When one cannot be written after others
/// were, the error names the first of those.
pub(crate) fn all(trusted: &Trusted, changes: &[FileChange<'_>]) -> anyhow::Result<()> {
    for change in changes {
        verify(trusted, &change.path, change.before)
            .with_context(|| format!("{} could not be written", change.shown))?;
    }
    let mut batch = Batch::default();
    changes.iter().try_for_each(|change| batch.write(trusted, change))
}

/// Several files that are written one after the other. When one of them cannot be written, the error names the first
/// of those that were.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    written: Vec<String>,
}

impl Batch {
    /// Writes the next file.
    pub(crate) fn write(&mut self, trusted: &Trusted, change: &FileChange<'_>) -> anyhow::Result<()> {
        write(trusted, &change.path, change.before, change.after)
            .map_err(|error| self.with_written(error))
            .with_context(|| format!("{} could not be written", change.shown))?;
        self.written.push(change.shown.clone().into_owned());
        Ok(())
    }

    fn with_written(&self, error: anyhow::Error) -> anyhow::Error {
        match &*self.written {
            [] => error,
            written => {
                let (first, others) = written.split_at(written.len().min(NAMED));
                let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
                anyhow!("{error:#}; already changed: {}{more}", first.join(", "))
            }
        }
    }
}

/// How many files that were changed an error names.
const NAMED: usize = 20;

fn write(trusted: &Trusted, path: &Path, before: Option<&str>, after: &str) -> anyhow::Result<()> {
    verify(trusted, path, before)?;
    let writer = written(trusted, path, after.as_bytes())?;
    verify(trusted, path, before)?;
    Ok(writer.finish()?)
}

/// A file that is complete but for its name.
fn written(trusted: &Trusted, path: &Path, bytes: &[u8]) -> anyhow::Result<Writer> {
    let parent = path.parent().context("this is not a file")?;
    trusted.make_folder(parent).map_err(|error| explained(&error))?;
    let mut writer = Writer::file(trusted, path)?;
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(writer)
}

/// Refuses a file whose text is no longer `before`; where `before` is `None`, a path at which there is something.
fn verify(trusted: &Trusted, path: &Path, before: Option<&str>) -> anyhow::Result<()> {
    match before {
        Some(before) => {
            let now = trusted.bytes(path, u64::MAX).map_err(|error| explained(&error))?;
            if now != before.as_bytes() {
                bail!("it has changed in the meantime; run the command again");
            }
        }
        None => {
            if trusted.entry_type(path).map_err(|error| explained(&error))?.is_some() {
                bail!("there is a file of that name already; nothing is overwritten");
            }
        }
    }
    Ok(())
}
