//! Folders and files, opened without following a link. An open [`Folder`] stays the same folder whatever its path leads to
//! later; only [`Folder::trusted`] follows links. Systems differ only in `unix` and `other`.

pub(crate) mod open;
#[cfg(not(unix))]
mod other;
pub(crate) mod path;
pub(crate) mod refusal;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::Folder;
#[cfg(unix)]
pub(crate) use unix::Folder;

/// The number of the user for whom the program runs; 0 on systems without one.
pub(crate) fn user() -> u32 {
    #[cfg(unix)]
    let user = rustix::process::geteuid().as_raw();
    #[cfg(not(unix))]
    let user = 0;
    user
}

/// The type of an entry of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryType {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Special,
}

impl From<std::fs::FileType> for EntryType {
    fn from(found: std::fs::FileType) -> Self {
        if found.is_symlink() {
            Self::Link
        } else if found.is_dir() {
            Self::Folder
        } else if found.is_file() {
            Self::File
        } else {
            Self::Special
        }
    }
}
