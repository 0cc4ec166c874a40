//! The one way the command line writes a file: into a temporary file beside the target, which takes the target's place in
//! one step once it is whole. No link is followed. Where anything fails, the target is as it was and nothing else is left.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::folder::EntryType;
use super::open::{Trusted, explained};
use super::temporary::Guard;
use crate::render::visible;

/// A file that is being written. It is nothing until [`Writer::finish`].
#[derive(Debug)]
pub(super) struct Writer {
    out: BufWriter<File>,
    /// The temporary file and the name it is to have; nothing for a pipe or a terminal.
    whole: Option<(Guard, OsString)>,
}

impl Writer {
    /// Begins to write a file, in the place of the one that is there.
    pub(super) fn file(trusted: &Trusted, path: &Path) -> anyhow::Result<Self> {
        Self::begin(trusted, path, false)
    }

    /// The same; what is no file, such as a pipe or a terminal, is written to as it is.
    pub(super) fn file_or_stream(trusted: &Trusted, path: &Path) -> anyhow::Result<Self> {
        if is_own_stream(path) {
            // Append: another stream may write to the same file.
            let out = File::options().append(true).open(path)?;
            return Ok(Self { out: BufWriter::new(out), whole: None });
        }
        Self::begin(trusted, path, true)
    }

    fn begin(trusted: &Trusted, path: &Path, streams: bool) -> anyhow::Result<Self> {
        let path = trusted.absolute(path);
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { bail!("this is not a file") };
        let found = trusted.entry_type(&path).map_err(|trouble| explained(&trouble))?;
        match trusted.entry_type(parent).map_err(|trouble| explained(&trouble))? {
            Some(EntryType::Folder) => {}
            Some(_) => bail!("what stands around it is not a folder"),
            None => bail!("the folder around it does not exist; make that folder first"),
        }
        let folder = trusted.folder(parent).map_err(|trouble| explained(&trouble))?;
        match found {
            Some(EntryType::Special) if streams => {
                return Ok(Self { out: BufWriter::new(folder.stream(name)?), whole: None });
            }
            Some(EntryType::File) | None => {}
            Some(_) => bail!("this is not a regular file"),
        }
        let permissions = match found {
            Some(_) => Some(folder.file(Path::new(name))?.metadata()?.permissions()),
            None => None,
        };
        let (guard, out) = Guard::create(folder, permissions.is_some())?;
        if let Some(permissions) = permissions {
            out.set_permissions(permissions)?;
        }
        Ok(Self { out: BufWriter::new(out), whole: Some((guard, name.to_owned())) })
    }

    /// Puts the file in its place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        let Some((guard, name)) = self.whole else { return Ok(()) };
        self.out.get_ref().sync_all()?;
        guard.put(&name)
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether a path is a name that the system has for a stream of this process. Such a name is a link to what the caller
/// has opened already.
fn is_own_stream(path: &Path) -> bool {
    let is_one_of = |folder: &str| path.parent() == Some(Path::new(folder));
    cfg!(unix)
        && (["/dev/stdout", "/dev/stderr"].iter().any(|name| path == Path::new(name))
            || ["/dev/fd", "/proc/self/fd"].into_iter().any(is_one_of))
}

/// Replaces the text of a file, unless it has changed since it was read.
pub(super) fn replace(trusted: &Trusted, path: &Path, before: &str, after: &str) -> anyhow::Result<()> {
    let mut writer = Writer::file(trusted, path)?;
    writer.write_all(after.as_bytes())?;
    writer.flush()?;
    expect(trusted, path, before)?;
    Ok(writer.finish()?)
}

/// Refuses a file that has changed since it was read.
pub(super) fn expect(trusted: &Trusted, path: &Path, before: &str) -> anyhow::Result<()> {
    let now = trusted.bytes(path, u64::MAX).map_err(|trouble| explained(&trouble))?;
    if now != before.as_bytes() {
        bail!("it has changed in the meantime; run the command again");
    }
    Ok(())
}

/// Several files that are replaced one after the other. Where one of them cannot be, the error names those that were.
#[derive(Debug, Default)]
pub(super) struct Batch {
    replaced: Vec<String>,
}

impl Batch {
    /// Replaces the next file. `shown` is its path for the user.
    pub(super) fn replace(
        &mut self,
        trusted: &Trusted,
        (shown, path): (&str, &Path),
        before: &str,
        after: &str,
    ) -> anyhow::Result<()> {
        let done = replace(trusted, path, before, after);
        done.map_err(|error| self.explain(&error))
            .with_context(|| format!("{} could not be written", visible(shown)))?;
        self.replaced.push(visible(shown));
        Ok(())
    }

    fn explain(&self, error: &anyhow::Error) -> anyhow::Error {
        match &*self.replaced {
            [] => anyhow!("{error:#}"),
            replaced => anyhow!("{error:#}\nalready changed: {}", replaced.join(", ")),
        }
    }
}
