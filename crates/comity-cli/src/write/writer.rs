//! A file while it is being written.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::bail;

use super::temporary::Temporary;
use crate::folder::EntryType;
use crate::folder::open::{Trusted, explained};

/// A file that is being written. The file has its name only after [`Writer::finish`].
#[derive(Debug)]
pub(crate) struct Writer {
    out: BufWriter<File>,
    /// The temporary file, and the name of the target; `None` for a pipe or a terminal.
    target: Option<(Temporary, OsString)>,
}

impl Writer {
    /// Begins to write a file, or to replace the file at this path.
    pub(crate) fn file(trusted: &Trusted, path: &Path) -> anyhow::Result<Self> {
        Self::begin(trusted, path, false)
    }

    /// Begins to write a file as [`Writer::file`] does, or opens a pipe, a terminal or a device to write to.
    pub(crate) fn file_or_stream(trusted: &Trusted, path: &Path) -> anyhow::Result<Self> {
        if is_own_stream(path) {
            // Append: another stream of this process may write to the file, too.
            let out = File::options().append(true).open(path)?;
            return Ok(Self { out: BufWriter::new(out), target: None });
        }
        Self::begin(trusted, path, true)
    }

    fn begin(trusted: &Trusted, path: &Path, streams: bool) -> anyhow::Result<Self> {
        let path = trusted.absolute(path);
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { bail!("this is not a file") };
        let found = trusted.entry_type(&path).map_err(|error| explained(&error))?;
        match trusted.entry_type(parent).map_err(|error| explained(&error))? {
            Some(EntryType::Folder) => {}
            Some(_) => bail!("the path to it leads through something that is not a folder"),
            None => bail!("its folder does not exist; make that folder first"),
        }
        let folder = trusted.folder(parent).map_err(|error| explained(&error))?;
        match found {
            Some(EntryType::Special) if streams => {
                return Ok(Self { out: BufWriter::new(folder.stream(name)?), target: None });
            }
            Some(EntryType::File) | None => {}
            Some(_) => bail!("this is not a regular file"),
        }
        let permissions = match found {
            Some(_) => Some(folder.file(Path::new(name))?.metadata()?.permissions()),
            None => None,
        };
        let (temporary, out) = Temporary::file(folder, permissions.is_some())?;
        if let Some(permissions) = permissions {
            out.set_permissions(permissions)?;
        }
        Ok(Self { out: BufWriter::new(out), target: Some((temporary, name.to_owned())) })
    }

    /// Gives up the file, and removes the one that it was to replace.
    pub(crate) fn abandon(self) -> io::Result<()> {
        self.target.map_or(Ok(()), |(temporary, name)| temporary.parent().remove(&name))
    }

    /// Completes the file and gives it its name.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        if self.target.is_some() {
            self.out.get_ref().sync_all()?;
        }
        self.finish_unsynced()
    }

    /// As [`Writer::finish`], for a file that may be lost where the system stops.
    pub(crate) fn finish_unsynced(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.target.map_or(Ok(()), |(temporary, name)| temporary.persist(&name).map(|_| ()))
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

impl Seek for Writer {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
}

/// Whether a path is a name of the system for a stream of this process. Such a name is a link to a file that the caller has
/// already opened.
fn is_own_stream(path: &Path) -> bool {
    let is_one_of = |folder: &str| path.parent() == Some(Path::new(folder));
    cfg!(unix)
        && (["/dev/stdout", "/dev/stderr"].iter().any(|name| path == Path::new(name))
            || ["/dev/fd", "/proc/self/fd"].into_iter().any(is_one_of))
}
