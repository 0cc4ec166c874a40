//! Files that are read, changed and written back. A file that somebody else has changed meanwhile is left alone.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::Writer;
use crate::folder::open::{Trusted, explained};

/// Replaces the text of a file, unless the text is no longer `before`.
pub(crate) fn replace(trusted: &Trusted, path: &Path, before: &str, after: &str) -> anyhow::Result<()> {
    let mut writer = Writer::file(trusted, path)?;
    writer.write_all(after.as_bytes())?;
    writer.flush()?;
    verify_unchanged(trusted, path, before)?;
    Ok(writer.finish()?)
}

/// Writes a new file. Nothing that is there is replaced.
pub(crate) fn create(trusted: &Trusted, path: &Path, text: &str) -> anyhow::Result<()> {
    let parent = path.parent().context("this is not a file")?;
    trusted.make_folder(parent).map_err(|error| explained(&error))?;
    verify_absent(trusted, path)?;
    let mut writer = Writer::file(trusted, path)?;
    writer.write_all(text.as_bytes())?;
    writer.flush()?;
    verify_absent(trusted, path)?;
    Ok(writer.finish()?)
}

/// Refuses a path at which there is something.
pub(crate) fn verify_absent(trusted: &Trusted, path: &Path) -> anyhow::Result<()> {
    match trusted.entry_type(path).map_err(|error| explained(&error))? {
        None => Ok(()),
        Some(_) => bail!("there is a file of that name already; nothing is overwritten"),
    }
}

/// Refuses a file whose text is no longer `before`.
pub(crate) fn verify_unchanged(trusted: &Trusted, path: &Path, before: &str) -> anyhow::Result<()> {
    let now = trusted.bytes(path, u64::MAX).map_err(|error| explained(&error))?;
    if now != before.as_bytes() {
        bail!("it has changed in the meantime; run the command again");
    }
    Ok(())
}

/// Several files that are replaced one after the other. When one of them cannot be replaced, the error names those that
/// were.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    replaced: Vec<String>,
}

impl Batch {
    /// Replaces the next file. `shown` is its path for the user.
    pub(crate) fn replace(
        &mut self,
        trusted: &Trusted,
        (shown, path): (&str, &Path),
        before: &str,
        after: &str,
    ) -> anyhow::Result<()> {
        replace(trusted, path, before, after)
            .map_err(|error| self.with_replaced(error))
            .with_context(|| format!("{shown} could not be written"))?;
        self.replaced.push(shown.to_owned());
        Ok(())
    }

    fn with_replaced(&self, error: anyhow::Error) -> anyhow::Error {
        match &*self.replaced {
            [] => error,
            replaced => anyhow!("{error:#}; already changed: {}", replaced.join(", ")),
        }
    }
}
